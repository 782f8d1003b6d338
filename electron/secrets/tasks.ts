import type { FoundSecret, SecretScan } from '../../shared/model/secrets';
import { declare } from './declare';
import type { Ignored } from './ignored';
import { scanFiles, type SecretHooks, type SecretJob } from './scanFiles';

/** What a thread is asked: all that reads files stays out of main's loop. */
export type SecretTask =
  | { readonly kind: 'scan'; readonly job: SecretJob }
  | { readonly kind: 'declare'; readonly finding: FoundSecret; readonly place: number };

export type TaskResult = SecretScan | Pick<Ignored, 'salt' | 'digest'>;

export function doTask(task: SecretTask, hooks: SecretHooks): Promise<TaskResult> {
  return task.kind === 'scan' ? scanFiles(task.job, hooks) : declare(task.finding, task.place);
}
