import type { ScanResult } from '../../../shared/model/tls/result';
import { formatTime, Select, useUi } from '../../ui';
import { GradeBadge } from '../GradeBadge';
import { useHistory } from '../report/useReport';
import { useTls } from '../useTls';

/** Chooses an endpoint and one of its scans. */
export function ScanPicker({
  side,
  scan,
  result,
  onPick,
}: {
  side: string;
  scan: number | undefined;
  result: ScanResult | undefined;
  onPick: (scan: number) => void;
}) {
  const rows = useTls((state) => state.rows);
  const { timeZone } = useUi();
  const all = [...rows.values()].filter(({ last }) => last.length > 0);
  const current =
    all.find(({ last }) => last.some((one) => one.scan === scan)) ??
    all.find(
      ({ endpoint }) =>
        endpoint.host === result?.endpoint.host && endpoint.port === result.endpoint.port,
    );
  const { history } = useHistory(current?.endpoint.id ?? '', current?.last[0]?.scan);
  const grade = result?.reachable ? (result.grade.letter ?? 'unknown') : 'unreachable';

  return (
    <div className="min-w-0">
      <div className="mb-1 flex min-h-5 items-center gap-2 text-xs font-medium text-ink-2">
        {side}
        {result && <GradeBadge grade={grade} />}
      </div>
      <div className="flex gap-2 max-md:flex-col">
        <Select
          label={`${side}: endpoint`}
          className="w-full min-w-0 [&>span:first-child]:truncate"
          value={current?.endpoint.id ?? ''}
          options={[
            ...(current ? [] : [{ value: '', label: 'Choose an endpoint' }]),
            ...all.map(({ endpoint }) => ({
              value: endpoint.id,
              label: `${endpoint.name || endpoint.host} (${endpoint.host}:${endpoint.port})`,
            })),
          ]}
          onChange={(id) => {
            const newest = rows.get(id)?.last[0]?.scan;
            if (newest !== undefined) onPick(newest);
          }}
        />
        <Select
          label={`${side}: time`}
          className="w-full min-w-0 [&>span:first-child]:truncate"
          value={String(scan ?? '')}
          options={
            history && current
              ? history.map((entry) => ({
                  value: String(entry.scan),
                  label: [
                    formatTime(new Date(entry.at), timeZone, 'second'),
                    entry.address,
                    entry.grade ?? (entry.reachable ? 'no grade' : 'unreachable'),
                  ]
                    .filter(Boolean)
                    .join('  '),
                }))
              : [{ value: String(scan ?? ''), label: scan === undefined ? '-' : `Scan ${scan}` }]
          }
          onChange={(value) => onPick(Number(value))}
        />
      </div>
    </div>
  );
}
