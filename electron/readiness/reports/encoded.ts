import { AppError } from '../../../shared/model/errors';

export type Content = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** Texts as UTF-8, bytes as they are; throws AppError `cancelled` once the signal is aborted. */
export async function* encoded(content: Content, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const part of content) {
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
    yield typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
  }
}
