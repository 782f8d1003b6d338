import type { BundleReport } from '../../../shared/model/drills/bundleReport';
import { Badge, Button, Dialog, Identifier, KeyValue, Time } from '../../ui';

/** What became of a bundle that was checked: whole, or what is wrong with it. */
export function BundleReportDialog({
  report,
  onClose,
}: {
  report: BundleReport;
  onClose: () => void;
}) {
  return (
    <Dialog
      open
      wide
      title={report.ok ? 'The bundle is whole' : 'The bundle is not what was signed'}
      onClose={onClose}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <div className="space-y-3">
        <Badge tone={report.ok ? 'pass' : 'fail'}>
          {report.ok ? 'Every file and signature fits' : 'Do not rely on it'}
        </Badge>
        {report.practice && (
          <p className="text-sm">
            <Badge tone="practice">Practice</Badge> It is a rehearsal on the practice account: no
            real key was drilled.
          </p>
        )}
        {report.problems.length > 0 && (
          <ul className="divide-y divide-line rounded-md border border-line">
            {report.problems.map(({ file, why }) => (
              <li key={`${file} ${why}`} className="px-3 py-1.5 text-sm">
                <span className="font-mono text-xs">{file}</span>: {why}
              </li>
            ))}
          </ul>
        )}
        <KeyValue
          rows={[
            ...(report.plan ? [{ label: 'Plan', value: report.plan }] : []),
            ...(report.result ? [{ label: 'Result', value: report.result }] : []),
            ...(report.account ? [{ label: 'Account', value: report.account }] : []),
            ...(report.closedAt
              ? [{ label: 'Closed', value: <Time iso={report.closedAt} precision="second" zone /> }]
              : []),
            { label: 'Files', value: String(report.files) },
            ...(report.sumsSha256
              ? [
                  {
                    label: 'SHA-256',
                    value: (
                      <Identifier
                        value={report.sumsSha256}
                        label="SHA-256 of SHA256SUMS"
                        max={44}
                      />
                    ),
                  },
                ]
              : []),
            ...report.signatures.map(({ name, role, algorithm, fingerprint }) => ({
              label: `Signed, ${role}`,
              value: (
                <>
                  {name}, {algorithm}{' '}
                  <Identifier value={fingerprint} label="Fingerprint" max={24} />
                </>
              ),
            })),
            { label: 'Addenda', value: String(report.addenda) },
          ]}
        />
        <p className="text-xs text-ink-3">
          A signature proves whose key signed. Whether the key is that person’s, their fingerprint
          tells: compare it with what they gave you.
        </p>
      </div>
    </Dialog>
  );
}
