import { AlgorithmSuiteIdentifier } from '@aws-crypto/material-management-node';
import { ContentType, type HeaderInfo } from '@aws-crypto/serialize';
import type { EnvelopeInfo, SealedUnder } from '../../shared/model/envelope/jobs';
import { isMultiRegion, parseKeyArn } from '../../shared/model/envelope/keyArn';
import { AppError } from '../../shared/model/errors';
import { headerBytesOf, readHeader } from './esdk/header';
import { kmsProvider } from './esdk/keyring';
import { looksLikeMessage } from './esdk/looksLike';
import { algorithm, maxFileBytes, readSimple, tagBytes } from './simple/read';
import { collect } from './work/hashing';
import { openFile } from './work/readFile';

/**
 * What an envelope says of itself, without asking any key. Only opening it proves any of that: its
 * members are in the clear, and in a simple envelope not even authenticated. Throws AppError.
 */
export async function inspectEnvelope(path: string, signal: AbortSignal): Promise<EnvelopeInfo> {
  const file = await openFile(path);
  try {
    const hands = { signal, progress: () => {}, gate: () => Promise.resolve() };
    let start: Buffer = Buffer.alloc(0);
    for await (const piece of file.read(hands)) {
      start = Buffer.concat([start, piece]);
      if (!looksLikeMessage(start)) break;
      const header = readHeader(start);
      if (header) return ofMessage(header, path, file.bytes);
    }
    if (start.length > 0 && looksLikeMessage(start)) {
      throw new AppError('not-authentic', 'The file ends within its header: it was cut off.');
    }
    const tooLarge = () =>
      new AppError(
        'not-authentic',
        'This is no envelope: neither a message of the AWS Encryption SDK nor a simple envelope.',
      );
    return ofSimple(await collect(file.read(hands), maxFileBytes, tooLarge), path);
  } finally {
    await file.close();
  }
}

function ofSimple(bytes: Buffer, path: string): EnvelopeInfo {
  const { ciphertext, keyArn, keyMaterialId, context, created } = readSimple(bytes);
  return {
    format: 'simple',
    path,
    bytes: bytes.length,
    plaintextBytes: ciphertext.length - tagBytes,
    keys: [
      {
        provider: kmsProvider,
        ...placeOf(keyArn),
        ...(keyMaterialId !== undefined && { keyMaterialId }),
      },
    ],
    ...(context && { context }),
    algorithm,
    committed: false,
    signed: false,
    ...(created !== undefined && { created }),
    remarks: [
      ...(keyArn === undefined
        ? [
            'It does not name its key: KMS finds it by the data key, in the right account and Region.',
          ]
        : []),
      ...(context === undefined
        ? [
            'It does not carry its encryption context: whoever opens it must know whether there is one.',
          ]
        : []),
      'Key, context and date stand in it for reading only: opening it proves key and context, nothing proves the date.',
    ],
  };
}

function ofMessage(info: HeaderInfo, path: string, bytes: number): EnvelopeInfo {
  const { messageHeader, algorithmSuite } = info;
  const { frameLength, encryptionContext, encryptedDataKeys, contentType } = messageHeader;
  const framed = contentType === ContentType.FRAMED_DATA;
  const committed = algorithmSuite.commitment === 'KEY';
  const signed = algorithmSuite.signatureCurve !== undefined;
  const plaintextBytes = framed && !signed ? contentBytes(info, bytes) : undefined;
  return {
    format: 'esdk',
    path,
    bytes,
    ...(plaintextBytes !== undefined && { plaintextBytes }),
    keys: encryptedDataKeys.map(({ providerId, providerInfo }): SealedUnder => {
      if (providerId !== kmsProvider) return { provider: providerId };
      return { provider: providerId, ...placeOf(providerInfo) };
    }),
    context: { ...encryptionContext },
    algorithm: suiteName(algorithmSuite.id),
    committed,
    signed,
    ...(framed && { frameBytes: frameLength }),
    remarks: [
      ...(committed
        ? []
        : ['It has no key commitment: this program does not open it (docs/envelopes.md).']),
      'The message does not say when it was written, nor which version of the key’s material sealed it; opening tells the latter.',
    ],
  };
}

/**
 * Bytes of content by the size of the file. A last frame may be full or empty where the content is a
 * whole number of frames: both give the same bytes here.
 */
function contentBytes(info: HeaderInfo, bytes: number): number | undefined {
  const { frameLength } = info.messageHeader;
  const { ivLength, tagLength } = info.algorithmSuite;
  const overhead = 4 + ivLength + tagLength / 8;
  const body = bytes - headerBytesOf(info) - (overhead + 8);
  if (body < 0) return undefined;
  const frames = Math.floor(body / (frameLength + overhead));
  return body - frames * overhead;
}

function suiteName(id: AlgorithmSuiteIdentifier): string {
  const name = AlgorithmSuiteIdentifier[id] ?? '';
  const parts = [
    /AES(\d+)/.exec(name)?.[0].replace('AES', 'AES-').concat('-GCM'),
    /HKDF_(SHA\d+)/.exec(name)?.[0].replace('_', '-'),
    /COMMIT_KEY/.test(name) ? 'key commitment' : undefined,
    /ECDSA_P\d+/.exec(name)?.[0].replace('_', ' '),
  ];
  const hex = `0x${id.toString(16).padStart(4, '0')}`;
  return `${hex} ${parts.filter((part) => part !== undefined).join(', ')}`;
}

function placeOf(keyArn: string | undefined): Omit<SealedUnder, 'provider'> {
  if (keyArn === undefined) return {};
  const arn = parseKeyArn(keyArn);
  if (!arn) return { keyArn };
  return {
    keyArn,
    account: arn.account,
    region: arn.region,
    multiRegion: isMultiRegion(arn),
  };
}
