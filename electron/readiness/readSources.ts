import { AppError } from '../../shared/model/errors';
import { sourceNames, type SourceId } from '../../shared/model/readiness/sources';
import type { ProgressOf } from '../../shared/contract/define';
import type { readiness as readinessContract } from '../../shared/contract/readiness';
import type { Source } from './sources/source';
import type { SourceStore } from './store/sources';

/**
 * Reads sources side by side: they ask different services, and each API has its own limit. One that
 * fails leaves what was read of it before, and a sentence that says why; throws `cancelled` only, and
 * what is a defect, after all have ended.
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
  const shares = new Map<SourceId, number>();
  const waits = new Map<SourceId, string>();
  const readings = new Map<SourceId, Promise<void>>();
  let done = 0;

  function tell(): void {
    const open = [...shares.keys()].map((id) => {
      const waitsFor = waits.get(id);
      return waitsFor === undefined ? sourceNames[id] : `${sourceNames[id]} (${waitsFor})`;
    });
    const share = [...shares.values()].reduce((sum, each) => sum + each, 0);
    const what = open.length > 0 ? open.join(', ') : 'judging';
    progress({ done, expected, what, ...(share > 0 && { share }) });
  }

  async function readOne({ id, after, read }: Source): Promise<void> {
    if (after !== undefined) await readings.get(after);
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
    shares.set(id, 0);
    tell();
    let problem: string | undefined;
    try {
      await read?.({
        signal,
        progress(share, waitsFor) {
          shares.set(id, share);
          if (waitsFor === undefined) waits.delete(id);
          else waits.set(id, waitsFor);
          tell();
        },
      });
    } catch (error) {
      if (signal.aborted || !(error instanceof AppError)) throw error;
      problem = error.message;
    }
    sourceStore.ended(id, now().toISOString(), problem);
    shares.delete(id);
    done += 1;
    tell();
  }

  for (const source of readable) readings.set(source.id, readOne(source));
  const ended = await Promise.allSettled(readings.values());
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}
