import { useState } from 'react';
import { useClient, useScope } from '../../app';
import { Button, Dialog, ErrorPanel, Progress } from '../../ui';
import { useAnswer } from '../../app/useAnswer';
import { PreviewList } from './PreviewList';
import { useAddEndpoints } from './useAddEndpoints';

/** Asks the chosen accounts for their public TLS endpoints and adds what is chosen of them. */
export function DiscoverDialog({ onClose }: { onClose: () => void }) {
  const { chosen: connections } = useScope();
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const { found, progress, error, retry } = useDiscovery();
  const adding = useAddEndpoints(onClose);
  const chosen = found?.endpoints.filter((_, index) => !left.has(index)) ?? [];

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Find endpoints in the account"
      description={`Asks ${connections.map(({ name }) => name).join(', ') || 'the chosen accounts'} for load balancers, CloudFront distributions and API Gateway endpoints. Read-only; the endpoints themselves are not contacted.`}
      footer={
        <>
          <Button onClick={onClose}>{found || error ? 'Cancel' : 'Stop'}</Button>
          <Button
            variant="primary"
            disabled={chosen.length === 0}
            busy={adding.busy}
            onClick={() => void adding.add(chosen)}
          >
            {chosen.length > 0 ? `Add ${chosen.length}` : 'Add'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {!found && !error && (
          <div className="py-2">
            <output className="mb-2 block text-sm text-ink-2">
              {progress
                ? `${progress.done} of ${progress.expected} questions answered`
                : 'Asking the account'}
            </output>
            <Progress
              label="Discovery"
              value={progress && progress.expected > 0 ? progress.done : null}
              max={progress?.expected}
            />
          </div>
        )}
        {error && <ErrorPanel error={error} onRetry={retry} />}
        {adding.error && <ErrorPanel compact error={adding.error} />}
        {found && found.problems.length > 0 && (
          <section
            aria-label="What could not be asked"
            className="rounded-md bg-unsure-soft px-3 py-2"
          >
            <h3 className="text-xs font-semibold text-unsure">
              Not everything could be asked: there may be more endpoints than these.
            </h3>
            <ul className="mt-1 space-y-0.5 text-xs">
              {found.problems.map(({ what, message }) => (
                <li key={`${what} ${message}`}>
                  <span className="font-medium">{what}:</span> {message}
                </li>
              ))}
            </ul>
          </section>
        )}
        {found && found.endpoints.length === 0 && (
          <p className="text-sm text-ink-2">
            {found.problems.length > 0
              ? 'None was found in what could be asked.'
              : 'The account has no such endpoint.'}
          </p>
        )}
        {found && found.endpoints.length > 0 && (
          <PreviewList endpoints={found.endpoints} left={left} onLeft={setLeft} />
        )}
      </div>
    </Dialog>
  );
}

function useDiscovery() {
  const client = useClient();
  const [progress, setProgress] = useState<{ done: number; expected: number }>();
  const { value, error, retry } = useAnswer((signal) =>
    client.tls.discover(undefined, { signal, onProgress: setProgress }),
  );
  return { found: value, error, retry, progress };
}
