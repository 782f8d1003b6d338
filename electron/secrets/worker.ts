import { serveTask } from '../serveTask';
import type { SecretHooks } from './scanFiles';
import { doTask, type SecretTask } from './tasks';

serveTask((task, hooks: SecretHooks) => doTask(task as SecretTask, hooks));
