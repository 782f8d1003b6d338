import { TriangleAlert } from 'lucide-react';
import type { RefObject } from 'react';

export interface LineProblem {
  readonly line?: number | undefined;
  readonly message: string;
}

/** What is wrong with a text, by line; a line's number leads to it in the text area. */
export function ProblemLines({
  problems,
  source,
}: {
  problems: readonly LineProblem[];
  source: RefObject<HTMLTextAreaElement | null>;
}) {
  if (problems.length === 0) return null;
  return (
    <ul
      aria-label="Problems"
      className="max-h-32 overflow-y-auto rounded-md border border-line bg-fail-soft py-1"
    >
      {problems.map(({ line, message }) => (
        <li key={`${line} ${message}`} className="flex items-start gap-2 px-2.5 py-0.5 text-xs">
          <TriangleAlert aria-hidden size={12} className="mt-0.5 shrink-0 text-fail" />
          {line !== undefined && (
            <button
              type="button"
              className="shrink-0 font-medium text-link hover:underline"
              onClick={() => showLine(source.current, line)}
            >
              Line {line}
            </button>
          )}
          <span className="min-w-0 break-words">{message}</span>
        </li>
      ))}
    </ul>
  );
}

/** Marks a line (counted from 1) of a text area and brings it into sight. */
function showLine(area: HTMLTextAreaElement | null, line: number): void {
  if (!area) return;
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  area.scrollTop = (area.scrollHeight / Math.max(lines.length, 1)) * Math.max(0, line - 3);
}
