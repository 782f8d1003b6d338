import { AppError } from '../../shared/model/errors';
import type { AwsAnswer } from '../aws/types';

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
