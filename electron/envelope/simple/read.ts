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
  const sha256 = text(members, 'sha256');
  // Another program may mean another hash by that name.
  if (v === version && sha256 !== undefined && sha256 !== sha256Of(ciphertext)) {
    throw refused('has a ciphertext that does not fit its sha256: it was damaged or altered');
  }
  return {
    dataKey,
    nonce,
    ciphertext,
    keyArn: text(members, 'kms_key_arn'),
    keyMaterialId: text(members, 'key_material_id'),
    context: contextOf(members['encryption_context']),
    created: text(members, 'created'),
  };
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
