import { FileCheck } from 'lucide-react';
import { useRef, useState } from 'react';
import type { BundleReport } from '../../../shared/model/drills/bundleReport';
import { useClient } from '../../app';
import { Button, Dialog, Progress } from '../../ui';
import { useDo } from '../useDo';
import { BundleReportDialog } from './BundleReportDialog';

/** Checks a bundle that is picked: how far it is, a way to stop, and what came of it. */
export function VerifyBundle() {
  const { drills } = useClient();
  const [progress, setProgress] = useState<{ done: number; expected: number }>();
  const [report, setReport] = useState<BundleReport>();
  const checking = useRef<AbortController>(undefined);
  const { busy, attempt } = useDo();

  const verify = () =>
    attempt('Not verified', async () => {
      const own = new AbortController();
      checking.current = own;
      try {
        const options = { signal: own.signal, onProgress: setProgress };
        const checked = await drills.verifyBundle(undefined, options);
        if (checked) setReport(checked);
      } finally {
        setProgress(undefined);
      }
    });

  return (
    <>
      <Button icon={FileCheck} busy={busy} onClick={verify}>
        Verify a bundle
      </Button>
      {progress && (
        <Dialog
          open
          title="Checking the bundle"
          description="Its files are read, hashed, and packed again to be compared."
          onClose={() => checking.current?.abort()}
          footer={<Button onClick={() => checking.current?.abort()}>Cancel</Button>}
        >
          <Progress
            label="Checking the bundle"
            value={Math.min(progress.done, progress.expected)}
            max={progress.expected}
          />
        </Dialog>
      )}
      {report && <BundleReportDialog report={report} onClose={() => setReport(undefined)} />}
    </>
  );
}
