import { Writer, encodeU16s } from './bytes';

/** IANA's TLS ExtensionType values that the scanner sends or reads. */
export const extensionType = {
  serverName: 0,
  statusRequest: 5,
  supportedGroups: 10,
  ecPointFormats: 11,
  signatureAlgorithms: 13,
  heartbeat: 15,
  alpn: 16,
  signedCertificateTimestamp: 18,
  padding: 21,
  encryptThenMac: 22,
  extendedMasterSecret: 23,
  sessionTicket: 35,
  preSharedKey: 41,
  earlyData: 42,
  supportedVersions: 43,
  cookie: 44,
  pskKeyExchangeModes: 45,
  certificateAuthorities: 47,
  signatureAlgorithmsCert: 50,
  keyShare: 51,
  renegotiationInfo: 0xff01,
} as const;

export interface Extension {
  readonly type: number;
  readonly data: Uint8Array;
}

/** RFC 6066 section 3. */
export function serverName(name: string): Extension {
  const entry = new Writer().u8(0).vector16(Buffer.from(name, 'latin1')).build();
  return { type: extensionType.serverName, data: vector16(entry) };
}

/** RFC 8446 section 4.2.7. */
export function supportedGroups(groups: readonly number[]): Extension {
  return { type: extensionType.supportedGroups, data: vector16(encodeU16s(groups)) };
}

/** Uncompressed points only (RFC 8422 section 5.1.2). */
export function ecPointFormats(): Extension {
  return { type: extensionType.ecPointFormats, data: Buffer.from([1, 0]) };
}

/** RFC 8446 section 4.2.3. */
export function signatureAlgorithms(algorithms: readonly number[]): Extension {
  return { type: extensionType.signatureAlgorithms, data: vector16(encodeU16s(algorithms)) };
}

/** RFC 7301. */
export function alpn(protocols: readonly string[]): Extension {
  const list = new Writer();
  for (const protocol of protocols) list.vector8(Buffer.from(protocol, 'latin1'));
  return { type: extensionType.alpn, data: vector16(list.build()) };
}

/** RFC 8446 section 4.2.1. */
export function supportedVersions(codes: readonly number[]): Extension {
  return {
    type: extensionType.supportedVersions,
    data: new Writer().vector8(encodeU16s(codes)).build(),
  };
}

/** RFC 8446 section 4.2.8; an empty list asks for a HelloRetryRequest. */
export function keyShare(shares: readonly { group: number; key: Uint8Array }[]): Extension {
  const list = new Writer();
  for (const { group, key } of shares) list.u16(group).vector16(key);
  return { type: extensionType.keyShare, data: vector16(list.build()) };
}

/** PSK with (EC)DHE (RFC 8446 section 4.2.9). */
export function pskKeyExchangeModes(): Extension {
  return { type: extensionType.pskKeyExchangeModes, data: Buffer.from([1, 1]) };
}

/** Asks for an OCSP staple (RFC 6066 section 8). */
export function statusRequest(): Extension {
  return { type: extensionType.statusRequest, data: Buffer.from([1, 0, 0, 0, 0]) };
}

/** Asks for certificate transparency timestamps (RFC 6962 section 3.3). */
export function signedCertificateTimestamp(): Extension {
  return { type: extensionType.signedCertificateTimestamp, data: Buffer.alloc(0) };
}

function vector16(content: Uint8Array): Buffer {
  return new Writer().vector16(content).build();
}
