import { useId, type ReactNode } from 'react';
import { cx } from './cx';

/** Several lines of text with their label. */
export function LongText({
  label,
  value,
  onChange,
  hint,
  mono = false,
  rows = 3,
  maxLength = 10_000,
  disabled = false,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** A line below that helps. */
  hint?: ReactNode;
  /** For what a program reads. */
  mono?: boolean | undefined;
  rows?: number | undefined;
  /** Characters. */
  maxLength?: number | undefined;
  disabled?: boolean | undefined;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-xs font-medium text-ink-2">
        {label}
      </label>
      <textarea
        id={id}
        value={value}
        rows={rows}
        maxLength={maxLength}
        disabled={disabled}
        spellCheck={!mono}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
        className={cx(
          'w-full rounded-md border border-control-line bg-surface px-2.5 py-1.5 text-sm text-ink select-text focus-visible:outline-offset-0',
          mono && 'font-mono text-xs leading-[18px]',
        )}
      />
      {hint && (
        <p id={`${id}-hint`} className="mt-0.5 text-xs text-ink-3">
          {hint}
        </p>
      )}
    </div>
  );
}
