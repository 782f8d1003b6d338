import type { BundleReport } from '../../../shared/model/drills/bundleReport';
import { runInThread, type TaskHooks } from '../../taskThread';
import { workerBundle } from '../../workerBundle';
import type { CheckProgress } from './check';

/** Which bundle a thread checks. */
export interface CheckTask {
  readonly path: string;
}

/**
 * Checks a bundle, see `checkBundle`, in a thread of its own: hundreds of megabytes are hashed there. On
 * the caller's thread where the program runs from its sources, as in tests. Throws AppError.
 */
export async function checkInThread(
  path: string,
  hooks: TaskHooks<CheckProgress>,
  bundle = workerBundle('drills-worker'),
): Promise<BundleReport> {
  if (bundle) return runInThread(bundle, { path } satisfies CheckTask, hooks);
  const { checkBundle } = await import('./check');
  return checkBundle(path, hooks.progress);
}
