import { NodeAlgorithmSuite } from '@aws-crypto/material-management-node';
import { deserializeFactory, type HeaderInfo } from '@aws-crypto/serialize';
import { maxDataKeys } from '../../../shared/model/envelope/formats';
import { AppError } from '../../../shared/model/errors';
import { looksLikeMessage } from './looksLike';

/** Longest header that is read: 16 data keys of 6 KiB, a context of 8 KiB, and room. */
const maxHeaderBytes = 256 * 1024;

const { deserializeMessageHeader } = deserializeFactory(
  // Lenient, as the library: a provider other than KMS may put any bytes where KMS has an ARN.
  (bytes) => Buffer.from(bytes).toString('utf8'),
  NodeAlgorithmSuite,
);

/**
 * The header at the beginning of a message of the AWS Encryption SDK (formats 1 and 2), or undefined
 * where more bytes are needed. Throws AppError `not-authentic`. Source: AWS Encryption SDK developer
 * guide, "Message format".
 */
export function readHeader(bytes: Uint8Array): HeaderInfo | undefined {
  if (bytes.length > 0 && !looksLikeMessage(bytes)) {
    throw refused('does not begin like a message of the AWS Encryption SDK');
  }
  let info: HeaderInfo | false;
  try {
    info = deserializeMessageHeader(bytes, { maxEncryptedDataKeys: maxDataKeys });
  } catch (error) {
    throw refused(reasonOf(error), error);
  }
  if (info) return info;
  if (bytes.length > maxHeaderBytes) throw refused('has a header that is too long');
  return undefined;
}

/** Bytes of header and header's tag. */
export function headerBytesOf({ headerLength, headerAuth }: HeaderInfo): number {
  return headerLength + headerAuth.headerAuthLength;
}

/** The same words for every failure of one kind, whatever the library says. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/maxEncryptedDataKeys/.test(message)) {
    return `names more than ${maxDataKeys} data keys, each of which may cost a call to KMS`;
  }
  if (/algorithm suite/i.test(message)) return 'is encrypted with a suite that is not known';
  return 'has a damaged header';
}

function refused(what: string, cause?: unknown): AppError {
  return new AppError('not-authentic', `The file ${what}.`, {}, { cause });
}
