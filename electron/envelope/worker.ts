import { parentPort } from 'node:worker_threads';
import { AppError, toErrorInfo, type ErrorInfo } from '../../shared/model/errors';
import type { KmsReply, KmsRequest } from './kms/types';
import { createGate, type Gate } from './work/gate';
import { runJob } from './work/runJob';
import type { Job, Outcome } from './work/types';

export type ToEnvelopeWorker =
  | { type: 'run'; id: number; job: Job }
  | { type: 'cancel'; id: number }
  | { type: 'pause'; id: number; paused: boolean }
  | { type: 'kms'; call: number; reply: KmsReply | { error: ErrorInfo } };

export type FromEnvelopeWorker =
  | { type: 'progress'; id: number; bytes: number }
  | { type: 'kms'; id: number; call: number; request: KmsRequest }
  | { type: 'done'; id: number; outcome: Outcome }
  | { type: 'failed'; id: number; error: ErrorInfo; defect?: string };

/** The thread's own side of startEnvelopeThreads. */
function main(): void {
  const port = parentPort;
  if (!port) throw new Error('envelope-worker runs as a worker thread only');
  const tell = (message: FromEnvelopeWorker) => port.postMessage(message);
  const running = new Map<number, { abort: AbortController; gate: Gate }>();
  const asked = new Map<number, (reply: KmsReply | { error: ErrorInfo }) => void>();
  let lastCall = 0;

  function askKms(id: number, request: KmsRequest): Promise<KmsReply> {
    const call = ++lastCall;
    return new Promise((resolve, reject) => {
      asked.set(call, (reply) => {
        if (!('error' in reply)) resolve(reply);
        else reject(new AppError(reply.error.code, reply.error.message, reply.error.detail));
      });
      tell({ type: 'kms', id, call, request });
      // Main has its own copy now.
      if (request.op === 'wrap') request.plaintext.fill(0);
    });
  }

  function run(id: number, job: Job): void {
    const abort = new AbortController();
    const gate = createGate(abort.signal);
    running.set(id, { abort, gate });
    runJob(job, {
      askKms: (request) => askKms(id, request),
      signal: abort.signal,
      progress: (bytes) => tell({ type: 'progress', id, bytes }),
      gate: gate.pass,
    })
      .then(
        (outcome) => tell({ type: 'done', id, outcome }),
        (error: unknown) => {
          const defect = error instanceof AppError ? {} : { defect: String(error) };
          tell({ type: 'failed', id, error: toErrorInfo(error), ...defect });
        },
      )
      .finally(() => running.delete(id));
  }

  port.on('message', (message: ToEnvelopeWorker) => {
    switch (message.type) {
      case 'run':
        run(message.id, message.job);
        break;
      case 'cancel':
        running.get(message.id)?.abort.abort();
        break;
      case 'pause':
        running.get(message.id)?.gate.set(message.paused);
        break;
      case 'kms': {
        const answer = asked.get(message.call);
        asked.delete(message.call);
        answer?.(message.reply);
        break;
      }
    }
  });
}

main();
