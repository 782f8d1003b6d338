import { randomBytes } from 'node:crypto';
import type { TlsVersion } from '../../../shared/model/tls/scan';
import { Writer, encodeU16s } from './bytes';
import * as extension from './extensions';
import type { Extension } from './extensions';
import { contentType, encodeRecord } from './records';
import { versionCode } from './versions';

export interface HelloOptions {
  /** The highest that is offered, and for TLS 1.3 the only one; no SSLv2. */
  readonly version: Exclude<TlsVersion, 'SSLv2'>;
  /** Code points as sent. */
  readonly suites: readonly number[];
  readonly sni?: string | null | undefined;
  readonly groups?: readonly number[];
  readonly signatureAlgorithms?: readonly number[];
  readonly alpn?: readonly string[];
  /** TLS 1.3 sends an empty list where absent: the server answers with a HelloRetryRequest. */
  readonly keyShares?: readonly { group: number; key: Uint8Array }[];
  /** Appended as they are. */
  readonly extensions?: readonly Extension[];
  /** Codes; only null where absent. */
  readonly compression?: readonly number[];
  readonly sessionId?: Uint8Array;
  /** 32 bytes. */
  readonly random?: Uint8Array;
}

/** A ClientHello (RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2, RFC 6101) in its record, ready to send. */
export function buildClientHello(options: HelloOptions): Buffer {
  // A record version above TLS 1.0 in the first hello makes some old servers hang up (RFC 8446 5.1).
  const version = Math.min(versionCode[options.version], versionCode['TLS1.0']);
  return encodeRecord(contentType.handshake, version, clientHelloMessage(options));
}

/** The handshake message alone, as a transcript hash needs it. */
export function clientHelloMessage(options: HelloOptions): Buffer {
  const { version, suites, compression = [0], random = randomBytes(32) } = options;
  // Middlebox compatibility: TLS 1.3 clients send a session id (RFC 8446 appendix D.4).
  const sessionId = options.sessionId ?? (version === 'TLS1.3' ? randomBytes(32) : Buffer.alloc(0));
  const body = new Writer()
    .u16(Math.min(versionCode[version], versionCode['TLS1.2']))
    .bytes(random)
    .vector8(sessionId)
    .vector16(encodeU16s(suites))
    .vector8(Uint8Array.from(compression));
  const extensions = extensionsOf(options);
  if (extensions.length > 0) body.vector16(encodeExtensions(extensions));
  return new Writer().u8(1).vector24(body.build()).build();
}

export function encodeExtensions(extensions: readonly Extension[]): Buffer {
  const writer = new Writer();
  for (const { type, data } of extensions) writer.u16(type).vector16(data);
  return writer.build();
}

function extensionsOf(options: HelloOptions): Extension[] {
  const { version, sni, groups, signatureAlgorithms, alpn, extensions = [] } = options;
  const all: Extension[] = [];
  // SSLv3 knows none; what a probe appends is the probe's affair.
  if (version !== 'SSLv3') {
    if (sni) all.push(extension.serverName(sni));
    if (groups?.length) all.push(extension.supportedGroups(groups), extension.ecPointFormats());
    if (signatureAlgorithms?.length) all.push(extension.signatureAlgorithms(signatureAlgorithms));
    if (alpn?.length) all.push(extension.alpn(alpn));
  }
  if (version === 'TLS1.3') {
    all.push(extension.supportedVersions([versionCode[version]]));
    all.push(extension.pskKeyExchangeModes());
    all.push(extension.keyShare(options.keyShares ?? []));
  }
  return [...all, ...extensions];
}
