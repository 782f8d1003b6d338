import { looksLikeMessage } from '../esdk/looksLike';
import { maxFileBytes, readSimple } from '../simple/read';
import { simpleText } from '../simple/seal';
import type { EnvelopeFormat } from '../../../shared/model/envelope/formats';
import { AppError } from '../../../shared/model/errors';
import { collect, counted, countPassed } from './hashing';
import { openContent } from './open';
import { openPart } from './part';
import { openFile } from './readFile';
import { sealTo } from './seal';
import type { Hands, Outcome, RekeyJob } from './types';

/**
 * Puts an envelope under other keys. Of a simple one KMS re-encrypts the data key alone: the content is
 * not touched, and the plaintext data key never leaves KMS. A message of the AWS Encryption SDK has its
 * data keys under its header's tag: it is opened and sealed anew, in one pass, without a plaintext file.
 */
export async function rekeyEnvelope(job: RekeyJob, hands: Hands): Promise<Outcome> {
  const file = await openFile(job.path);
  try {
    const [first] = await firstOf(file.read({ ...hands, progress: () => {} }));
    if (first && looksLikeMessage(first))
      return await sealAnew('esdk', job, file.read(hands), hands);
    try {
      return await rewrap(job, file.read(hands), hands);
    } catch (error) {
      // ReEncrypt is one call within one Region.
      if (!(error instanceof AppError) || error.detail['reason'] !== 'other-region') throw error;
      return await sealAnew('simple', job, file.read({ ...hands, progress: () => {} }), hands);
    }
  } finally {
    await file.close();
  }
}

async function rewrap(
  job: RekeyJob,
  pieces: AsyncIterable<Buffer>,
  { askKms, signal }: Hands,
): Promise<Outcome> {
  const [to] = job.to;
  if (!to || job.to.length > 1) {
    throw new AppError('bad-request', 'A simple envelope has one key: name one to re-key it to.');
  }
  const file = await collect(
    pieces,
    maxFileBytes,
    () => new AppError('not-authentic', 'This is no simple envelope: it is too large.'),
  );
  const envelope = readSimple(file);
  const context = envelope.context ?? job.context ?? {};
  const toContext = job.toContext ?? context;
  const { blob, use } = await askKms(
    {
      op: 'rewrap',
      dataKey: { keyArn: envelope.keyArn, blob: envelope.dataKey },
      context,
      keys: job.keys,
      to,
      toContext,
    },
    signal,
  );
  if (!blob) throw new AppError('bad-response', 'KMS answered without a data key.');
  const { parts } = simpleText({
    ...envelope,
    dataKey: Buffer.from(blob),
    keyArn: use.keyArn,
    keyMaterialId: use.keyMaterialId,
    context: toContext,
  });
  const written = countPassed();
  const part = await openPart(job.out);
  try {
    for (const text of parts) {
      const bytes = Buffer.from(text);
      written.add(bytes);
      await part.write(bytes);
    }
    await part.commit();
  } finally {
    await part.abandon();
  }
  return {
    path: job.out.path,
    format: 'simple',
    bytesIn: file.length,
    bytesOut: written.bytes,
    envelopeSha256: written.sha256(),
    keys: [use],
    remarks: [
      'KMS re-encrypted the data key; the content was neither opened nor changed. Copies of the old envelope still open under the old key.',
    ],
  };
}

async function sealAnew(
  format: EnvelopeFormat,
  job: RekeyJob,
  pieces: AsyncIterable<Buffer>,
  hands: Hands,
): Promise<Outcome> {
  const read = countPassed();
  const plain = countPassed();
  const written = countPassed();
  const content = await openContent(counted(pieces, read), job, hands);
  const iterator = content.pieces[Symbol.asyncIterator]();
  // The first piece first: only then the old context is known, and that the old key opens it.
  const first = await iterator.next();
  const { askKms, signal } = hands;
  const part = await openPart(job.out);
  try {
    const keys = await sealTo(
      async (piece) => {
        written.add(piece);
        await part.write(piece);
      },
      counted(withFirst(first, iterator), plain),
      {
        format,
        keys: job.to,
        context: job.toContext ?? withoutOwnPairs(content.context()),
        created: job.created,
      },
      { askKms, signal },
    );
    await part.commit();
    return {
      path: job.out.path,
      format,
      bytesIn: read.bytes,
      bytesOut: written.bytes,
      plaintextSha256: plain.sha256(),
      plaintextBytes: plain.bytes,
      envelopeSha256: written.sha256(),
      keys,
      remarks: [
        'The content was encrypted anew under a new data key. Copies of the old envelope still open under the old key.',
      ],
    };
  } finally {
    await iterator.return?.();
    await part.abandon();
  }
}

/** A signed message has its public key among the pairs; it belongs to the old message. */
function withoutOwnPairs(context: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(context).filter(([name]) => !name.startsWith('aws-crypto-')),
  );
}

async function* withFirst(
  first: IteratorResult<Buffer, unknown>,
  rest: AsyncIterator<Buffer>,
): AsyncGenerator<Buffer> {
  for (let next = first; !next.done; next = await rest.next()) yield next.value;
}

async function firstOf(pieces: AsyncIterable<Buffer>): Promise<Buffer[]> {
  for await (const piece of pieces) return [piece];
  return [];
}
