import { TextField } from '../../ui';

/** A whole number; what is none is not taken. */
export function NumberField({
  label,
  value,
  hint,
  onChange,
}: {
  label: string;
  value: number;
  hint?: string;
  onChange: (value: number) => void;
}) {
  return (
    <TextField
      label={label}
      type="number"
      min={0}
      value={String(value)}
      hint={hint}
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

/** A number that may be left out; what is none is not taken. */
export function OptionalNumberField({
  label,
  value,
  hint,
  onChange,
}: {
  label: string;
  value: number | undefined;
  hint?: string;
  onChange: (value: number | undefined) => void;
}) {
  return (
    <TextField
      label={label}
      type="number"
      min={0}
      value={value === undefined ? '' : String(value)}
      hint={hint}
      onChange={(text) => {
        if (text === '') onChange(undefined);
        else if (Number.isFinite(Number(text))) onChange(Number(text));
      }}
    />
  );
}
