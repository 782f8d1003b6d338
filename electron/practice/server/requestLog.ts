import { randomUUID } from 'node:crypto';
import type { PracticeRequest } from '../../../shared/contract/practice';

/** So many requests are remembered. */
export const rememberedRequests = 2000;
/** So many may wait for the next request at once; a further one is answered at once. */
const maxWaiting = 64;

/** What the log gives of the requests after a known one. */
export interface LogPart {
  /** Names this log: the numbers of another begin at 1 again. */
  readonly run: string;
  readonly requests: PracticeRequest[];
  /** The newest request's number, 0 before the first: ask on from here. */
  readonly last: number;
  /** How many of those after the known one are not told: forgotten already, or over the limit. */
  readonly skipped: number;
}

/** The newest requests of the account, in memory alone. */
export interface RequestLog {
  readonly run: string;
  add(request: Omit<PracticeRequest, 'seq'>): void;
  /** The newest `limit` requests after number `after`, oldest first. */
  since(after: number, limit: number): LogPart;
  /** Resolves as soon as there is a request after `after`, when the time is over, or at the end. */
  wait(after: number, ms: number): Promise<void>;
  /** Forgets the requests; the numbers go on. */
  clear(): void;
  /** Lets everyone go who waits. */
  close(): void;
}

/** Makes an empty log: a ring, so that a busy account costs no more memory than a quiet one. */
export function createRequestLog(size = rememberedRequests): RequestLog {
  const run = randomUUID();
  const ring = Array.from<PracticeRequest | undefined>({ length: size });
  const waiting = new Set<() => void>();
  let last = 0;
  /** Everything up to this number is forgotten. */
  let forgotten = 0;
  let closed = false;
  const release = () => {
    for (const go of waiting) go();
  };
  return {
    run,
    add(request) {
      last++;
      ring[last % size] = { seq: last, ...request };
      if (waiting.size > 0) release();
    },
    since(after, limit) {
      const first = Math.max(after, forgotten, last - Math.min(size, limit)) + 1;
      const requests: PracticeRequest[] = [];
      for (let seq = first; seq <= last; seq++) {
        const request = ring[seq % size];
        if (request) requests.push(request);
      }
      return { run, requests, last, skipped: Math.max(0, first - 1 - Math.max(after, forgotten)) };
    },
    wait(after, ms) {
      if (closed || last !== after || waiting.size >= maxWaiting) return Promise.resolve();
      return new Promise((resolve) => {
        const go = () => {
          clearTimeout(timer);
          waiting.delete(go);
          resolve();
        };
        const timer = setTimeout(go, ms);
        waiting.add(go);
      });
    },
    clear() {
      forgotten = last;
      ring.fill(undefined);
    },
    close() {
      closed = true;
      release();
    },
  };
}
