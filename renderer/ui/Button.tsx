import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cx } from './cx';
import { Spinner } from './Progress';
import { Tooltip } from './Tooltip';

type Variant = 'primary' | 'secondary' | 'ghost' | 'danger';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  variant?: Variant | undefined;
  icon?: LucideIcon | undefined;
  /** Work is going on: shows a spinner and takes no clicks, but keeps its focus. */
  busy?: boolean | undefined;
  type?: 'button' | 'submit' | undefined;
}

/** A button with a word. One primary button a view; `danger` only where something is lost. */
export function Button({
  variant = 'secondary',
  icon: Icon,
  busy = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      // oxlint-disable-next-line react/button-has-type -- one of two literals, `button` where absent
      type={type}
      aria-disabled={busy || rest.disabled || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={cx(base, 'h-control gap-1.5 px-3', looks[variant], className)}
    >
      {busy ? <Spinner /> : Icon && <Icon aria-hidden size={14} className="shrink-0" />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'children'> {
  icon: LucideIcon;
  /** What it does: the accessible name and the tooltip. */
  label: string;
  /** Shown in the tooltip, as in a command: `mod+k`. */
  shortcut?: string | undefined;
  /** Pressed state, where the button is a toggle. */
  pressed?: boolean | undefined;
  small?: boolean | undefined;
}

/** A square button with an icon alone; its label shows as a tooltip. */
export function IconButton({
  icon: Icon,
  label,
  shortcut,
  pressed,
  small = false,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} shortcut={shortcut}>
      <button
        {...rest}
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={cx(
          base,
          small ? 'size-5' : 'h-control w-control',
          looks.ghost,
          pressed && 'bg-pressed text-ink',
          className,
        )}
      >
        <Icon aria-hidden size={small ? 13 : 15} className="shrink-0" />
      </button>
    </Tooltip>
  );
}

const base =
  'inline-flex shrink-0 items-center justify-center rounded-md text-sm font-medium whitespace-nowrap select-none transition-colors duration-75 disabled:opacity-50 aria-disabled:cursor-default';

const looks: Record<Variant, string> = {
  primary: 'bg-accent text-accent-ink enabled:hover:bg-accent-hover',
  secondary:
    'border border-line-strong bg-surface text-ink enabled:hover:bg-hover enabled:active:bg-pressed data-popup-open:bg-pressed',
  ghost:
    'text-ink-2 enabled:hover:bg-hover enabled:hover:text-ink enabled:active:bg-pressed data-popup-open:bg-pressed data-popup-open:text-ink',
  danger:
    'border border-line-strong bg-surface text-danger enabled:hover:border-danger enabled:hover:text-danger-hover',
};
