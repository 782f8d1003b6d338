import type { ReactNode } from 'react';
import type { Verdict } from '../../../shared/model/verdict';
import { VerdictBadge } from '../../ui';

/** A check by name with its reading, why, and what to do about it. */
export function VerdictLine({
  name,
  verdict,
  children,
}: {
  name: ReactNode;
  verdict: Verdict;
  children?: ReactNode;
}) {
  return (
    <li className="tls-keep grid grid-cols-[minmax(100px,180px)_112px_minmax(0,1fr)] items-start gap-x-3 px-3 py-1.5">
      <span className="text-sm font-medium break-words">{name}</span>
      <span>
        <VerdictBadge value={verdict.value} />
      </span>
      <div className="min-w-0 space-y-1 text-sm">
        <p className="break-words">{verdict.reason}</p>
        {verdict.remedy && (
          <p className="text-ink-2">
            <span className="font-medium">What to do: </span>
            {verdict.remedy}
          </p>
        )}
        {children}
      </div>
    </li>
  );
}

/** The frame around such lines. */
export function VerdictLines({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-md border border-line">
      {children}
    </ul>
  );
}
