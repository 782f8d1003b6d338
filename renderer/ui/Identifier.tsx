import { Copy } from 'lucide-react';
import { cx } from './cx';
import { useUi } from './environment';
import { Tooltip } from './Tooltip';

/**
 * An ARN, key id, fingerprint or request id: monospace, cut in the middle, whole on hover and focus.
 * A click copies it; so does `c` while it (or a row that carries `data-copy`) has the focus.
 */
export function Identifier({
  value,
  label,
  max = 28,
  className,
  focusable = true,
}: {
  value: string;
  /** What it is: `Key ARN`. Names the button and the toast. */
  label: string;
  /** Longest text in characters before the middle is cut; Infinity never cuts. */
  max?: number | undefined;
  className?: string | undefined;
  /** False in table cells, where the row has the focus and `c`. */
  focusable?: boolean | undefined;
}) {
  const { copy } = useUi();
  const text = truncateMiddle(value, max);
  const button = (
    <button
      type="button"
      data-copy={value}
      data-copy-label={label}
      tabIndex={focusable ? undefined : -1}
      // oxlint-disable-next-line jsx-a11y/role-supports-aria-props -- ARIA 1.3, which Chromium speaks
      aria-description={`${label} ${value}: copy`}
      onClick={(event) => {
        event.stopPropagation();
        copy(value, label);
      }}
      className={cx(
        'group/id inline-flex max-w-full min-w-0 items-center gap-1 rounded-sm text-left font-mono text-xs text-ink hover:text-link',
        className,
      )}
    >
      <span className={cx('min-w-0', max === Infinity ? 'break-all' : 'truncate')}>{text}</span>
      <Copy
        aria-hidden
        size={12}
        className="shrink-0 text-ink-3 opacity-0 group-hover/id:opacity-100 group-focus-visible/id:opacity-100"
      />
    </button>
  );
  if (text === value) return button;
  return (
    <Tooltip label={<span className="font-mono break-all">{value}</span>} shortcut="c">
      {button}
    </Tooltip>
  );
}

/** Cuts the middle out of a long text so that both ends can be told: `1234abcd…90ef`. */
export function truncateMiddle(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = Math.ceil((max - 1) / 2);
  const tail = Math.floor((max - 1) / 2);
  return `${text.slice(0, head)}\u2026${tail > 0 ? text.slice(-tail) : ''}`;
}
