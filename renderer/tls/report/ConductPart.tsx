import { Braces } from 'lucide-react';
import { useState } from 'react';
import type { ScanResult } from '../../../shared/model/tls/result';
import { Button, CodeBlock, Identifier, KeyValue, Time } from '../../ui';
import { ReportSection } from './Section';

/** How the scan went: what was asked, of which address, at which cost, and what was odd. */
export function ConductPart({ result }: { result: ScanResult }) {
  const { endpoint, startedAt, parts, stats, notes } = result;
  return (
    <ReportSection id="conduct" title="How it was scanned">
      <KeyValue
        rows={[
          {
            label: 'Address',
            value: endpoint.address ? (
              <Identifier
                value={`${endpoint.address} port ${endpoint.port}`}
                label="Address"
                max={Infinity}
              />
            ) : (
              'none: the name has no address'
            ),
          },
          {
            label: 'Name sent (SNI)',
            value: endpoint.sni === null || endpoint.sni === '' ? 'none' : endpoint.sni,
          },
          { label: 'Begun', value: <Time iso={startedAt} precision="second" zone /> },
          { label: 'Looked at', value: parts.join(', ') },
          {
            label: 'Cost',
            value: `${stats.connections.toLocaleString('en')} connections, ${stats.bytesOut.toLocaleString('en')} bytes out, ${stats.bytesIn.toLocaleString('en')} bytes in, ${(stats.ms / 1000).toFixed(2)} s`,
          },
        ]}
      />
      {notes.length > 0 && (
        <ul aria-label="Notes of the scan" className="mt-3 list-disc space-y-0.5 pl-5 text-sm">
          {notes.map((note) => (
            <li key={note} className="break-words">
              {note}
            </li>
          ))}
        </ul>
      )}
    </ReportSection>
  );
}

/** The scan as it is stored. Left out on paper: a file is the place for it. */
export function RawPart({ result }: { result: ScanResult }) {
  const [shown, setShown] = useState(false);
  return (
    <div className="print:hidden">
      <ReportSection id="raw" title="Raw result">
        {shown ? (
          <CodeBlock text={JSON.stringify(result, null, 2)} label="Scan as JSON" />
        ) : (
          <Button icon={Braces} onClick={() => setShown(true)}>
            Show as JSON
          </Button>
        )}
      </ReportSection>
    </div>
  );
}
