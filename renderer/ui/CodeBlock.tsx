import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button';
import { useUi } from './environment';

/** JSON, a policy or a command as it is, to read and to copy. */
export function CodeBlock({
  text,
  label,
  caption,
}: {
  text: string;
  /** What it is: `Key policy`. Names the region, the button and the toast. */
  label: string;
  /** A line above: call, time, request id. */
  caption?: ReactNode;
}) {
  const { copy } = useUi();
  return (
    <figure className="overflow-hidden rounded-md border border-line">
      <figcaption className="flex min-h-9 items-center gap-3 border-b bg-sunken py-1 pr-1 pl-3 text-xs text-ink-2">
        <div className="min-w-0 flex-1 truncate">{caption ?? label}</div>
        <Button
          variant="ghost"
          icon={Copy}
          onClick={() => copy(text, label)}
          aria-label={`Copy ${label}`}
        >
          Copy
        </Button>
      </figcaption>
      <section
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region needs the keyboard
        tabIndex={0}
        aria-label={label}
        className="max-h-96 overflow-auto bg-surface outline-offset-[-2px]"
      >
        <pre className="p-3 font-mono text-xs leading-[18px] text-ink select-text">{text}</pre>
      </section>
    </figure>
  );
}

/** JSON text with indentation; what is no JSON comes back as it is. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
