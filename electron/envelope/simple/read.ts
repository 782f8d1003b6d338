import { createHash } from 'node:crypto';
import type { EncryptionContext } from '../../../shared/model/envelope/context';
import { simpleMaxBytes } from '../../../shared/model/envelope/formats';
import { AppError } from '../../../shared/model/errors';
import { fromCanonicalBase64 } from './base64';
import { JsonProblem, parseStrictJson, type Json } from './strictJson';

/** A simple envelope, taken apart and sound in form; nothing of it is proved yet. */
export interface SimpleEnvelope {
  readonly dataKey: Buffer;
  readonly nonce: Buffer;
  /** With the tag of 16 bytes at its end. */
  readonly ciphertext: Buffer;
  /** Members beyond the three that every reader knows; absent where another program wrote it. */
  readonly keyArn?: string | undefined;
  readonly keyMaterialId?: string | undefined;
  readonly context?: EncryptionContext | undefined;
  readonly created?: string | undefined;
}

export const nonceBytes = 12;
export const tagBytes = 16;
export const algorithm = 'AES-256-GCM';
export const version = 1;
/** KMS's ciphertexts have at most 6,144 bytes (KMS API, Decrypt). */
const maxDataKeyBytes = 6144;
/** Base64 of the largest content, and room for the other members. */
export const maxFileBytes = Math.ceil(simpleMaxBytes / 3) * 4 + 256 * 1024;

/**
 * Takes a simple envelope apart. Strict: whatever two readers could read differently is refused.
 * Throws AppError `not-authentic` with the sentence that says what is wrong.
 */
export function readSimple(file: Uint8Array): SimpleEnvelope {
  if (file.length > maxFileBytes) {
    throw refused(`is larger than a simple envelope can be (${maxFileBytes} bytes)`);
  }
  const members = objectOf(file);
  const alg = text(members, 'alg');
  if (alg !== undefined && alg !== algorithm) {
    throw refused(`is encrypted with ${quoted(alg)}, which this program does not know`);
  }
  const v = members['v'];
  if (v !== undefined && v !== version) {
    throw refused(`is of version ${quoted(v)}; this program knows version ${version}`);
  }
  const dataKey = bytes(members, 'encrypted_data_key');
  if (dataKey.length === 0 || dataKey.length > maxDataKeyBytes) {
    throw refused(`has an encrypted_data_key of ${dataKey.length} bytes; KMS makes 1 to 6,144`);
  }
  const nonce = bytes(members, 'nonce');
  if (nonce.length !== nonceBytes) {
    throw refused(`has a nonce of ${nonce.length} bytes instead of ${nonceBytes}`);
  }
  const ciphertext = bytes(members, 'ciphertext');
  if (ciphertext.length < tagBytes) {
    throw refused(`has a ciphertext of ${ciphertext.length} bytes; its tag alone has ${tagBytes}`);
  }
  const envelope = {
    dataKey,
    nonce,
    ciphertext,
    keyArn: text(members, 'kms_key_arn'),
    keyMaterialId: text(members, 'key_material_id'),
    context: contextOf(members['encryption_context']),
    created: text(members, 'created'),
  };
  checkOwn(members, envelope);
  return envelope;
}

/**
 * SHA-256 over all members, hex: a damaged file is told from a sound one without any key. It proves
 * nothing against somebody who alters the file on purpose, and says nothing of the plaintext, which a
 * hash of it would let be guessed.
 */
export function checksumOf(envelope: SimpleEnvelope): string {
  const { dataKey, nonce, ciphertext, keyArn, keyMaterialId, context, created } = envelope;
  const pairs = context && Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  const facts = [
    version,
    algorithm,
    created ?? null,
    keyArn ?? null,
    keyMaterialId ?? null,
    pairs ?? null,
    dataKey.toString('base64'),
    nonce.toString('base64'),
  ];
  return createHash('sha256').update(JSON.stringify(facts)).update(ciphertext).digest('hex');
}

/** Members that have a meaning only together with the version that gives it to them. */
const ownMembers = ['created', 'kms_key_arn', 'key_material_id', 'sha256'];
const allMembers = new Set([
  ...ownMembers,
  'v',
  'alg',
  'encryption_context',
  'encrypted_data_key',
  'nonce',
  'ciphertext',
]);

/** What another program wrote may have members of its own; what this one writes has all of its. */
function checkOwn(members: Members, envelope: SimpleEnvelope): void {
  if (members['v'] !== version) {
    const own = ownMembers.find((name) => members[name] !== undefined);
    if (own !== undefined) throw refused(`has a member ${own}, but no version that explains it`);
    return;
  }
  const unknown = Object.keys(members).find((name) => !allMembers.has(name));
  if (unknown !== undefined) {
    throw refused(`has a member ${quoted(unknown)}, which version ${version} does not know`);
  }
  if (text(members, 'sha256') !== checksumOf(envelope)) {
    throw refused('does not fit its own sha256: it was damaged or altered');
  }
}

export function sha256Of(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

type Members = { readonly [name: string]: Json };

function objectOf(file: Uint8Array): Members {
  let value: Json;
  try {
    value = parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(file));
  } catch (error) {
    if (error instanceof JsonProblem) throw refused(error.message);
    throw refused('is not UTF-8 text');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refused('is no JSON object');
  }
  return value;
}

function text(members: Members, name: string): string | undefined {
  const value = members[name];
  if (value === undefined || typeof value === 'string') return value;
  throw refused(`has a member ${name} that is no text`);
}

function bytes(members: Members, name: string): Buffer {
  const value = text(members, name);
  if (value === undefined) throw refused(`has no member ${name}`);
  const read = fromCanonicalBase64(value);
  if (!read) throw refused(`has a member ${name} that is no canonical base64`);
  return read;
}

function contextOf(value: Json | undefined): EncryptionContext | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const pairs = Object.entries(value);
    if (pairs.every((pair): pair is [string, string] => typeof pair[1] === 'string')) {
      return Object.fromEntries(pairs);
    }
  }
  throw refused('has an encryption_context that is not made of pairs of text');
}

function refused(what: string): AppError {
  return new AppError('not-authentic', `This simple envelope ${what}.`);
}

function quoted(value: Json): string {
  return JSON.stringify(value).slice(0, 60);
}
