import { ArrowLeft, Download, Ellipsis, Printer, Radar } from 'lucide-react';
import type { EndpointRow } from '../../../shared/model/tls/fleet';
import type { ScanResult } from '../../../shared/model/tls/result';
import { Button, IconButton, Identifier, Menu, Time } from '../../ui';
import type { ReportActions } from './useReportCommands';

/** Whose report it is, and what can be done with it; on paper the head of the document. */
export function ReportHeader({
  row: { endpoint },
  result,
  actions,
}: {
  row: EndpointRow;
  result: ScanResult | undefined;
  actions: ReportActions;
}) {
  const place = `${endpoint.host}:${endpoint.port}`;
  return (
    <>
      <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2 print:hidden">
        <IconButton
          icon={ArrowLeft}
          label="Back to the endpoints"
          shortcut="Escape"
          onClick={actions.back}
        />
        <h1 className="max-w-90 truncate text-base font-semibold tracking-[-0.01em]">
          {endpoint.name || endpoint.host}
        </h1>
        <Identifier value={place} label="Address" max={48} />
        <span className="truncate text-xs text-ink-3">
          {[endpoint.owner, ...endpoint.tags].filter(Boolean).join(', ')}
        </span>
        <div className="ml-auto flex items-center gap-1">
          <Button icon={Printer} busy={actions.printing} disabled={!result} onClick={actions.print}>
            Print
          </Button>
          <Menu
            align="end"
            trigger={
              <Button icon={Download} busy={actions.exporting.busy} disabled={!result}>
                Export
              </Button>
            }
            entries={actions.exporting.entries}
          />
          <Button variant="primary" icon={Radar} busy={actions.scanning} onClick={actions.scan}>
            Scan again
          </Button>
          <Menu
            align="end"
            trigger={<IconButton icon={Ellipsis} label="More" />}
            entries={actions.entries}
          />
        </div>
      </header>
      {result && (
        <header className="tls-print-head hidden print:block">
          <p className="tls-print-kind">TLS report</p>
          <p className="tls-print-title">{endpoint.name || endpoint.host}</p>
          <dl>
            <div>
              <dt>Endpoint</dt>
              <dd>{place}</dd>
            </div>
            <div>
              <dt>Address</dt>
              <dd>{result.endpoint.address ?? 'none'}</dd>
            </div>
            <div>
              <dt>Name sent (SNI)</dt>
              <dd>{result.endpoint.sni || 'none'}</dd>
            </div>
            <div>
              <dt>Scanned</dt>
              <dd>
                <Time iso={result.startedAt} precision="second" zone bare />
              </dd>
            </div>
            {endpoint.owner && (
              <div>
                <dt>Owner</dt>
                <dd>{endpoint.owner}</dd>
              </div>
            )}
            {endpoint.tags.length > 0 && (
              <div>
                <dt>Tags</dt>
                <dd>{endpoint.tags.join(', ')}</dd>
              </div>
            )}
          </dl>
        </header>
      )}
    </>
  );
}
