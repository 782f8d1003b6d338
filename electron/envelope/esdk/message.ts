import { PassThrough, pipeline, Readable } from 'node:stream';
import { buildDecrypt } from '@aws-crypto/decrypt-node';
import { buildEncrypt } from '@aws-crypto/encrypt-node';
import {
  AlgorithmSuiteIdentifier,
  CommitmentPolicy,
  type KeyringNode,
} from '@aws-crypto/material-management-node';
import type { HeaderInfo } from '@aws-crypto/serialize';
import type { EncryptionContext } from '../../../shared/model/envelope/context';
import { frameBytes, maxDataKeys } from '../../../shared/model/envelope/formats';
import { AppError } from '../../../shared/model/errors';
import { checkFrames } from './frames';

const options = {
  // A message without key commitment may open under two keys to two contents: none is written or opened.
  commitmentPolicy: CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT,
  maxEncryptedDataKeys: maxDataKeys,
};

/** A keyring that keeps why it had no data key. */
type FailingKeyring = KeyringNode & { readonly failure?: unknown };

/**
 * A content as a message of the AWS Encryption SDK, in pieces. Suite 0x0478 (AES-256-GCM, HKDF-SHA512,
 * key commitment, no signature) and frames of 1 MiB: the library's defaults are 37 times slower.
 */
export async function* encryptMessage(
  content: AsyncIterable<Buffer>,
  keyring: FailingKeyring,
  context: EncryptionContext,
): AsyncGenerator<Buffer> {
  const stream = buildEncrypt(options).encryptStream(keyring, {
    suiteId: AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY,
    encryptionContext: context,
    frameLength: frameBytes,
  });
  let failed: { readonly error: unknown } | undefined;
  let stopped = false;

  /** Ends early instead of failing: the library throws past everybody when its stream is destroyed. */
  async function* ending(): AsyncGenerator<Buffer> {
    try {
      for await (const piece of content) {
        if (stopped) return;
        yield piece;
      }
    } catch (error) {
      failed = { error };
    }
  }

  const output = through(ending(), stream)[Symbol.asyncIterator]();
  try {
    for (let next = await output.next(); !next.done; next = await output.next()) yield next.value;
  } catch (error) {
    failed ??= { error: keyring.failure ?? error };
  } finally {
    // Who reads no further, as on a full disk, lets it come to its end unseen.
    stopped = true;
    if (!failed) await drain(output);
  }
  if (failed) throw failed.error;
}

async function drain(output: AsyncIterator<Buffer>): Promise<void> {
  while (!(await output.next()).done);
}

/**
 * The content of a message, in pieces: each is of frames whose tag was right, but only the end says
 * that the whole is. Throws AppError `not-authentic` with where it broke, or what the keyring says.
 * `onHeader` may refuse the message before any key is asked.
 */
export async function* decryptMessage(
  message: AsyncIterable<Buffer>,
  keyring: FailingKeyring,
  onHeader: (info: HeaderInfo) => void = () => {},
): AsyncGenerator<Buffer> {
  const stream = buildDecrypt(options).decryptStream(keyring);
  let broken: AppError | undefined;
  let first: unknown;
  let headerIsRight = false;
  let intact = 0;
  stream.on('MessageHeader', () => {
    headerIsRight = true;
  });
  // What follows is that others write into it.
  stream.once('error', (error) => (first ??= error));

  /** What the check of the frames finds comes out as it is, not as the stream's error. */
  async function* checked(): AsyncGenerator<Buffer> {
    try {
      yield* checkFrames(message, onHeader);
    } catch (error) {
      // A failure further on is thrown into this loop, too.
      if (error instanceof AppError) broken ??= error;
      throw error;
    }
  }

  try {
    for await (const piece of through(checked(), stream)) {
      intact += piece.length;
      yield piece;
    }
  } catch (error) {
    throw broken ?? keyring.failure ?? failureOf(first ?? error, headerIsRight, intact);
  }
}

function failureOf(error: unknown, headerIsRight: boolean, intact: number): unknown {
  if (error instanceof AppError) return error;
  const words = error instanceof Error ? error.message : '';
  if (/commitment policy|non-committing|Configuration conflict/i.test(words)) {
    return refused(
      'The message has no key commitment: it may open to two contents under two keys. Open it with the AWS Encryption CLI and --commitment-policy require-encrypt-allow-decrypt if you trust its origin.',
      error,
    );
  }
  if (!headerIsRight) {
    return refused(
      'The header does not fit its tag or its commitment: keys, context, suite or message id were altered, or the data key belongs to another message.',
      error,
    );
  }
  if (/signature/i.test(words)) {
    return refused('The signature at the end is not the writer’s: the message was altered.', error);
  }
  return refused(
    `The content was altered: ${intact === 0 ? 'already its first frame' : `after the first ${intact} bytes, which are intact, a frame`} does not fit its tag.`,
    error,
  );
}

/** What comes out of a duplex that is fed with a content; whichever end breaks takes the others with it. */
function through(
  content: AsyncIterable<Buffer>,
  stream: NodeJS.ReadWriteStream,
): AsyncIterable<Buffer> {
  const output = new PassThrough({ highWaterMark: frameBytes });
  // A duplex that was given up may complain later, when nobody listens any more.
  stream.on('error', () => {});
  // The reader of `output` learns of the failure.
  pipeline(Readable.from(content), stream, output, () => {});
  return output;
}

function refused(message: string, cause: unknown): AppError {
  return new AppError('not-authentic', message, {}, { cause });
}
