import { TextField } from '../../ui';

/** Several lines of text with their label. */
export function LongText({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <label className="block">
      <span className="mb-1 block text-xs font-medium text-ink-2">{label}</span>
      <textarea
        value={value}
        rows={3}
        maxLength={10_000}
        onChange={(event) => onChange(event.target.value)}
        className="w-full rounded-md border border-control-line bg-surface px-2.5 py-1.5 text-sm text-ink select-text focus-visible:outline-offset-0"
      />
    </label>
  );
}

/** A whole number; what is none is not taken. */
export function NumberField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number;
  onChange: (value: number) => void;
}) {
  return (
    <TextField
      label={label}
      type="number"
      min={0}
      value={String(value)}
      onChange={(text) => {
        const number = Number(text);
        if (Number.isInteger(number)) onChange(number);
      }}
    />
  );
}

/** A text that may be left out. */
export function OptionalField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  return (
    <TextField
      label={label}
      value={value ?? ''}
      onChange={(text) => onChange(text === '' ? undefined : text)}
    />
  );
}
