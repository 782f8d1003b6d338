import type { PracticeRequest } from '../../shared/contract/practice';
import { CodeBlock, Drawer, Identifier, KeyValue, Time } from '../ui';
import { kindWords } from './faults';
import { OutcomeBadge } from './OutcomeBadge';
import { Part } from './Part';

/** One request with all that the account noted of it. */
export function RequestDrawer({
  request,
  onClose,
}: {
  request: PracticeRequest;
  onClose: () => void;
}) {
  return (
    <Drawer
      over
      label={`Request ${request.seq}`}
      onClose={onClose}
      returnFocus={() => document.querySelector<HTMLElement>(`[data-seq="${request.seq}"]`)}
      header={
        <>
          <h2 className="truncate text-base font-semibold">{request.operation}</h2>
          <p className="mt-0.5 flex items-center gap-2 text-xs text-ink-2">
            Request {request.seq}
            <OutcomeBadge outcome={request.outcome} />
          </p>
        </>
      }
    >
      <Part title="Request">
        <KeyValue
          rows={[
            { label: 'Time', value: <Time iso={request.at} precision="second" zone /> },
            ...text('Region', request.region),
            ...identifier('Key', request.key),
            ...identifier('Principal', request.principal),
            ...identifier('Request id', request.requestId),
            ...text('Client', request.userAgent),
          ]}
        />
      </Part>
      <Part title="Answer">
        <KeyValue
          rows={[
            ...text('HTTP status', request.status),
            ...text('Error', request.error),
            ...text('Says', request.message),
            ...text('Took', request.status === undefined ? undefined : `${request.durationMs} ms`),
            ...text('Fault', request.fault && kindWords[request.fault].name),
          ]}
        />
      </Part>
      <Part title="As noted">
        <CodeBlock text={JSON.stringify(request, null, 2)} label="Request as JSON" />
      </Part>
    </Drawer>
  );
}

function text(label: string, value: string | number | undefined) {
  return value === undefined || value === '' ? [] : [{ label, value: String(value) }];
}

function identifier(label: string, value: string | undefined) {
  return value ? [{ label, value: <Identifier value={value} label={label} max={36} /> }] : [];
}
