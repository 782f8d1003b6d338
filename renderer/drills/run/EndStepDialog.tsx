import { ReasonDialog } from './ReasonDialog';

/** How a person ends a step. */
export type Ending = 'passed' | 'failed' | 'skipped' | 'not-applicable';

/** Asks why a step ends as it does. */
export function EndStepDialog({
  ending,
  onClose,
  onReason,
}: {
  ending: Ending;
  onClose: () => void;
  onReason: (reason: string) => Promise<void>;
}) {
  return <ReasonDialog {...endingWords[ending]} onClose={onClose} onReason={onReason} />;
}

const endingWords: Readonly<
  Record<Ending, { title: string; description: string; action: string }>
> = {
  passed: {
    title: 'The step passed',
    description: 'Say what happened and what shows it.',
    action: 'It passed',
  },
  failed: { title: 'The step failed', description: 'Say what went wrong.', action: 'It failed' },
  skipped: {
    title: 'Skip the step',
    description: 'A skipped step counts as not tested. The reason stands in the record.',
    action: 'Skip',
  },
  'not-applicable': {
    title: 'The step does not apply',
    description: 'It counts as not tested. The reason stands in the record.',
    action: 'It does not apply',
  },
};
