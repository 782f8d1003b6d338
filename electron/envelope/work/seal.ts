import { rm, stat } from 'node:fs/promises';
import { packArchive } from '../archive/pack';
import { encryptMessage } from '../esdk/message';
import { GatewayKeyring } from '../esdk/keyring';
import { sealSimple } from '../simple/seal';
import { simpleMaxBytes } from '../../../shared/model/envelope/formats';
import type { KeyUse } from '../../../shared/model/envelope/jobs';
import { AppError } from '../../../shared/model/errors';
import { collect, counted, countPassed } from './hashing';
import { openEnvelope } from './open';
import { openPart } from './part';
import { openFile, type FileIdentity } from './readFile';
import type { Hands, Outcome, SealJob } from './types';

/** Seals one file or folder into an envelope. Leaves the whole envelope, or nothing. */
export async function sealSource(job: SealJob, hands: Hands): Promise<Outcome> {
  const facts = { files: 0 };
  const file = job.source === 'file' && !job.archive ? await openFile(job.path) : undefined;
  try {
    const content = file ? file.read(hands) : packArchive(job.path, hands, facts);
    const plain = countPassed();
    const sealed = countPassed();
    const part = await openPart(job.out);
    let keys: readonly KeyUse[];
    try {
      const write = async (piece: Uint8Array) => {
        sealed.add(piece);
        await part.write(piece);
      };
      keys = await sealTo(write, counted(content, plain), job, hands);
      if (hands.signal.aborted) throw new AppError('cancelled', 'Cancelled.');
      await part.commit();
    } finally {
      await part.abandon();
    }
    const outcome: Outcome = {
      path: job.out.path,
      format: job.format,
      bytesIn: plain.bytes,
      bytesOut: sealed.bytes,
      plaintextSha256: plain.sha256(),
      plaintextBytes: plain.bytes,
      envelopeSha256: sealed.sha256(),
      keys,
      ...(!file && { files: facts.files }),
    };
    if (!job.removeSource) return outcome;
    return { ...outcome, ...(await removeSource(job, outcome, file?.identity, hands)) };
  } finally {
    await file?.close();
  }
}

/** Seals a content and writes it; gives the keys that sealed it. */
export async function sealTo(
  write: (piece: Uint8Array) => Promise<void>,
  content: AsyncIterable<Buffer>,
  { format, keys, context, created }: Pick<SealJob, 'format' | 'keys' | 'context' | 'created'>,
  { askKms, signal }: Pick<Hands, 'askKms' | 'signal'>,
): Promise<readonly KeyUse[]> {
  if (format === 'esdk') {
    const keyring = new GatewayKeyring(askKms, keys, signal);
    for await (const piece of encryptMessage(content, keyring, context)) await write(piece);
    return keyring.uses;
  }
  const [key] = keys;
  if (!key || keys.length > 1) {
    throw new AppError(
      'bad-request',
      'A simple envelope has one key. For several keys take the AWS Encryption SDK’s format.',
    );
  }
  const plaintext = await collect(content, simpleMaxBytes, tooLarge);
  const { plaintext: dataKey, blob, use } = await askKms({ op: 'generate', key, context }, signal);
  if (!dataKey || !blob) throw new AppError('bad-response', 'KMS answered without a data key.');
  try {
    const { keyArn, keyMaterialId } = use;
    const { parts } = sealSimple(plaintext, dataKey, {
      dataKey: blob,
      keyArn,
      keyMaterialId,
      context,
      created,
    });
    for (const text of parts) await write(Buffer.from(text));
  } finally {
    dataKey.fill(0);
    plaintext.fill(0);
  }
  return [use];
}

function tooLarge(): AppError {
  return new AppError(
    'bad-request',
    `A simple envelope holds at most ${simpleMaxBytes / 1024 / 1024} MiB. Take the AWS Encryption SDK’s format.`,
  );
}

/** Removes what was sealed, once the envelope was read back and opened to the same content. */
async function removeSource(
  job: SealJob,
  sealed: Outcome,
  identity: FileIdentity | undefined,
  hands: Hands,
): Promise<Pick<Outcome, 'sourceRemoved' | 'remarks'>> {
  try {
    const silent = { ...hands, progress: () => {} };
    const opened = await openEnvelope(
      { kind: 'open', path: job.out.path, keys: job.keys.slice(0, 1), unpack: false },
      silent,
    );
    if (opened.plaintextSha256 !== sealed.plaintextSha256) {
      return kept('the envelope does not open to the same content');
    }
    if (identity) {
      const { dev, ino, size, mtimeMs } = await stat(job.path);
      const same =
        dev === identity.dev &&
        ino === identity.ino &&
        size === identity.size &&
        mtimeMs === identity.mtimeMs;
      if (!same) return kept('it was changed meanwhile');
    }
    await rm(job.path, { recursive: job.source === 'folder' });
    return { sourceRemoved: true };
  } catch (error) {
    if (hands.signal.aborted) return kept('the batch was cancelled');
    return kept(error instanceof AppError ? error.message : 'it could not be removed');
  }
}

function kept(why: string): Pick<Outcome, 'sourceRemoved' | 'remarks'> {
  return {
    sourceRemoved: false,
    remarks: [`The source was not removed: ${why}.`.replace(/\.\.$/, '.')],
  };
}
