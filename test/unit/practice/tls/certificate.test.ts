import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeCertificate } from '../../../../electron/practice/tls/certificate';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const root = {
  serial: '41'.repeat(16),
  subject: 'Root',
  issuer: 'Root',
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2050-06-01T12:30:15Z'),
  publicKey: ec.publicKey,
  issuerPublicKey: ec.publicKey,
  signingKey: ec.privateKey,
  authority: { pathLength: 1 },
};
const server = {
  ...root,
  serial: '42'.repeat(16),
  subject: 'localhost',
  publicKey: rsa.publicKey,
  authority: undefined,
  names: ['localhost', '127.0.0.1'],
};

/** As the runtime's TLS library reads it. */
function read({ authority, ...wish }: typeof root | typeof server): X509Certificate {
  return new X509Certificate(makeCertificate({ ...wish, ...(authority && { authority }) }));
}

describe('a certificate of the practice authority', () => {
  it('is an authority, with its dates on both sides of 2050', () => {
    const made = read(root);
    expect(made.ca).toBe(true);
    expect(made.checkIssued(made)).toBe(true);
    expect(made.verify(ec.publicKey)).toBe(true);
    expect(Date.parse(made.validFrom)).toBe(root.notBefore.getTime());
    expect(Date.parse(made.validTo)).toBe(root.notAfter.getTime());
  });

  it('is a server, by name and by address, vouched for by its issuer alone', () => {
    const [above, made] = [read(root), read(server)];
    expect(made.ca).toBe(false);
    expect(made.checkIssued(above)).toBe(true);
    expect(made.verify(ec.publicKey)).toBe(true);
    expect(made.verify(rsa.publicKey)).toBe(false);
    expect(made.checkHost('localhost')).toBe('localhost');
    expect(made.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(made.checkHost('elsewhere.example')).toBeUndefined();
    expect(made.serialNumber).toBe('42'.repeat(16));
  });

  it('is signed by an RSA key as well', () => {
    const self = read({
      ...server,
      issuer: 'localhost',
      issuerPublicKey: rsa.publicKey,
      signingKey: rsa.privateKey,
    });
    expect(self.issuer).toBe(self.subject);
    expect(self.verify(rsa.publicKey)).toBe(true);
  });
});
