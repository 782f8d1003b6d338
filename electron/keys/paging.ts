import { AppError } from '../../shared/model/errors';
import type { AwsAnswer } from '../aws/types';
import type { Answer } from './caller';

/** How every list of AWS KMS says that it goes on. */
interface Page {
  readonly Truncated?: boolean | undefined;
  readonly NextMarker?: string | undefined;
}

/**
 * Reads a list page by page. Throws AppError `bad-response` where a page says that there is more and
 * does not say where, or sends the reader round in a circle: a list cut short is never taken for whole.
 */
export async function* pages<O extends Page>(
  operation: string,
  ask: (marker: string | undefined) => Promise<AwsAnswer<O>>,
): AsyncGenerator<AwsAnswer<O>> {
  const seen = new Set<string>();
  let marker: string | undefined;
  for (;;) {
    const answer = await ask(marker);
    yield answer;
    if (!answer.output.Truncated) return;
    marker = answer.output.NextMarker;
    if (!marker || seen.has(marker)) {
      throw new AppError('bad-response', `${operation} does not say where its list goes on.`, {
        operation,
      });
    }
    seen.add(marker);
  }
}

/** All pages of a list as one answer: as old as its first page, with the request id of its last. */
export async function collect<T, O extends Page>(
  operation: string,
  ask: (marker: string | undefined) => Promise<AwsAnswer<O>>,
  read: (output: O) => T[],
): Promise<Answer<T[]>> {
  const value: T[] = [];
  let asOf: string | undefined;
  let requestId: string | undefined;
  for await (const answer of pages(operation, ask)) {
    for (const entry of read(answer.output)) value.push(entry);
    asOf ??= answer.asOf;
    requestId = answer.requestId;
  }
  return { value, asOf: asOf ?? '', requestId };
}
