import { CircleQuestionMark, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Grade } from '../../../shared/model/tls/judgement';
import type { ScanResult } from '../../../shared/model/tls/result';
import { Badge, cx, inks } from '../../ui';
import { GradeBadge } from '../GradeBadge';
import { gradeLooks, gradeSentence } from '../grade';
import { Glance } from './Glance';
import { ReportSection } from './Section';
import { unknownsOf } from './unknowns';

/** The report's head: the letter, what decides it, its parts, and everything that caps it. */
export function VerdictPart({ result }: { result: ScanResult }) {
  const { grade } = result;
  if (!result.reachable) return <Unreachable result={result} />;
  return (
    <ReportSection id="verdict" title="Verdict">
      <div className="flex items-start gap-5 max-md:not-print:flex-col">
        <GradeBadge large grade={grade.letter ?? 'unknown'} />
        <div className="min-w-0 flex-1">
          <p className="text-lg font-semibold tracking-[-0.01em]">
            {grade.letter === null ? 'No grade' : gradeLooks[grade.letter].word}
          </p>
          <p className="mt-0.5 max-w-160 text-sm text-ink-2">{gradeSentence(grade)}</p>
          <Parts grade={grade} />
        </div>
      </div>
      <Reasons grade={grade} />
      <Glance result={result} />
      <Unknowns result={result} />
    </ReportSection>
  );
}

function Unreachable({ result }: { result: ScanResult }) {
  return (
    <ReportSection id="verdict" title="Verdict">
      <div className="flex items-start gap-5">
        <GradeBadge large grade="unreachable" />
        <div>
          <p className="text-lg font-semibold">No connection</p>
          <p className="mt-0.5 max-w-160 text-sm text-ink-2">
            {result.unreachable ?? 'The endpoint did not answer.'} Nothing is known of what it
            offers: that is neither good nor bad.
          </p>
        </div>
      </div>
    </ReportSection>
  );
}

function Parts({ grade: { parts, score } }: { grade: Grade }) {
  const rows: readonly (readonly [string, number | null, string])[] = [
    ['Protocols', parts.protocol, '30 %'],
    ['Key exchange', parts.keyExchange, '30 %'],
    ['Cipher strength', parts.cipherStrength, '40 %'],
    ['Score', score, 'together'],
  ];
  return (
    <dl className="mt-3 grid max-w-140 grid-cols-[max-content_minmax(0,1fr)_max-content] items-center gap-x-3 gap-y-1.5 text-xs">
      {rows.map(([name, value, weight]) => (
        <div key={name} className={cx('contents', name === 'Score' && 'font-semibold')}>
          <dt>
            {name} <span className="font-normal text-ink-3">{weight}</span>
          </dt>
          <dd aria-hidden className="h-2 overflow-hidden rounded-sm bg-pressed">
            <span
              className="block h-full bg-accent print:border-y-4 print:border-accent"
              style={{ width: `${value ?? 0}%` }}
            />
          </dd>
          <dd className="w-20 text-right">{value === null ? 'not scored' : `${value} of 100`}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Every rule that lowers the letter, the hardest first; nothing is summed away. */
function Reasons({ grade: { caps, warnings } }: { grade: Grade }) {
  if (caps.length === 0 && warnings.length === 0) return null;
  return (
    <ul
      aria-label="What lowers the grade"
      className="mt-4 divide-y divide-line rounded-md border border-line"
    >
      {caps.map(({ rule, letter, why }) => (
        <Reason
          key={`cap ${rule} ${why}`}
          badge={
            <Badge tone={gradeLooks[letter].tone} icon={TriangleAlert}>
              At most {letter}
            </Badge>
          }
        >
          {why}
        </Reason>
      ))}
      {warnings.map(({ rule, letter, why }) => (
        <Reason
          key={`warning ${rule} ${why}`}
          badge={
            <Badge tone="info" icon={Info}>
              Warning, {letter}
            </Badge>
          }
        >
          {why}
        </Reason>
      ))}
    </ul>
  );
}

function Reason({ badge, children }: { badge: ReactNode; children: ReactNode }) {
  return (
    <li className="tls-keep flex items-start gap-3 px-3 py-1.5 text-sm">
      <span className="w-32 shrink-0">{badge}</span>
      <span className="min-w-0 break-words">{children}</span>
    </li>
  );
}

function Unknowns({ result }: { result: ScanResult }) {
  const unknowns = unknownsOf(result);
  if (unknowns.length === 0) return null;
  return (
    <section
      aria-label="What could not be told"
      className="mt-4 rounded-md bg-unsure-soft px-3 py-2"
    >
      <h3 className={cx('flex items-center gap-1.5 text-sm font-semibold', inks.unsure)}>
        <CircleQuestionMark aria-hidden size={14} />
        {unknowns.length === 1
          ? 'One thing could not be told'
          : `${unknowns.length} things could not be told`}
      </h3>
      <ul className="mt-1 space-y-0.5 text-xs">
        {unknowns.map(({ what, why }) => (
          <li key={`${what} ${why}`} className="break-words">
            <span className="font-medium">{what}:</span> {why}
          </li>
        ))}
      </ul>
    </section>
  );
}
