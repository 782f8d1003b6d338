import type { BundleReport } from '../../shared/model/drills/bundleReport';
import { serveTask } from '../serveTask';
import { checkBundle, type CheckProgress } from './bundle/check';
import type { CheckTask } from './bundle/checkInThread';

/** Progress is told so often at most. */
const tellMs = 100;

serveTask<BundleReport, CheckProgress>((task, { progress }) => {
  const { path } = task as CheckTask;
  let toldAt = 0;
  return checkBundle(path, (value) => {
    if (performance.now() - toldAt < tellMs) return;
    toldAt = performance.now();
    progress(value);
  });
});
