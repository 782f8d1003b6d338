import { AppError } from '../../shared/model/errors';
import type { AwsAnswer } from './types';

/**
 * Reads a list page by page, where `next` gives what to ask on from. Throws AppError `bad-response`
 * where a list sends its reader round in a circle.
 */
export async function* pages<O>(
  operation: string,
  ask: (marker: string | undefined) => Promise<AwsAnswer<O>>,
  next: (output: O) => string | undefined,
): AsyncGenerator<O> {
  const seen = new Set<string>();
  let marker: string | undefined;
  do {
    const { output } = await ask(marker);
    yield output;
    marker = next(output);
    if (marker === undefined || marker === '') return;
    if (seen.has(marker)) {
      throw new AppError('bad-response', `${operation} does not say where its list goes on.`, {
        operation,
      });
    }
    seen.add(marker);
  } while (marker);
}
