import { availableParallelism } from 'node:os';
import { workerBundle } from '../workerBundle';
import type { Scanner } from './scanJob';
import { startScanThreads } from './scanThreads';

/** More threads than this have nothing to do: the network is what takes time. */
const mostThreads = 4;

/**
 * Opens a scanner: threads of their own where the program runs from its bundles, this thread where it
 * runs from its sources (tests) or where `threads` is 0.
 */
export async function openScanner({
  threads = Math.min(mostThreads, Math.max(1, availableParallelism() - 1)),
}: { threads?: number } = {}): Promise<Scanner> {
  const bundle = workerBundle('tls-worker');
  if (bundle && threads > 0) return startScanThreads(bundle, threads);
  const { createScanHere } = await import('./scanHere');
  return { scan: createScanHere(), close: () => Promise.resolve() };
}
