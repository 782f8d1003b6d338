import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx';

/** A box with its label as `children`; give `label` instead where the label is not to be seen. */
export function Checkbox({
  checked,
  mixed = false,
  onChange,
  disabled = false,
  label,
  className,
  children,
}: {
  checked: boolean;
  /** Some but not all of what it stands for. */
  mixed?: boolean | undefined;
  onChange: (checked: boolean) => void;
  disabled?: boolean | undefined;
  label?: string | undefined;
  className?: string | undefined;
  children?: ReactNode;
}) {
  const box = (
    <Base.Root
      checked={checked}
      indeterminate={mixed}
      disabled={disabled}
      onCheckedChange={(next) => onChange(next)}
      aria-label={label}
      className="flex size-3.5 shrink-0 items-center justify-center rounded-[3px] border border-control-line bg-surface data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent"
    >
      <Base.Indicator className="text-accent-ink">
        {mixed ? (
          <Minus aria-hidden size={11} strokeWidth={3} />
        ) : (
          <Check aria-hidden size={11} strokeWidth={3} />
        )}
      </Base.Indicator>
    </Base.Root>
  );
  if (!children) return box;
  return (
    // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- it wraps the box
    <label
      className={cx('flex min-w-0 items-center gap-2 text-sm', disabled && 'text-ink-3', className)}
    >
      {box}
      {children}
    </label>
  );
}
