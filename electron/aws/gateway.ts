import { AppError } from '../../shared/model/errors';
import { checkAnswer } from './answers';
import type { AwsClient, Clients } from './clients';
import type { Clock } from './clock';
import { toAppError, type ErrorContext } from './errors';
import { AttemptTimeout, failureOf } from './failure';
import type { Limiter } from './limiter';
import { operationOf, type Operation } from './operations';
import { isRegionName } from './regions';
import { pause, retryDelayMs } from './retry';
import type { Session } from './session';
import { createSlots, type Slots } from './slots';
import type { TokenBucket } from './tokenBucket';
import type { AwsAnswer, AwsCommand, AwsGateway, AwsOptions, Target, Tuning } from './types';
import type { Turnstile } from './turnstile';
import { cancelled } from './waitingLine';
import { reported } from './writes';

export interface GatewayParts {
  readonly clients: Clients;
  readonly limiter: Limiter;
  readonly clock: Clock;
  readonly tuning: Tuning;
  /** Requests are signed in portions. */
  readonly turnstile: Turnstile;
  /** Between 0 and 1, for the jitter of retries. */
  readonly random: () => number;
  /** The session of a connection; throws AppError if it cannot be used. */
  readonly session: (connection: string) => Promise<Session>;
  /** The ARN that calls of a connection are made as, for the journal; undefined if it cannot be had. */
  readonly principal: (connection: string, signal?: AbortSignal) => Promise<string | undefined>;
  readonly onWrite: AwsOptions['onWrite'];
}

/**
 * The one place through which every call to AWS goes. A call takes credentials, then a token of its
 * quota, then a slot, and is sent once; each further attempt costs a token again. Throws AppError.
 */
export function createGateway(parts: GatewayParts): AwsGateway {
  const { clients, clock, limiter, tuning, turnstile } = parts;
  const slotsOf = new Map<string, Slots>();

  async function send<I extends object, O extends object>(
    target: Target,
    command: AwsCommand<I, O>,
    options: { signal?: AbortSignal | undefined } = {},
  ): Promise<AwsAnswer<O>> {
    const operation = operationOf(command);
    if (!isRegionName(target.region)) {
      throw new AppError('bad-request', `${target.region} is not the name of an AWS Region.`);
    }
    const session = await parts.session(target.connection);
    const run = () => attempts<O>(session, target, operation, command, options.signal);
    if (!operation.writes) return run();
    const principal = await parts.principal(target.connection, options.signal);
    return reported({ operation, target, principal }, parts.onWrite, run);
  }

  async function attempts<O>(
    session: Session,
    target: Target,
    operation: Operation,
    command: object,
    signal: AbortSignal | undefined,
  ): Promise<AwsAnswer<O>> {
    const context = contextOf(session, target, operation);
    const slots = slotsFor(`${session.id} ${target.region}`);
    let renewed = false;
    for (let attempt = 1; ; attempt += 1) {
      const credentials = await session.credentials(signal);
      const client = await clients.get(session, operation.service, target.region, credentials);
      const bucket = limiter.bucketFor(session, target.region, operation);
      await bucket.acquire(signal);
      const release = await slots.take(signal);
      let error: unknown;
      try {
        await turnstile.pass();
        const output = await once(client, command, signal);
        bucket.recover();
        checkAnswer(operation, output);
        return await answerOf<O>(output, session);
      } catch (thrown) {
        error = thrown;
      } finally {
        release();
      }
      const delayMs = afterFailure(error, bucket, operation.writes, attempt);
      if (delayMs !== undefined) {
        await pause(clock, delayMs, signal);
        continue;
      }
      const told = toAppError(error, context);
      if (told.code !== 'expired-credentials' || renewed) throw told;
      // They may have been renewed elsewhere, as `aws sso login` does: a refused call was not done.
      renewed = true;
      session.forget(credentials);
      if (isSame(credentials, await session.credentials(signal))) throw told;
    }
  }

  /** Slows the bucket where AWS throttles; gives the wait before the next attempt, if one makes sense. */
  function afterFailure(
    error: unknown,
    bucket: TokenBucket,
    writes: boolean,
    attempt: number,
  ): number | undefined {
    if (error instanceof AppError) return undefined;
    const failure = failureOf(error);
    if (failure.kind === 'throttled') bucket.slowDown(failure.retryAfterMs);
    return retryDelayMs(failure, writes, attempt, tuning, parts.random);
  }

  /** One request within the time limit; our own abort and time limit come out as such. */
  async function once(
    client: AwsClient,
    command: object,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    if (signal?.aborted) throw cancelled();
    const abort = new AbortController();
    const onAbort = () => abort.abort(cancelled());
    signal?.addEventListener('abort', onAbort, { once: true });
    const stopTimer = clock.after(tuning.requestTimeoutMs, () => abort.abort(new AttemptTimeout()));
    try {
      // The SDK does not see an abort in every phase (signing, reading the body): race it.
      return await Promise.race([
        client.send(command, { abortSignal: abort.signal }),
        rejection(abort.signal),
      ]);
    } catch (error) {
      throw abort.signal.aborted ? abort.signal.reason : error;
    } finally {
      stopTimer();
      signal?.removeEventListener('abort', onAbort);
    }
  }

  function slotsFor(key: string): Slots {
    let slots = slotsOf.get(key);
    if (!slots) {
      slots = createSlots(tuning.maxInFlight);
      slotsOf.set(key, slots);
    }
    return slots;
  }

  return {
    send,
    rateFor: (operation, { connection, region }) =>
      limiter.rateFor(operation, region, { alone: connection === 'practice' }),
  };
}

function contextOf(session: Session, target: Target, operation: Operation): ErrorContext {
  return {
    operation: operation.name,
    writes: operation.writes,
    connection: session.id,
    connectionName: session.name,
    region: target.region,
    endpoint: session.endpoint(operation.service),
    renewal: session.renewal,
  };
}

async function answerOf<O>(output: unknown, session: Session): Promise<AwsAnswer<O>> {
  const { $metadata, ...members } = output as { $metadata?: { requestId?: string } };
  const now = await session.now();
  return {
    output: members as O,
    requestId: $metadata?.requestId,
    asOf: now.toISOString(),
  };
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

function isSame(
  a: { accessKeyId: string; sessionToken?: string | undefined },
  b: { accessKeyId: string; sessionToken?: string | undefined },
): boolean {
  return a.accessKeyId === b.accessKeyId && a.sessionToken === b.sessionToken;
}
