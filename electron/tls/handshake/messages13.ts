import { Reader, Writer } from '../wire/bytes';
import { extensionType } from '../wire/extensions';
import { readExtensions } from '../wire/serverHello';

export interface Certificate13 {
  readonly chain: Buffer[];
  readonly staple: Buffer | null;
  readonly scts: Buffer | null;
}

/** A Certificate of TLS 1.3 (RFC 8446 section 4.4.2); staple and timestamps of the first entry. */
export function readCertificate13(body: Buffer): Certificate13 {
  const reader = new Reader(body);
  reader.vector8();
  const list = new Reader(reader.vector24());
  reader.end();
  const chain: Buffer[] = [];
  let first: Map<number, Buffer> | undefined;
  while (list.remaining > 0) {
    chain.push(list.vector24());
    const extensions = readExtensions(list.vector16());
    first ??= extensions;
  }
  const status = first?.get(extensionType.statusRequest);
  return {
    chain,
    staple: status ? readStatus(status) : null,
    scts: first?.get(extensionType.signedCertificateTimestamp) ?? null,
  };
}

/** An OCSP CertificateStatus (RFC 6066 section 8); null for another kind. */
function readStatus(bytes: Buffer): Buffer | null {
  const reader = new Reader(bytes);
  const ocsp = 1;
  return reader.u8() === ocsp ? reader.vector24() : null;
}

/** A CertificateRequest of TLS 1.3 (RFC 8446 section 4.3.2). */
export function readCertificateRequest13(body: Buffer) {
  const reader = new Reader(body);
  const context = reader.vector8();
  const extensions = readExtensions(reader.vector16());
  reader.end();
  const authorities: Buffer[] = [];
  const data = extensions.get(extensionType.certificateAuthorities);
  const names = new Reader(data ? new Reader(data).vector16() : Buffer.alloc(0));
  while (names.remaining > 0) authorities.push(names.vector16());
  return { context, authorities };
}

export function readEncryptedExtensions(body: Buffer): Map<number, Buffer> {
  const reader = new Reader(body);
  const extensions = readExtensions(reader.vector16());
  reader.end();
  return extensions;
}

export function readCertificateVerify(body: Buffer) {
  const reader = new Reader(body);
  const verify = { scheme: reader.u16(), signature: reader.vector16() };
  reader.end();
  return verify;
}

/** A NewSessionTicket of TLS 1.3 (RFC 8446 section 4.6.1). */
export function readTicket13(body: Buffer) {
  const reader = new Reader(body);
  const lifetimeSeconds = reader.u32();
  const ageAdd = reader.u32();
  const nonce = reader.vector8();
  const identity = reader.vector16();
  const early = readExtensions(reader.vector16()).get(extensionType.earlyData);
  reader.end();
  return {
    lifetimeSeconds,
    ageAdd,
    nonce,
    identity,
    maxEarlyData: early ? new Reader(early).u32() : 0,
  };
}

/** What a TLS 1.3 server signs (RFC 8446 section 4.4.3). */
export function signedContent(transcript: Buffer): Buffer {
  return Buffer.concat([
    Buffer.alloc(64, ' '),
    Buffer.from('TLS 1.3, server CertificateVerify\0', 'ascii'),
    transcript,
  ]);
}

/** An answer to a CertificateRequest that has no certificate. */
export function emptyCertificate13(context: Buffer): Buffer {
  return new Writer().vector8(context).vector24(Buffer.alloc(0)).build();
}
