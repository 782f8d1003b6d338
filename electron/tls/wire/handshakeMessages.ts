import type { TlsVersion } from '../../../shared/model/tls/scan';
import { DecodeError, Reader, Writer, decodeU16s } from './bytes';
import { readKeyExchange, type KeyExchange } from './keyExchange';

/** RFC 8446 section 4 and RFC 5246 section 7.4; next protocol and the like are only skipped. */
export const handshakeType = {
  helloRequest: 0,
  clientHello: 1,
  serverHello: 2,
  newSessionTicket: 4,
  endOfEarlyData: 5,
  encryptedExtensions: 8,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateVerify: 15,
  clientKeyExchange: 16,
  finished: 20,
  certificateStatus: 22,
  keyUpdate: 24,
} as const;

export interface RawHandshakeMessage {
  readonly type: number;
  readonly body: Buffer;
}

/** A message of the server's flight up to TLS 1.2, all of it in clear. */
export type HandshakeMessage = RawHandshakeMessage &
  (
    | { readonly name: 'certificate'; readonly chain: readonly Buffer[] }
    | { readonly name: 'certificateStatus'; readonly ocsp: Buffer }
    | { readonly name: 'serverKeyExchange'; readonly keyExchange: KeyExchange }
    | ({ readonly name: 'certificateRequest' } & CertificateRequest)
    | { readonly name: 'serverHelloDone' }
    | { readonly name: 'other' }
  );

export interface CertificateRequest {
  readonly certificateTypes: readonly number[];
  /** TLS 1.2 only. */
  readonly signatureAlgorithms: readonly number[];
  /** DER names. */
  readonly authorities: readonly Buffer[];
}

/** The longest message that is taken in; a longer one is nonsense or an attack. */
const maxMessage = 256 * 1024;

/** Puts handshake messages together from the payloads of records. */
export class HandshakeReader {
  // Joined only for a whole message: one in thousands of tiny records must not be copied thousands of times.
  #parts: Buffer[] = [];
  #length = 0;

  push(payload: Buffer): void {
    this.#parts.push(payload);
    this.#length += payload.length;
  }

  /** The next whole message; throws {@link DecodeError} where one claims to be longer than 256 KiB. */
  next(): RawHandshakeMessage | undefined {
    if (this.#length < 4) return undefined;
    const length = this.#front(4).readUIntBE(1, 3);
    if (length > maxMessage) throw new DecodeError(`a handshake message of ${length} bytes`);
    if (this.#length < 4 + length) return undefined;
    const front = this.#front(4 + length);
    this.#parts[0] = front.subarray(4 + length);
    this.#length -= 4 + length;
    return { type: front.readUInt8(0), body: front.subarray(4, 4 + length) };
  }

  /** The first part, after joining all where it has not that many bytes. */
  #front(length: number): Buffer {
    const [first] = this.#parts;
    if (first && first.length >= length) return first;
    const all = Buffer.concat(this.#parts);
    this.#parts = [all];
    return all;
  }
}

/** As it was sent, header and body. */
export function encodeHandshake({ type, body }: RawHandshakeMessage): Buffer {
  return new Writer().u8(type).vector24(body).build();
}

/** Reads one message of a flight up to TLS 1.2; throws {@link DecodeError}. */
export function readHandshakeMessage(
  raw: RawHandshakeMessage,
  version: TlsVersion,
  suite: number,
): HandshakeMessage {
  switch (raw.type) {
    case handshakeType.certificate:
      return { ...raw, name: 'certificate', chain: readCertificateList(raw.body) };
    case handshakeType.certificateStatus:
      return { ...raw, name: 'certificateStatus', ocsp: readStatus(raw.body) };
    case handshakeType.serverKeyExchange: {
      const keyExchange = readKeyExchange(raw.body, version, suite);
      return { ...raw, name: 'serverKeyExchange', keyExchange };
    }
    case handshakeType.certificateRequest:
      return { ...raw, name: 'certificateRequest', ...readRequest(raw.body, version) };
    case handshakeType.serverHelloDone:
      return { ...raw, name: 'serverHelloDone' };
    default:
      return { ...raw, name: 'other' };
  }
}

/** RFC 5246 section 7.4.2. */
function readCertificateList(body: Buffer): Buffer[] {
  const reader = new Reader(body);
  const list = new Reader(reader.vector24());
  reader.end();
  const chain: Buffer[] = [];
  while (list.remaining > 0) chain.push(list.vector24());
  return chain;
}

/** RFC 6066 section 8. */
function readStatus(body: Buffer): Buffer {
  const reader = new Reader(body);
  const type = reader.u8();
  if (type !== 1) throw new DecodeError(`certificate status of type ${type}`);
  return reader.vector24();
}

/** RFC 5246 section 7.4.4; before TLS 1.2 without the signature algorithms. */
function readRequest(body: Buffer, version: TlsVersion): CertificateRequest {
  const reader = new Reader(body);
  const certificateTypes = [...reader.vector8()];
  const signatureAlgorithms = version === 'TLS1.2' ? decodeU16s(reader.vector16()) : [];
  const names = new Reader(reader.vector16());
  reader.end();
  const authorities: Buffer[] = [];
  while (names.remaining > 0) authorities.push(names.vector16());
  return { certificateTypes, signatureAlgorithms, authorities };
}
