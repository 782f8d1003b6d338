import { parentPort } from 'node:worker_threads';
import type { ScanResult } from '../../shared/model/tls/result';
import type { ScanJob } from './scanJob';
import { createScanHere } from './scanHere';

export type ToScanWorker =
  { type: 'scan'; id: number; job: ScanJob } | { type: 'cancel'; id: number };
export type FromScanWorker =
  | { type: 'result'; id: number; result: ScanResult }
  | { type: 'failed'; id: number; message: string };

/** The thread's own side of startScanThreads. */
function main(): void {
  const port = parentPort;
  if (!port) throw new Error('tls-worker runs as a worker thread only');
  const tell = (message: FromScanWorker) => port.postMessage(message);
  const scan = createScanHere();
  const running = new Map<number, AbortController>();
  port.on('message', (message: ToScanWorker) => {
    const { id } = message;
    if (message.type === 'cancel') {
      running.get(id)?.abort();
      return;
    }
    const abort = new AbortController();
    running.set(id, abort);
    scan(message.job, abort.signal)
      .then(
        (result) => tell({ type: 'result', id, result }),
        // Who cancelled does not listen any more; anything else is a defect.
        (error: unknown) => tell({ type: 'failed', id, message: String(error) }),
      )
      .finally(() => running.delete(id));
  });
}

main();
