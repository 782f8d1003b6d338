import type { Evidence } from '../../../shared/model/key';
import { CodeBlock, Delayed, prettyJson, Skeleton, Time } from '../../ui';
import { Part } from './Part';

/** The raw answers of AWS, one a call, with their time and request id. */
export function EvidencePart({
  evidence,
  failed,
}: {
  evidence: readonly Evidence[] | undefined;
  failed: boolean;
}) {
  return (
    <Part title="Evidence" aside={evidence && `${evidence.length} answers`}>
      {evidence ? (
        <ul className="space-y-1">
          {evidence.map(({ operation, requestId, asOf, json }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- one call may be made several times
            <li key={`${operation} ${index}`}>
              <details className="group">
                <summary className="flex min-h-7 items-center gap-2 text-sm">
                  <span
                    aria-hidden
                    className="text-ink-3 transition-transform duration-75 group-open:rotate-90"
                  >
                    {'\u203a'}
                  </span>
                  <span className="font-mono text-xs">{operation}</span>
                  <span className="ml-auto truncate text-xs text-ink-3">
                    <Time iso={asOf} precision="second" bare />
                  </span>
                </summary>
                <CodeBlock
                  text={prettyJson(json)}
                  label={`Answer of ${operation}`}
                  caption={requestId ? `Request id ${requestId}` : 'No request id'}
                />
              </details>
            </li>
          ))}
        </ul>
      ) : failed ? (
        <p className="text-sm text-ink-2">AWS gave no answers: the reason stands above.</p>
      ) : (
        <Delayed>
          <Skeleton rows={3} />
        </Delayed>
      )}
    </Part>
  );
}
