import { setTimeout as delay } from 'node:timers/promises';
import type { Dialer } from '../net/types';
import { buildClientHello, type HelloOptions } from '../wire/clientHello';
import { readServerFlight } from '../wire/serverFlight';
import { answerOf, converse, type Answer } from './answer';

/** Asks hellos of one server, and makes sure of answers that could mean overload as well as no. */
export interface Asker {
  /** Rejects with the signal's reason only. */
  ask(hello: HelloOptions): Promise<Answer>;
  /** The same for a question of another kind. */
  sure<T>(question: Question<T>): Promise<T>;
  /** Asks once, as it is; what comes may be a passing trouble. */
  askOnce(hello: HelloOptions): Promise<Answer>;
  /** How long an answer may take, by the answers that have come. */
  waitMs(): number;
  /** How it went: repeated questions, and why it gave up. */
  notes(): string[];
}

export interface Question<T> {
  readonly ask: () => Promise<T>;
  /** False for an answer that may come from overload. */
  readonly isCertain: (answer: T) => boolean;
  /** What it comes to where the server stops answering. */
  readonly unknown: (why: string) => T;
}

export interface AskerOptions {
  readonly dialer: Dialer;
  /** How long one answer may take in the beginning. */
  readonly answerTimeoutMs: number;
  /** Between attempts with a server that seems to limit us. */
  readonly pausesMs?: readonly number[];
}

/** Once answers have come, none takes more than so many times as long, nor less than the shortest wait. */
const patience = 20;
const shortestWaitMs = 2000;
const usualPausesMs = [300, 1500, 5000];
/** Slowing down helps, or it does not. */
const maxSlowdowns = 6;

/**
 * Silence, a reset or a hang-up may answer the hello or come from too many connections. So the hello
 * that was answered before (the control) is asked again: if that is answered too, the question itself
 * is what the server takes offence at, and it is asked once more; if not, everything goes slower.
 */
export function createAsker(options: AskerOptions): Asker {
  const { dialer, answerTimeoutMs, pausesMs = usualPausesMs } = options;
  let control: HelloOptions | undefined;
  let slowestMs = 0;
  let repeated = 0;
  let slowdowns = 0;
  let gaveUp: string | undefined;
  /** One recheck at a time. */
  let rechecking: Promise<unknown> = Promise.resolve();

  function waitMs(): number {
    if (!control) return answerTimeoutMs;
    return Math.min(answerTimeoutMs, Math.max(shortestWaitMs, slowestMs * patience));
  }

  async function askOnce(hello: HelloOptions): Promise<Answer> {
    const answer = await converse(dialer.open(), async (connection) => {
      const asked = performance.now();
      connection.write(buildClientHello(hello));
      const flight = await readServerFlight(connection, { until: 'done', timeoutMs: waitMs() });
      if (flight.kind === 'hello') slowestMs = Math.max(slowestMs, performance.now() - asked);
      return answerOf(flight);
    });
    dialer.signal.throwIfAborted();
    if (answer.kind === 'hello') control ??= hello;
    return answer;
  }

  async function sure<T>(question: Question<T>): Promise<T> {
    if (gaveUp) return question.unknown(gaveUp);
    const answer = await question.ask();
    if (question.isCertain(answer)) return answer;
    const recheck = rechecking.then(() => makeSure(question));
    rechecking = recheck.catch(() => {});
    return recheck;
  }

  async function makeSure<T>(question: Question<T>): Promise<T> {
    for (const pauseMs of [0, ...pausesMs]) {
      if (gaveUp || slowdowns >= maxSlowdowns) break;
      if (pauseMs > 0) {
        slowdowns += 1;
        dialer.slowDown();
        await delay(pauseMs, undefined, { signal: dialer.signal });
      }
      if (!control) return question.ask();
      if ((await askOnce(control)).kind !== 'hello') continue;
      const again = await question.ask();
      if (question.isCertain(again)) repeated += 1;
      return again;
    }
    gaveUp ??= 'The server stopped answering even what it had answered before.';
    return question.unknown(gaveUp);
  }

  return {
    sure,
    ask: (hello) =>
      sure({
        ask: () => askOnce(hello),
        isCertain,
        unknown: (why): Answer => ({ kind: 'unknown', how: 'gave-up', why }),
      }),
    askOnce,
    waitMs,
    notes: () => [
      ...(repeated > 0 ? [`${repeated} of the server's answers came only when asked again.`] : []),
      ...(slowdowns > 0 ? ['The server seems to limit connections; the scan went slower.'] : []),
      ...(gaveUp ? [gaveUp] : []),
    ],
  };
}

/** An alert by which some servers tell of overload. */
const internalError = 80;

/** A hello or an alert answers the question; bytes without sense or end come again however often we ask. */
function isCertain(answer: Answer): boolean {
  if (answer.kind === 'unknown') return ['garbage', 'limit', 'other-alert'].includes(answer.how);
  return answer.kind === 'hello' || (answer.how === 'alert' && answer.alert !== internalError);
}
