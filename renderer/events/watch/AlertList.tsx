import type { Alert } from '../../../shared/model/events/findings';
import { useSettings } from '../../app';
import { Badge, RowTable, Time, type RowTableHead } from '../../ui';
import { useKeyNames } from './useKeyNames';
import { severityLooks, shortReason } from './watchWords';

/** Severity, time, what, why, key. */
const columns =
  'grid grid-cols-[92px_132px_minmax(0,1.1fr)_minmax(0,2.6fr)_minmax(0,1.1fr)] items-center gap-4 px-4';
const heads: readonly RowTableHead[] = [['Severity'], ['Time'], ['Alert'], ['Why'], ['Key']];

interface Numbered {
  readonly seq: number;
  readonly alert: Alert;
}

/** The alerts as a table; Enter opens one. */
export function AlertList({
  alerts,
  openId,
  onOpen,
}: {
  alerts: readonly Alert[];
  openId: string | undefined;
  onOpen: (alert: Alert) => void;
}) {
  const [{ density }] = useSettings();
  const nameOf = useKeyNames();
  const items = alerts.map((alert, index): Numbered => ({ seq: index + 1, alert }));
  return (
    <RowTable
      label="Alerts"
      heads={heads}
      columns={columns}
      minWidth="min-w-200"
      rowHeight={density === 'compact' ? 28 : 36}
      items={items}
      rowOf={rowOf}
      copyLabel="Reason"
      renderCells={({ alert }) => <Cells alert={alert} keyName={nameOf(alert.key)} />}
      openSeq={items.find(({ alert }) => alert.id === openId)?.seq}
      onOpen={({ alert }) => onOpen(alert)}
    />
  );
}

const rowOf = ({ seq, alert }: Numbered) => ({ seq, copy: alert.reason });

function Cells({ alert, keyName }: { alert: Alert; keyName: string }) {
  const look = severityLooks[alert.severity];
  return (
    <>
      <td>
        <Badge tone={look.tone} icon={look.icon}>
          {look.word}
        </Badge>
      </td>
      <td className="text-ink-2">
        <Time iso={alert.at} precision="minute" bare />
      </td>
      <td className="truncate font-medium">{alert.title}</td>
      <td className="truncate text-ink-2" title={alert.reason}>
        {alert.acknowledged
          ? `Acknowledged: ${alert.acknowledged.note}`
          : shortReason(alert, keyName)}
      </td>
      <td className="truncate font-mono text-xs text-ink-2" title={alert.key}>
        {keyName}
      </td>
    </>
  );
}
