import { ChevronDown, ChevronRight } from 'lucide-react';
import type { TrailFault } from '../../shared/model/events/digestReport';
import { Badge, Identifier } from '../ui';

/** One fault, or one thing that is not proven; a fault opens to what was expected and what was found. */
export function Finding({
  id,
  tone,
  word,
  object,
  why,
  differs = [],
  open = false,
  onToggle,
}: {
  id: string;
  tone: 'fail' | 'unsure';
  word: string;
  object: string;
  why: string;
  differs?: TrailFault['differs'];
  open?: boolean;
  onToggle?: () => void;
}) {
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <li data-finding={id} className="px-4 py-2 text-sm">
      <p className="flex min-w-0 items-center gap-2">
        <Badge tone={tone}>{word}</Badge>
        <Identifier value={object} label="Object" max={88} />
      </p>
      <p className="mt-1 text-ink-2">{why}</p>
      {differs.length > 0 && (
        <button
          type="button"
          aria-expanded={open}
          aria-label={`What differs at ${object}`}
          onClick={onToggle}
          className="-ml-1 mt-1 inline-flex h-6 items-center gap-1 rounded-md px-1 text-xs text-ink-2 hover:bg-hover hover:text-ink"
        >
          <Chevron aria-hidden size={13} />
          What differs
        </button>
      )}
      {open && (
        <table className="mt-1 mb-1 w-full table-fixed text-left text-xs">
          <thead className="text-ink-3">
            <tr>
              <th className="w-44 py-1 pr-3 font-medium">What</th>
              <th className="py-1 pr-3 font-medium">Expected</th>
              <th className="py-1 font-medium">Found</th>
            </tr>
          </thead>
          <tbody>
            {differs.map(({ what, expected, found }) => (
              <tr key={what} className="border-t border-line align-top">
                <th scope="row" className="py-1 pr-3 font-normal text-ink-2">
                  {what}
                </th>
                <Value text={expected} />
                <Value text={found} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </li>
  );
}

function Value({ text }: { text: string | undefined }) {
  return <td className="py-1 pr-3 font-mono break-all text-ink select-text">{text ?? ''}</td>;
}
