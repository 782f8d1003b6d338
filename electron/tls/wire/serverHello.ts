import { createHash } from 'node:crypto';
import type { TlsVersion } from '../../../shared/model/tls/scan';
import { DecodeError, Reader } from './bytes';
import { extensionType } from './extensions';
import { versionOf } from './versions';

export interface ServerHello {
  /** The one chosen: by `supported_versions` where the server sent that. */
  readonly version: TlsVersion;
  /** TLS 1.3: this asks for another hello (RFC 8446 section 4.1.4). */
  readonly retry: boolean;
  readonly random: Buffer;
  readonly sessionId: Buffer;
  readonly suite: number;
  readonly compression: number;
  /** By type, as sent; empty where the server sent none. */
  readonly extensions: ReadonlyMap<number, Buffer>;
  /** TLS 1.3: of `key_share`; the key is absent in a retry. */
  readonly keyShare?: { readonly group: number; readonly key?: Buffer };
  /** The message's body. */
  readonly body: Buffer;
}

/** RFC 8446 section 4.1.3: the random value of a HelloRetryRequest. */
const retryRandom = createHash('sha256').update('HelloRetryRequest').digest();

/** Reads a ServerHello's body; throws {@link DecodeError}. */
export function readServerHello(body: Buffer): ServerHello {
  const reader = new Reader(body);
  const legacyVersion = reader.u16();
  const random = reader.bytes(32);
  const sessionId = reader.vector8();
  const suite = reader.u16();
  const compression = reader.u8();
  // SSLv3 ends here, and TLS to 1.2 may.
  const extensions = reader.remaining > 0 ? readExtensions(reader.vector16()) : new Map();
  reader.end();
  const chosen = extensions.get(extensionType.supportedVersions);
  const code = chosen ? new Reader(chosen).u16() : legacyVersion;
  const version = versionOf(code);
  if (!version || version === 'SSLv2') throw new DecodeError(`version 0x${code.toString(16)}`);
  const retry = random.equals(retryRandom);
  const share = extensions.get(extensionType.keyShare);
  return {
    version,
    retry,
    random,
    sessionId,
    suite,
    compression,
    extensions,
    ...(version === 'TLS1.3' && share && { keyShare: readKeyShare(share, retry) }),
    body,
  };
}

/** The content of an extensions field, by type; throws {@link DecodeError} also where one comes twice. */
export function readExtensions(bytes: Uint8Array): Map<number, Buffer> {
  const reader = new Reader(bytes);
  const extensions = new Map<number, Buffer>();
  while (reader.remaining > 0) {
    const type = reader.u16();
    if (extensions.has(type)) throw new DecodeError(`extension ${type} twice`);
    extensions.set(type, reader.vector16());
  }
  return extensions;
}

function readKeyShare(bytes: Buffer, retry: boolean): { group: number; key?: Buffer } {
  const reader = new Reader(bytes);
  const group = reader.u16();
  const share = retry ? { group } : { group, key: reader.vector16() };
  reader.end();
  return share;
}
