import { z } from 'zod';
import { AppError } from '../shared/model/errors';
import type { PracticeEndpoint } from './aws/types';

/** Speaks to the controls of a practice account that runs, in this process or another. */
export interface PracticeControl {
  get<S extends z.ZodType>(path: string, answer: S, options?: AskOptions): Promise<z.output<S>>;
  post<S extends z.ZodType>(
    path: string,
    body: object,
    answer: S,
    options?: AskOptions,
  ): Promise<z.output<S>>;
}

interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

/** As long as a call to the practice account may take. */
const usualTimeoutMs = 20_000;

/**
 * Makes it for an account's address; docs/practice-account.md describes what it can ask.
 * Calls fail with AppError `unreachable` where the account is gone, `bad-request` in its own words for
 * what it does not take, `bad-response` for any other answer.
 */
export function createPracticeControl(
  address: Pick<PracticeEndpoint, 'endpoint' | 'accessKeyId' | 'secretAccessKey'>,
): PracticeControl {
  const user = `${address.accessKeyId}:${address.secretAccessKey}`;
  const authorization = `Basic ${Buffer.from(user).toString('base64')}`;

  async function ask<S extends z.ZodType>(
    path: string,
    body: object | undefined,
    schema: S,
    { signal, timeoutMs = usualTimeoutMs }: AskOptions = {},
  ): Promise<z.output<S>> {
    const timeout = AbortSignal.timeout(timeoutMs);
    let status: number;
    let answer: unknown;
    try {
      const response = await fetch(`${address.endpoint}/_practice/${path}`, {
        headers: { authorization },
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
      });
      status = response.status;
      answer = await response.json();
    } catch (error) {
      signal?.throwIfAborted();
      throw new AppError(
        'unreachable',
        'The practice account does not answer any more. Try again, or start Claviger anew.',
        {},
        { cause: error },
      );
    }
    const refused = z.object({ error: z.string() }).safeParse(answer);
    if (status === 400 && refused.success) throw new AppError('bad-request', refused.data.error);
    const parsed = schema.safeParse(answer);
    if (status === 200 && parsed.success) return parsed.data;
    throw new AppError(
      'bad-response',
      'The practice account answered with something else than expected. It may be of another version of Claviger: close that one and try again.',
      { status },
    );
  }

  return {
    get: (path, schema, options) => ask(path, undefined, schema, options),
    post: (path, body, schema, options) => ask(path, body, schema, options),
  };
}
