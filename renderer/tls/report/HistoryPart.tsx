import { GitCompareArrows } from 'lucide-react';
import type { OutputOf } from '../../../shared/contract/define';
import type { tls } from '../../../shared/contract/tls';
import { navigate } from '../../app/location';
import { Button, cx, ErrorPanel, Loading, Time } from '../../ui';
import type { ErrorInfo } from '../../../shared/model/errors';
import { GradeBadge } from '../GradeBadge';
import { comparePlace, reportPlace } from '../places';
import { DifferenceList } from './DifferenceList';
import { ReportSection } from './Section';

export type HistoryEntry = OutputOf<typeof tls.history>[number];

/** What is otherwise than in the scan before this one. */
export function ChangesPart({ entry }: { entry: HistoryEntry | undefined }) {
  if (!entry || entry.differences.length === 0) return null;
  return (
    <ReportSection id="changes" title="Since the scan before">
      <DifferenceList differences={entry.differences} />
    </ReportSection>
  );
}

/** The scans of this address, newest first, each with what changed. */
export function HistoryPart({
  id,
  scan,
  entries,
  error,
  onRetry,
}: {
  id: string;
  /** The one that is shown. */
  scan: number;
  /** Of this address; undefined while they are on their way. */
  entries: readonly HistoryEntry[] | undefined;
  error: ErrorInfo | undefined;
  onRetry: () => void;
}) {
  return (
    <ReportSection
      id="history"
      title="History"
      aside={entries && (entries.length === 1 ? '1 scan' : `${entries.length} scans`)}
    >
      {error && <ErrorPanel compact error={error} onRetry={onRetry} />}
      {!entries && !error && <Loading label="Reading the history" rows={3} />}
      {entries && entries.length > 0 && (
        <ol aria-label="Scans" className="divide-y divide-line rounded-md border border-line">
          {entries.map((entry, index) => (
            <li
              key={entry.scan}
              aria-current={entry.scan === scan ? 'true' : undefined}
              className={cx(
                'tls-keep grid grid-cols-[150px_120px_minmax(0,1fr)_max-content] items-start gap-3 px-3 py-2 text-sm',
                entry.scan === scan && 'bg-selected',
              )}
            >
              <a
                href={`#${reportPlace(id, entry.scan)}`}
                onClick={(event) => {
                  event.preventDefault();
                  navigate(reportPlace(id, entry.scan));
                }}
                className="text-link hover:underline"
              >
                <Time iso={entry.at} />
              </a>
              <GradeBadge grade={entry.reachable ? (entry.grade ?? 'unknown') : 'unreachable'} />
              {entry.differences.length > 0 ? (
                <DifferenceList differences={entry.differences} />
              ) : (
                <span className="text-ink-3">
                  {index === entries.length - 1 ? 'the first scan of this address' : 'no change'}
                </span>
              )}
              {entry.scan !== scan && (
                <Button
                  variant="ghost"
                  icon={GitCompareArrows}
                  className="-my-1 print:hidden"
                  onClick={() =>
                    navigate(comparePlace(Math.min(scan, entry.scan), Math.max(scan, entry.scan)))
                  }
                >
                  Compare
                </Button>
              )}
            </li>
          ))}
        </ol>
      )}
    </ReportSection>
  );
}
