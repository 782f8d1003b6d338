import { ArrowRight, FileLock } from 'lucide-react';
import { useState } from 'react';
import { tellingWords, type TellingReport } from '../../../shared/model/events/tellingContext';
import type { Source } from '../../../shared/model/envelope/jobs';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import { useClient } from '../../app';
import { navigate } from '../../app/location';
import { useAnswer } from '../../app/useAnswer';
import { EnvelopeFacts } from '../../envelope';
import { Button, DropTarget, ErrorPanel, Loading, Part, Time } from '../../ui';
import { FactsPart } from './FactsPart';

/** What stays in clear text: in encryption contexts, in log groups and buckets, in an envelope. */
export function MetadataPart() {
  return (
    <>
      <ContextsPart />
      <FactsPart id="metadata" title="What log groups and buckets reveal" />
      <EnvelopePart />
    </>
  );
}

function ContextsPart() {
  const { events } = useClient();
  const { value, error, retry } = useAnswer((signal) =>
    events.tellingContexts(undefined, { signal }),
  );
  return (
    <Part title="What encryption contexts reveal">
      <p className="mb-2 max-w-160 text-sm text-ink-2">
        CloudTrail writes the encryption context of every call in clear text. What looks like
        personal data or a secret by its form is counted here, with one value masked.
      </p>
      {error && <ErrorPanel compact error={error} onRetry={retry} />}
      {!value && !error && <Loading label="Reading the stored events" rows={3} />}
      {value && <Contexts report={value} />}
    </Part>
  );
}

function Contexts({
  report: { events, withContext, findings, newest },
}: {
  report: TellingReport;
}) {
  if (newest === undefined) {
    return (
      <p className="flex flex-wrap items-center gap-2 text-sm">
        Cannot be told: no events are stored.
        <Button variant="ghost" icon={ArrowRight} onClick={() => navigate('/events')}>
          Import events
        </Button>
      </p>
    );
  }
  return (
    <>
      {findings.length > 0 && (
        <table className="w-full text-left text-sm">
          <thead className="text-xs text-ink-3">
            <tr>
              <th className="py-1 font-medium">Name</th>
              <th className="py-1 font-medium">What was noticed</th>
              <th className="py-1 font-medium">Example, masked</th>
              <th className="py-1 text-right font-medium">Events</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line border-y">
            {findings.map(({ kind, name, example, events: count }) => (
              <tr key={`${kind} ${name}`}>
                <td className="py-1 pr-3 font-mono text-xs break-all">{name}</td>
                <td className="py-1 pr-3">{tellingWords[kind]}</td>
                <td className="py-1 pr-3 font-mono text-xs break-all">{example}</td>
                <td className="py-1 text-right tabular-nums">
                  <a
                    href={`#/events?context=${encodeURIComponent(name)}`}
                    className="underline underline-offset-2"
                    aria-label={`${count.toLocaleString('en')} events with ${name}`}
                  >
                    {count.toLocaleString('en')}
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="mt-2 text-xs text-ink-3">
        {findings.length === 0 && 'Nothing was seen by its form. '}
        {withContext.toLocaleString('en')} of {events.toLocaleString('en')} stored events have a
        context; newest <Time iso={newest} precision="minute" bare />.
      </p>
    </>
  );
}

function EnvelopePart() {
  const { envelope } = useClient();
  const [source, setSource] = useState<Source>();
  const [error, setError] = useState<ErrorInfo>();

  async function take(picked: ReturnType<typeof envelope.addFiles>): Promise<void> {
    setError(undefined);
    try {
      const { sources, problems } = await picked;
      const [problem] = problems;
      if (problem) setError({ code: 'file-failed', message: problem.message });
      if (sources[0]) setSource(sources[0]);
    } catch (failure) {
      setError(toErrorInfo(failure));
    }
  }

  return (
    <DropTarget onFiles={(files) => void take(envelope.addFiles(undefined, { files }))}>
      <Part title="What an envelope reveals">
        <p className="mb-2 max-w-160 text-sm text-ink-2">
          Whoever has the file reads its size, its keys with their account and Region, and its
          context, without any key. Drop one here, or choose it.
        </p>
        <Button icon={FileLock} onClick={() => void take(envelope.pick({ what: 'files' }))}>
          Choose an envelope
        </Button>
        {error && (
          <div className="mt-2">
            <ErrorPanel compact error={error} />
          </div>
        )}
        {source && <Revealed key={source.id} source={source} />}
      </Part>
    </DropTarget>
  );
}

function Revealed({ source }: { source: Source }) {
  const { envelope } = useClient();
  const { value, error } = useAnswer((signal) =>
    envelope.inspect({ source: source.id }, { signal }),
  );
  return (
    <section aria-label={`What ${source.name} reveals`} className="mt-3 rounded-md border">
      <p className="border-b px-4 py-2 text-sm font-medium break-all">{source.name}</p>
      {error && (
        <div className="p-4">
          <ErrorPanel compact error={error} />
        </div>
      )}
      {!value && !error && <Loading label="Reading the envelope" rows={3} />}
      {value && <EnvelopeFacts info={value} />}
    </section>
  );
}
