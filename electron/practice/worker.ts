import { parentPort, workerData } from 'node:worker_threads';
import { AppError, type ErrorCode, type ErrorDetail } from '../../shared/model/errors';
import { startPractice } from './start';
import type { Practice, PracticeOptions } from './types';

export type ToWorker = { type: 'now'; id: number } | { type: 'close' };
export type FromWorker =
  | { type: 'started'; endpoint: Omit<Practice, 'now' | 'close'> }
  | { type: 'failed'; code: ErrorCode; message: string; detail: ErrorDetail }
  | { type: 'now'; id: number; ms: number };

/** The worker's own side of startPracticeWorker. */
async function main(): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('practice-worker runs as a worker thread only');
  const tell = (message: FromWorker) => port.postMessage(message);
  let practice: Practice;
  try {
    practice = await startPractice(workerData as PracticeOptions);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    tell({ type: 'failed', code: error.code, message: error.message, detail: error.detail });
    port.close();
    return;
  }
  const { endpoint, accessKeyId, secretAccessKey, regions, accountId, tlsServers } = practice;
  port.on('message', (message: ToWorker) => {
    if (message.type === 'now') {
      void practice.now().then((date) => tell({ type: 'now', id: message.id, ms: date.getTime() }));
    } else {
      void practice.close().then(() => port.close());
    }
  });
  tell({
    type: 'started',
    endpoint: { endpoint, accessKeyId, secretAccessKey, regions, accountId, tlsServers },
  });
}

void main();
