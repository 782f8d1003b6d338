import { AppError } from '../../shared/model/errors';
import type { AwsAnswer, AwsCommand, AwsGateway, Target } from '../aws/types';

/** Calls to one Region of one connection. `operation` is the command's name as IAM has it: `kms:DescribeKey`. */
export interface Caller {
  send<I extends object, O extends object>(
    operation: string,
    command: AwsCommand<I, O>,
  ): Promise<AwsAnswer<O>>;
}

/** An answer turned into what a row shows, with what makes it evidence. */
export interface Answer<T> {
  readonly value: T;
  readonly asOf: string;
  readonly requestId: string | undefined;
}

/** `told` sees every answer, for the evidence. */
export function createCaller(
  gateway: AwsGateway,
  target: Target,
  signal: AbortSignal,
  told?: (operation: string, answer: AwsAnswer<object>) => void,
): Caller {
  return {
    async send(operation, command) {
      const answer = await gateway.send(target, command, { signal });
      told?.(operation, answer);
      return answer;
    },
  };
}

/** Gives a required part of an answer; throws AppError `bad-response` where it is missing. */
export function required<T>(value: T | undefined | null, operation: string, part: string): T {
  if (value === undefined || value === null) {
    throw new AppError('bad-response', `The answer to ${operation} has no ${part}.`, { operation });
  }
  return value;
}

/** An SDK date as ISO 8601 UTC; throws AppError `bad-response` where it is none. */
export function isoDate(date: Date | undefined, operation: string): string | undefined {
  if (date === undefined) return undefined;
  if (Number.isNaN(date.getTime())) {
    throw new AppError('bad-response', `The answer to ${operation} has a date that is none.`, {
      operation,
    });
  }
  return date.toISOString();
}
