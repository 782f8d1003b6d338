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
  /** Longest text in characters before its middle is cut; Infinity never cuts. */
  max?: number | undefined;
  className?: string | undefined;
  /** False in table cells, where the row has the focus and `c`. */
  focusable?: boolean | undefined;
}) {
  const { copy } = useUi();
  const button = (
    <button
      type="button"
      data-copy={value}
      data-copy-label={label}
      tabIndex={focusable ? undefined : -1}
      // Of two parts a name would have a space between them.
      aria-label={value}
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
      {max === Infinity ? (
        <span className="min-w-0 break-all">{value}</span>
      ) : (
        <BothEnds text={value} max={max} />
      )}
      <Copy
        aria-hidden
        size={12}
        className="shrink-0 text-ink-3 opacity-0 group-hover/id:opacity-100 group-focus-visible/id:opacity-100"
      />
    </button>
  );
  if (value.length <= max) return button;
  return (
    <Tooltip label={<span className="font-mono break-all">{value}</span>} shortcut="c">
      {button}
    </Tooltip>
  );
}

/**
 * As much as there is room for, `max` characters at most. What is left out is in the middle: the end
 * stays in sight, as that is what tells two ids apart. Assistive technology and a search get the whole.
 */
function BothEnds({ text, max }: { text: string; max: number }) {
  const end = Math.min(12, Math.floor(max / 3));
  if (text.length <= 2 * end) return <span className="min-w-0 truncate">{text}</span>;
  return (
    <span className="flex min-w-0" style={{ maxWidth: `calc(${max}ch + 1px)` }}>
      <span className="truncate">{text.slice(0, -end)}</span>
      <span className="shrink-0">{text.slice(-end)}</span>
    </span>
  );
}
