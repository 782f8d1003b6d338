import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BatchProgress, BatchResult, ItemResult } from '../../shared/model/envelope/jobs';
import { AppError, toErrorInfo } from '../../shared/model/errors';
import type { Leftovers } from './leftovers';
import type { Planned } from './plan';
import type { Workers } from './threads';
import type { Outcome } from './work/types';

export interface BatchParts {
  readonly workers: Workers;
  readonly leftovers: Leftovers;
  readonly signal: AbortSignal;
  readonly progress: (progress: BatchProgress) => void;
  readonly onDefect: (error: unknown) => void;
  /** Told a function that holds all of the batch. */
  readonly onStart: (setPaused: (paused: boolean) => void) => void;
}

/** Large files are bound by processor and disk, small ones by the answers of KMS. */
const fewAtOnce = 2;
const manyAtOnce = 16;
const smallBytes = 1024 * 1024;
const tellEveryMs = 100;

/**
 * Works through a batch, several at once, and tells each result as it is there. One that fails stops no
 * other. A batch that is cancelled ends only when nothing unfinished is left on the disk.
 */
export async function runBatch(
  planned: readonly Planned[],
  concurrency: number | undefined,
  parts: BatchParts,
): Promise<BatchResult> {
  const { signal, progress } = parts;
  const startedAt = performance.now();
  const counts = { done: 0, failed: 0, cancelled: 0 };
  const running = new Map<Planned, { done: number; setPaused?: (paused: boolean) => void }>();
  const expected = planned.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  let toldAt = 0;
  let paused = false;
  let pausedAt = 0;
  let pausedMs = 0;
  let resume = () => {};
  let resumed = Promise.resolve();

  parts.onStart((shut) => {
    if (shut === paused) return;
    paused = shut;
    for (const { setPaused } of running.values()) setPaused?.(shut);
    if (shut) {
      pausedAt = performance.now();
      resumed = new Promise((resolve) => {
        resume = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    } else {
      pausedMs += performance.now() - pausedAt;
      resume();
    }
  });

  function tell(always: boolean): void {
    const now = performance.now();
    if (!always && now - toldAt < tellEveryMs) return;
    toldAt = now;
    const seconds = Math.max(0.001, (now - startedAt - pausedMs) / 1000);
    progress({
      kind: 'bytes',
      done,
      expected,
      perSecond: done / seconds,
      running: [...running].slice(0, 100).map(([{ source, bytes }, { done: own }]) => ({
        source,
        done: own,
        expected: bytes,
      })),
    });
  }

  async function work(item: Planned): Promise<void> {
    const { source, name } = item;
    const began = performance.now();
    const state: { done: number; setPaused?: (paused: boolean) => void } = { done: 0 };
    running.set(item, state);
    let result: ItemResult;
    try {
      if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
      await prepare(item, parts.leftovers);
      const outcome = await parts.workers.run(item.job, {
        signal,
        progress(bytes) {
          state.done += bytes;
          done += bytes;
          tell(false);
        },
        onStart(setPaused) {
          state.setPaused = setPaused;
          if (paused) setPaused(true);
        },
      });
      result = { source, name, state: 'done', ms: performance.now() - began, ...told(outcome) };
    } catch (error) {
      if (!(error instanceof AppError)) parts.onDefect(error);
      const info = toErrorInfo(error);
      const cancelled = info.code === 'cancelled' || signal.aborted;
      result = {
        source,
        name,
        ...(cancelled ? { state: 'cancelled' } : { state: 'failed', error: info }),
      };
    }
    running.delete(item);
    // What was not read of it is not read any more.
    done += Math.max(0, item.bytes - state.done);
    if (result.state === 'done') counts.done += 1;
    else if (result.state === 'failed') counts.failed += 1;
    else counts.cancelled += 1;
    progress({ kind: 'item', item: result });
  }

  const queue = planned.values();
  async function worker(): Promise<void> {
    for (const item of queue) {
      await resumed;
      await work(item);
    }
  }

  tell(true);
  const small = planned.every(({ bytes }) => bytes <= smallBytes);
  const atOnce = concurrency ?? (small ? manyAtOnce : fewAtOnce);
  await Promise.all(Array.from({ length: Math.min(atOnce, planned.length) }, worker));
  tell(true);
  return { ...counts, bytes: expected, ms: performance.now() - startedAt };
}

/** The folder of a result, and the note by which unfinished files in it would be found. */
async function prepare({ job }: Planned, leftovers: Leftovers): Promise<void> {
  if (!job.out) return;
  const folder = dirname(job.out.path);
  if (job.kind === 'seal') await mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => {});
  await leftovers.willWriteIn(folder);
}

function told(outcome: Outcome): Partial<ItemResult> {
  const { path, plaintextSha256, files, sourceRemoved, remarks } = outcome;
  return {
    ...(path !== undefined && { path }),
    format: outcome.format,
    bytesIn: outcome.bytesIn,
    bytesOut: outcome.bytesOut,
    ...(plaintextSha256 !== undefined && { plaintextSha256 }),
    envelopeSha256: outcome.envelopeSha256,
    keys: [...outcome.keys],
    ...(files !== undefined && { files }),
    ...(sourceRemoved !== undefined && { sourceRemoved }),
    ...(remarks !== undefined && { remarks: [...remarks] }),
  };
}
