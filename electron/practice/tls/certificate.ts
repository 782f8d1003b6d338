import { createHash, sign, type KeyObject } from 'node:crypto';
import { writeDer, writeOid } from '../../tls/certificate/derWriter';

export interface CertificateWish {
  /** Hex. */
  readonly serial: string;
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: KeyObject;
  readonly issuerPublicKey: KeyObject;
  /** RSA or P-256; signs with SHA-256. */
  readonly signingKey: KeyObject;
  /** An authority, with so many authorities below it; absent for a server. */
  readonly authority?: { readonly pathLength?: number };
  /** DNS names and IPv4 addresses of a server. */
  readonly names?: readonly string[];
}

/** An X.509 version 3 certificate (RFC 5280), as PEM. */
export function makeCertificate(wish: CertificateWish): string {
  const rsa = wish.signingKey.asymmetricKeyType === 'rsa';
  const algorithm = rsa
    ? sequence(writeOid('1.2.840.113549.1.1.11'), writeDer(0x05))
    : sequence(writeOid('1.2.840.10045.4.3.2'));
  const content = sequence(
    writeDer(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.from(wish.serial, 'hex')),
    algorithm,
    name(wish.issuer),
    sequence(time(wish.notBefore), time(wish.notAfter)),
    name(wish.subject),
    spki(wish.publicKey),
    writeDer(0xa3, sequence(...extensionsOf(wish))),
  );
  const signature = sign('sha256', content, wish.signingKey);
  const der = sequence(content, algorithm, bits(signature));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function extensionsOf({
  authority,
  names = [],
  publicKey,
  issuerPublicKey,
}: CertificateWish): Buffer[] {
  const { pathLength } = authority ?? {};
  const basic = authority
    ? sequence(
        writeDer(0x01, Buffer.from([0xff])),
        ...(pathLength === undefined ? [] : [integer(Buffer.from([pathLength]))]),
      )
    : sequence();
  // keyCertSign and cRLSign; digitalSignature, and keyEncipherment for RSA.
  const server = publicKey.asymmetricKeyType === 'rsa' ? [0x05, 0xa0] : [0x07, 0x80];
  const usage = writeDer(0x03, Buffer.from(authority ? [0x01, 0x06] : server));
  return [
    extension('2.5.29.19', basic, true),
    extension('2.5.29.15', usage, true),
    extension('2.5.29.14', writeDer(0x04, keyId(publicKey))),
    extension('2.5.29.35', sequence(writeDer(0x80, keyId(issuerPublicKey)))),
    ...(authority
      ? []
      : [
          extension('2.5.29.37', sequence(writeOid('1.3.6.1.5.5.7.3.1'))),
          extension('2.5.29.17', sequence(...names.map(generalName))),
        ]),
  ];
}

function extension(oid: string, value: Buffer, critical = false): Buffer {
  const flag = critical ? [writeDer(0x01, Buffer.from([0xff]))] : [];
  return sequence(writeOid(oid), ...flag, writeDer(0x04, value));
}

function generalName(text: string): Buffer {
  return /^[\d.]+$/.test(text)
    ? writeDer(0x87, Buffer.from(text.split('.').map(Number)))
    : writeDer(0x82, Buffer.from(text));
}

/** RFC 5280 section 4.2.1.2, method 1, over the whole key: any value that is the same serves. */
function keyId(key: KeyObject): Buffer {
  return createHash('sha1').update(spki(key)).digest();
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

/** The common name alone. */
function name(common: string): Buffer {
  return sequence(
    writeDer(0x31, sequence(writeOid('2.5.4.3'), writeDer(0x0c, Buffer.from(common)))),
  );
}

/** UTCTime to 2049, GeneralizedTime after it (section 4.1.2.5). */
function time(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  const short = date.getUTCFullYear() >= 1950 && date.getUTCFullYear() < 2050;
  return short ? writeDer(0x17, Buffer.from(digits.slice(2))) : writeDer(0x18, Buffer.from(digits));
}

function integer(bytes: Buffer): Buffer {
  return writeDer(0x02, bytes);
}

function bits(bytes: Buffer): Buffer {
  return writeDer(0x03, Buffer.concat([Buffer.from([0]), bytes]));
}

function sequence(...parts: Buffer[]): Buffer {
  return writeDer(0x30, ...parts);
}
