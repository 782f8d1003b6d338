import { looksLikeArchive } from '../archive/mark';
import { openUnpacking } from '../archive/unpack';
import { GatewayKeyring } from '../esdk/keyring';
import { looksLikeMessage } from '../esdk/looksLike';
import { decryptMessage } from '../esdk/message';
import { maxFileBytes, readSimple } from '../simple/read';
import { openSimple } from '../simple/seal';
import type { EncryptionContext } from '../../../shared/model/envelope/context';
import type { EnvelopeFormat } from '../../../shared/model/envelope/formats';
import type { KeyUse } from '../../../shared/model/envelope/jobs';
import { AppError } from '../../../shared/model/errors';
import { collect, counted, countPassed } from './hashing';
import { openPart } from './part';
import { cancelled, openFile } from './readFile';
import type { Hands, OpenJob, Opening, Out, Outcome } from './types';

/**
 * Opens one envelope: to its place, or to learn whether it opens. The content takes its name only once
 * all of it was proved; until then it lies in a hidden file or folder beside it.
 */
export async function openEnvelope(job: OpenJob, hands: Hands): Promise<Outcome> {
  const file = await openFile(job.path);
  const envelope = countPassed();
  const plain = countPassed();
  let sink: Sink | undefined;
  let left: string | undefined;
  let files: number | undefined;
  try {
    const content = await openContent(counted(file.read(hands), envelope), job, hands);
    for await (const piece of content.pieces) {
      plain.add(piece);
      if (job.out) {
        sink ??= await openSink(job.out, job.unpack && looksLikeArchive(piece));
        await sink.write(piece);
      }
    }
    if (job.out) {
      sink ??= await openSink(job.out, false);
      if (hands.signal.aborted) throw cancelled();
      const placed = await sink.commit();
      left = placed.path;
      ({ files } = placed);
    }
    return {
      ...(left !== undefined && { path: left }),
      format: content.format,
      bytesIn: envelope.bytes,
      bytesOut: plain.bytes,
      plaintextSha256: plain.sha256(),
      plaintextBytes: plain.bytes,
      envelopeSha256: envelope.sha256(),
      keys: content.uses(),
      ...(files !== undefined && { files }),
    };
  } finally {
    await sink?.abandon();
    await file.close();
  }
}

/** A content that comes out of an envelope; only when `pieces` has ended is all of it proved. */
export interface Content {
  readonly format: EnvelopeFormat;
  readonly pieces: AsyncIterable<Buffer>;
  /** The key that opened it; known once the first piece is there. */
  uses(): readonly KeyUse[];
  /** The context that it was sealed with; known likewise. */
  context(): EncryptionContext;
}

/** Reads the beginning of an envelope to see what it is. Throws AppError `not-authentic`. */
export async function openContent(
  envelope: AsyncIterable<Buffer>,
  opening: Opening,
  hands: Pick<Hands, 'askKms' | 'signal'>,
): Promise<Content> {
  const { first, all } = await peek(envelope);
  if (first && looksLikeMessage(first)) return openMessage(all, opening, hands);
  return openWhole(all, opening, hands);
}

function openMessage(
  message: AsyncIterable<Buffer>,
  { keys, context: required }: Opening,
  { askKms, signal }: Pick<Hands, 'askKms' | 'signal'>,
): Content {
  const keyring = new GatewayKeyring(askKms, keys, signal);
  let context: EncryptionContext = {};
  return {
    format: 'esdk',
    pieces: decryptMessage(message, keyring, ({ messageHeader }) => {
      context = { ...messageHeader.encryptionContext };
      requirePairs(context, required);
    }),
    uses: () => keyring.uses,
    context: () => context,
  };
}

async function openWhole(
  file: AsyncIterable<Buffer>,
  { keys, context: given }: Opening,
  { askKms, signal }: Pick<Hands, 'askKms' | 'signal'>,
): Promise<Content> {
  const bytes = await collect(file, maxFileBytes, () => notAnEnvelope());
  const envelope = readSimple(bytes);
  if (envelope.context) requirePairs(envelope.context, given);
  const context = envelope.context ?? given ?? {};
  const { plaintext: dataKey, use } = await askKms(
    {
      op: 'open',
      dataKeys: [{ keyArn: envelope.keyArn, blob: envelope.dataKey }],
      context,
      keys,
    },
    signal,
  );
  if (!dataKey) throw new AppError('bad-response', 'KMS answered without the data key.');
  let plaintext: Buffer;
  try {
    plaintext = openSimple(envelope, dataKey);
  } finally {
    dataKey.fill(0);
  }
  return {
    format: 'simple',
    pieces: oneThenZero(plaintext),
    uses: () => [use],
    context: () => context,
  };
}

/** Pairs that whoever opens it insists on: another envelope of the same key must not pass for this one. */
function requirePairs(context: EncryptionContext, required: EncryptionContext = {}): void {
  for (const [name, value] of Object.entries(required)) {
    if (context[name] === value) continue;
    const has = context[name] === undefined ? 'does not have it' : 'has another value for it';
    throw new AppError(
      'not-authentic',
      `The encryption context is another than the one asked for: ${name}=${value} was wanted, and the envelope ${has}.`,
    );
  }
}

async function* oneThenZero(plaintext: Buffer): AsyncGenerator<Buffer> {
  try {
    yield plaintext;
  } finally {
    plaintext.fill(0);
  }
}

/** The first piece, and all pieces with it again. */
async function peek(
  pieces: AsyncIterable<Buffer>,
): Promise<{ first: Buffer | undefined; all: AsyncIterable<Buffer> }> {
  const iterator = pieces[Symbol.asyncIterator]();
  const { value, done } = await iterator.next();
  const first = done ? undefined : value;
  async function* all(): AsyncGenerator<Buffer> {
    try {
      if (first) yield first;
      for (;;) {
        const next = await iterator.next();
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { first, all: all() };
}

function notAnEnvelope(): AppError {
  return new AppError(
    'not-authentic',
    'This is no envelope: neither a message of the AWS Encryption SDK nor a simple envelope.',
  );
}

interface Sink {
  write(piece: Uint8Array): Promise<void>;
  commit(): Promise<{ readonly path: string; readonly files?: number }>;
  abandon(): Promise<void>;
}

async function openSink(out: Out, isArchive: boolean): Promise<Sink> {
  if (isArchive) return openUnpacking(out);
  const part = await openPart(out);
  return {
    write: (piece) => part.write(piece),
    abandon: () => part.abandon(),
    async commit() {
      await part.commit();
      return { path: out.path };
    },
  };
}
