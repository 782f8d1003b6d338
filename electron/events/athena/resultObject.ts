import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/model/errors';
import type { AwsGateway, Target } from '../../aws/types';
import { s3Location } from '../../aws/s3Location';

/** Read at once: small enough to be looked through without holding the thread up. */
const pieceBytes = 2 * 1024 * 1024;
const attempts = 3;

/**
 * A query's result, the CSV that Athena has put into S3: of a million rows that is one object, where
 * GetQueryResults would be a thousand calls of a shared quota. Read in pieces, each tried again where
 * the connection breaks. Throws AppError.
 * @param location `s3://bucket/key`
 */
export async function* resultPieces(
  gateway: AwsGateway,
  target: Target,
  location: string,
  { signal, progress }: { signal: AbortSignal; progress: (done: number, all: number) => void },
): AsyncGenerator<Buffer> {
  const { bucket, key } = s3Location(location);
  if (bucket === '' || key === '') {
    throw new AppError('bad-response', 'Athena did not say where the result lies.');
  }
  const place = { Bucket: bucket, Key: key };
  const { output: head } = await gateway.send(target, new HeadObjectCommand(place), { signal });
  const size = head.ContentLength ?? 0;
  for (let from = 0; from < size; from += pieceBytes) {
    const to = Math.min(from + pieceBytes, size) - 1;
    yield await piece(`bytes=${from}-${to}`);
    progress(to + 1, size);
  }

  async function piece(Range: string): Promise<Buffer> {
    for (let attempt = 1; ; attempt += 1) {
      const command = new GetObjectCommand({ ...place, Range, IfMatch: head.ETag });
      const { output } = await gateway.send(target, command, { signal });
      try {
        return Buffer.from((await output.Body?.transformToByteArray()) ?? []);
      } catch {
        if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
        if (attempt < attempts) continue;
        throw new AppError(
          'unreachable',
          `The result ${location} broke off while it was read. Check the network, and ask again.`,
        );
      }
    }
  }
}
