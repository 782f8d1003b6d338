import { Switch as Base } from '@base-ui/react/switch';

/** On or off, at once. `label` is its accessible name where no visible label wraps it. */
export function Switch({
  checked,
  onChange,
  label,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: string;
}) {
  return (
    <Base.Root
      aria-label={label}
      checked={checked}
      onCheckedChange={(next) => onChange(next)}
      className="flex h-[18px] w-8 shrink-0 rounded-full border border-control-line bg-pressed p-px transition-colors duration-100 data-checked:border-accent data-checked:bg-accent"
    >
      <Base.Thumb className="size-3.5 rounded-full bg-control-line transition-transform duration-100 data-checked:translate-x-3.5 data-checked:bg-accent-ink" />
    </Base.Root>
  );
}
