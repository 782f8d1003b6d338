import { FolderOpen, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../app';
import { Button, EmptyState, Progress } from '../ui';
import { BucketDialog } from './BucketDialog';
import { ValidationReport } from './ValidationReport';

/** Whether the log can be trusted: its files proven by the digests that CloudTrail signed. */
export function TrustView() {
  const { events } = useApp();
  const report = useStore(events, (state) => state.report);
  const validating = useStore(events, (state) => state.validating);
  const { validate, cancel } = events.getState();
  const [asking, setAsking] = useState(false);

  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <Button icon={ShieldCheck} disabled={Boolean(validating)} onClick={() => setAsking(true)}>
          Validate a bucket
        </Button>
        <Button icon={FolderOpen} disabled={Boolean(validating)} onClick={() => void validate()}>
          Validate a folder
        </Button>
        {validating && (
          <>
            <div className="w-48">
              <Progress
                label="Validating log files"
                value={validating.expected > 0 ? validating.done : null}
                max={validating.expected}
              />
            </div>
            <span className="text-xs text-ink-2">
              {validating.expected === 0
                ? 'Listing the files'
                : `${validating.done.toLocaleString('en')} of ${validating.expected.toLocaleString('en')} files`}
            </span>
            <Button variant="ghost" onClick={cancel}>
              Cancel
            </Button>
          </>
        )}
      </div>
      <p className="mb-4 max-w-180 text-xs text-ink-2">
        Whether a trail is on in every Region, keeps the calls of KMS and has its alarms is judged
        in{' '}
        <a href="#/readiness?group=audit" className="text-link underline underline-offset-2">
          Readiness, Audit
        </a>
        . Here the log files themselves are proven.
      </p>
      {report && <ValidationReport key={report.asOf} report={report} />}
      {!report && !validating && (
        <EmptyState icon={ShieldCheck} title="Not validated yet">
          Every hour CloudTrail signs a digest that names its log files with their hashes.
          Validating proves that no file was changed or taken away. For a folder, a copy of the
          bucket, you are asked for CloudTrail’s public keys next.
        </EmptyState>
      )}
      {asking && (
        <BucketDialog
          title="Validate a bucket"
          action="Validate"
          onClose={() => setAsking(false)}
          onChoose={(place) => {
            setAsking(false);
            void validate(place);
          }}
        />
      )}
    </div>
  );
}
