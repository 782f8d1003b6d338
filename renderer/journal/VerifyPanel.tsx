import { useStore } from 'zustand';
import { useApp } from '../app';
import { Button, ErrorPanel, Identifier, Progress, VerdictBadge } from '../ui';

/** How the verification goes and what it found. */
export function VerifyPanel() {
  const { journal } = useApp();
  const { verifying, verified, verifyError, verify, cancelVerify } = useStore(journal);

  if (verifying) {
    return (
      <div className="flex items-center gap-4 border-b bg-sunken px-4 py-2 text-sm">
        <span className="shrink-0">
          Checking entry {verifying.checked.toLocaleString('en')} of{' '}
          {verifying.total.toLocaleString('en')}
        </span>
        <Progress
          label="Verification"
          value={verifying.total > 0 ? verifying.checked : null}
          max={verifying.total}
        />
        <Button onClick={cancelVerify}>Stop</Button>
      </div>
    );
  }
  if (verifyError) {
    return (
      <div className="border-b px-4 py-3">
        <ErrorPanel error={verifyError} onRetry={() => void verify()} />
      </div>
    );
  }
  if (!verified) return null;
  return (
    <output className="block border-b bg-sunken px-4 py-3 text-sm">
      {verified.ok ? (
        <>
          <p className="flex items-center gap-2">
            <VerdictBadge value="pass">Chain intact</VerdictBadge>
            {verified.entries.toLocaleString('en')} entries fit together, each hash computed anew.
          </p>
          {verified.headHash && (
            <div className="mt-2 flex flex-wrap items-center gap-x-2 text-xs text-ink-2">
              Newest hash{' '}
              <Identifier value={verified.headHash} label="Newest hash" max={Infinity} />
              <span className="text-ink-3">
                Keep it elsewhere: with it you can prove later that nothing was cut off at the end.
              </span>
            </div>
          )}
        </>
      ) : (
        <p className="flex items-center gap-2">
          <VerdictBadge value="fail">Chain broken</VerdictBadge>
          {verified.firstBad
            ? `Entry ${verified.firstBad.seq} does not fit: ${verified.firstBad.reason}`
            : 'The entries do not fit together.'}
        </p>
      )}
    </output>
  );
}
