import { Search, X } from 'lucide-react';
import { useId, type ComponentProps, type ReactNode, type Ref } from 'react';
import { cx } from './cx';
import { inPopup } from './inPopup';
import { Kbd } from './Kbd';

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** A line below that helps. */
  hint?: ReactNode;
  /** What is wrong with the value, as a sentence. */
  error?: string | undefined;
  /** Hides the label from sight where the place says it already. */
  labelHidden?: boolean | undefined;
}

/** One line of text with its label, hint and error. */
export function TextField({
  label,
  value,
  onChange,
  hint,
  error,
  labelHidden = false,
  className,
  ...rest
}: TextFieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={className}>
      <label
        htmlFor={id}
        className={cx('mb-1 block text-xs font-medium text-ink-2', labelHidden && 'sr-only')}
      >
        {label}
      </label>
      <input
        {...rest}
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        spellCheck={false}
        autoComplete="off"
        className={cx(
          'h-control w-full rounded-md border bg-surface px-2.5 text-sm text-ink select-text placeholder:text-ink-3 focus-visible:outline-offset-0',
          error ? 'border-danger' : 'border-control-line',
        )}
      />
      {note && (
        <p id={`${id}-note`} className={cx('mt-1 text-xs', error ? 'text-danger' : 'text-ink-3')}>
          {note}
        </p>
      )}
    </div>
  );
}

/**
 * A search box. Esc clears it first and leaves it second, or closes the popup that it is in;
 * `shortcut` is shown while it is empty.
 */
export function SearchField({
  label,
  value,
  onChange,
  placeholder,
  shortcut,
  className,
  ref,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string | undefined;
  shortcut?: string | undefined;
  className?: string | undefined;
  ref?: Ref<HTMLInputElement> | undefined;
}) {
  return (
    <div className={cx('relative flex items-center', className)}>
      <Search aria-hidden size={13} className="pointer-events-none absolute left-2 text-ink-3" />
      <input
        ref={ref}
        type="text"
        role="searchbox"
        aria-label={label}
        value={value}
        placeholder={placeholder ?? label}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (!value && inPopup(event.currentTarget)) return;
          event.preventDefault();
          event.stopPropagation();
          if (value) onChange('');
          else event.currentTarget.blur();
        }}
        spellCheck={false}
        autoComplete="off"
        className="h-7 w-full rounded-md border border-line-strong bg-surface pr-7 pl-7 text-sm text-ink select-text placeholder:text-ink-3 focus-visible:outline-offset-0"
      />
      {value ? (
        <button
          type="button"
          aria-label="Clear search"
          onClick={() => onChange('')}
          className="absolute right-1 flex size-5 items-center justify-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"
        >
          <X aria-hidden size={12} />
        </button>
      ) : (
        shortcut && (
          <span className="pointer-events-none absolute right-1.5">
            <Kbd keys={shortcut} />
          </span>
        )
      )}
    </div>
  );
}
