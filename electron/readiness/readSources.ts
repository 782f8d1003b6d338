import { AppError } from '../../shared/model/errors';
import { sourceNames } from '../../shared/model/readiness/sources';
import type { ProgressOf } from '../../shared/contract/define';
import type { readiness as readinessContract } from '../../shared/contract/readiness';
import type { Source } from './sources/source';
import type { SourceStore } from './store/sources';

/**
 * Reads sources one after the other, as they share quotas. One that fails leaves what was read of it
 * before, and a sentence that says why; throws `cancelled` only, and what is a defect.
 */
export async function readSources(
  sources: readonly Source[],
  options: {
    readonly sourceStore: SourceStore;
    readonly now: () => Date;
    readonly signal: AbortSignal;
    readonly progress: (value: ProgressOf<typeof readinessContract.run>) => void;
  },
): Promise<void> {
  const { sourceStore, now, signal, progress } = options;
  const readable = sources.filter(({ read }) => read !== undefined);
  const expected = readable.length + 1;
  for (const [done, { id, read }] of readable.entries()) {
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
    const what = sourceNames[id];
    progress({ done, expected, what });
    let problem: string | undefined;
    try {
      await read?.({ signal, progress: (share) => progress({ done, expected, what, share }) });
    } catch (error) {
      if (signal.aborted || !(error instanceof AppError)) throw error;
      problem = error.message;
    }
    sourceStore.ended(id, now().toISOString(), problem);
  }
  progress({ done: expected - 1, expected, what: 'judging' });
}
