import { ArrowLeft } from 'lucide-react';
import type { EvidenceCall, EvidenceDocument } from '../../../shared/model/readiness/document';
import { useClient } from '../../app';
import { navigate } from '../../app/location';
import { useAnswer } from '../../app/useAnswer';
import {
  Badge,
  Button,
  CodeBlock,
  ErrorPanel,
  Identifier,
  KeyValue,
  Loading,
  Time,
  VerdictBadge,
  type KeyValueRow,
  Part,
} from '../../ui';

/** One thing of a check: its verdict, what was asked for it, what came back, and the hashes. */
export function EvidencePart({
  check,
  subject,
  turn,
  onBack,
}: {
  check: string;
  subject: string;
  turn: number;
  onBack: () => void;
}) {
  const { readiness } = useClient();
  const { value, error, retry } = useAnswer(
    (signal) => readiness.evidence({ check, subject }, { signal }),
    `${check} ${subject} ${turn}`,
  );
  return (
    <>
      <div className="border-b px-2 py-1">
        <Button variant="ghost" icon={ArrowLeft} onClick={onBack}>
          All that was looked at
        </Button>
      </div>
      {error && (
        <div className="p-4">
          <ErrorPanel error={error} onRetry={retry} />
        </div>
      )}
      {!value && !error && <Loading label="Reading the evidence" />}
      {value && (
        <>
          <Part title={value.item.subject.name}>
            <div className="flex flex-wrap items-center gap-2">
              <VerdictBadge value={value.item.verdict.value} />
              {value.item.waiver && (
                <Badge tone="stale">waived until {value.item.waiver.expires}</Badge>
              )}
            </div>
            <p className="mt-2 text-sm">{value.item.verdict.reason}</p>
            {value.item.verdict.remedy && (
              <p className="mt-1 text-sm text-ink-2">{value.item.verdict.remedy}</p>
            )}
            {value.item.verdict.permission && (
              <p className="mt-1 text-sm text-ink-2">
                Missing permission:{' '}
                <code className="font-mono text-xs">{value.item.verdict.permission}</code>
              </p>
            )}
            {value.item.subject.kind === 'key' && (
              <Button
                className="mt-2"
                onClick={() => navigate(`/keys?key=${encodeURIComponent(subject)}`)}
              >
                Open the key
              </Button>
            )}
          </Part>
          {value.documents.length === 0 && (
            <Part title="Evidence">
              <p className="text-sm text-ink-2">
                There is none: nothing was asked for this verdict.
              </p>
            </Part>
          )}
          {value.documents.map(({ document, sha256 }) => (
            <Document key={document.id} document={document} sha256={sha256} />
          ))}
          {value.journalSeq !== undefined && (
            <p className="border-b px-4 py-2 text-xs text-ink-3">
              The hash over all evidence of that evaluation stands in{' '}
              <button
                type="button"
                className="text-link hover:underline"
                onClick={() => navigate(`/journal?entry=${value.journalSeq}`)}
              >
                entry {value.journalSeq} of the journal
              </button>
              .
            </p>
          )}
        </>
      )}
    </>
  );
}

function Document({ document, sha256 }: { document: EvidenceDocument; sha256: string }) {
  const rows: KeyValueRow[] = [...id('Asked as', document.principal), ...id('SHA-256', sha256)];
  return (
    <Part title={`Evidence: ${document.source}`}>
      <ul className="mb-2 divide-y divide-line rounded-md border border-line">
        {document.calls.map((call) => (
          <li key={`${call.operation} ${call.region} ${call.requestId}`} className="px-3 py-1.5">
            <Call call={call} />
          </li>
        ))}
      </ul>
      <KeyValue rows={rows} />
      <details className="mt-2">
        <summary className="cursor-default text-xs text-ink-2 hover:text-ink">
          What came back
        </summary>
        <div className="mt-1">
          <CodeBlock text={JSON.stringify(document.facts, null, 2)} label="What came back" />
        </div>
      </details>
    </Part>
  );
}

function Call({ call }: { call: EvidenceCall }) {
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-3 text-sm">
        <span className="font-mono text-xs">{call.operation}</span>
        {call.region && <span className="text-xs text-ink-3">{call.region}</span>}
        {call.asOf && (
          <span className="text-xs text-ink-3">
            <Time iso={call.asOf} precision="second" bare />
          </span>
        )}
      </p>
      {call.requestId && <Identifier value={call.requestId} label="Request id" max={40} />}
      {call.error && <p className="text-xs text-unsure">{call.error}</p>}
    </>
  );
}

function id(label: string, value: string | undefined): KeyValueRow[] {
  if (value === undefined) return [];
  return [{ label, value: <Identifier value={value} label={label} max={40} /> }];
}
