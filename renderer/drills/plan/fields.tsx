import { TextField } from '../../ui';

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
