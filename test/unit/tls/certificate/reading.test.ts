import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDer } from '../../../../electron/tls/certificate/der';
import { writeDer, writeOid } from '../../../../electron/tls/certificate/derWriter';
import { describeCertificate } from '../../../../electron/tls/certificate/describe';
import { readName } from '../../../../electron/tls/certificate/distinguishedName';
import { readPemCertificates } from '../../../../electron/tls/certificate/pem';
import { readCertificate } from '../../../../electron/tls/certificate/x509';
import { authority, createPki, type Issued, type Pki } from './pki';

let pki: Pki;
let root: Issued;
beforeAll(() => {
  pki = createPki();
  root = pki.issue('root', { subject: '/C=CH/O=Example AG/CN=Root' });
});
afterAll(() => pki.remove());

/** One answer of `openssl x509`, without its label. */
function judge({ certFile }: Issued, ...args: string[]): string {
  const { output } = pki.openssl('x509', '-in', certFile, '-noout', ...args);
  // openssl breaks long numbers with a backslash.
  return output
    .trim()
    .replaceAll('\\\n', '')
    .replace(/^[^=]*=/, '');
}

function expectAsOpensslSays(issued: Issued): void {
  const read = describeCertificate(issued.der);
  const names = ['-nameopt', 'RFC2253,-esc_msb,utf8,sep_comma_plus_space'];
  expect(read.subject).toBe(judge(issued, '-subject', ...names));
  expect(read.issuer).toBe(judge(issued, '-issuer', ...names));
  expect(read.serial).toBe(
    judge(issued, '-serial')
      .replace(/^0+(?=.)/, '')
      .replace(/^-0+/, '-'),
  );
  expect(new Date(read.notBefore)).toEqual(new Date(judge(issued, '-startdate')));
  expect(new Date(read.notAfter)).toEqual(new Date(judge(issued, '-enddate')));
  expect(read.sha256).toBe(hex(judge(issued, '-fingerprint', '-sha256')));
  expect(read.sha1).toBe(hex(judge(issued, '-fingerprint', '-sha1')));
  expect(read.pem).toBe(judgeText(issued, '-outform', 'PEM'));
  expect(judge(issued, '-text')).toContain(`Signature Algorithm: ${read.signatureAlgorithm}`);
  expect(read.problem).toBeUndefined();
}

function judgeText({ certFile }: Issued, ...args: string[]): string {
  return pki.openssl('x509', '-in', certFile, ...args).output;
}

const hex = (text: string) => text.replaceAll(':', '').toLowerCase();

describe('reads a certificate as openssl does', () => {
  it('with every kind of key, and says its size, curve and exponent', () => {
    const kinds: [string, string[], object][] = [
      ['rsa', ['rsa:2048'], { type: 'RSA', bits: 2048, exponent: '65537' }],
      ['rsa1023', ['rsa:1023'], { type: 'RSA', bits: 1023, exponent: '65537' }],
      [
        'rsa-e3',
        ['rsa:2048', '-pkeyopt', 'rsa_keygen_pubexp:3'],
        { type: 'RSA', bits: 2048, exponent: '3' },
      ],
      [
        'pss',
        ['rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048'],
        { type: 'RSA-PSS', bits: 2048, exponent: '65537' },
      ],
      [
        'p384',
        ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
        { type: 'EC', curve: 'P-384', bits: 384 },
      ],
      [
        'p521',
        ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
        { type: 'EC', curve: 'P-521', bits: 521 },
      ],
      [
        'brainpool',
        ['ec', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1'],
        { type: 'EC', curve: 'brainpoolP256r1', bits: 256 },
      ],
      ['ed25519', ['ed25519'], { type: 'Ed25519', bits: 256 }],
      ['ed448', ['ed448'], { type: 'Ed448', bits: 456 }],
    ];
    for (const [name, key, about] of kinds) {
      const issued = pki.issue(name, { key });
      expectAsOpensslSays(issued);
      expect(describeCertificate(issued.der)).toMatchObject({ key: about, selfSigned: true });
    }
  });

  it('with a key whose curve is written out, or of a kind that nobody knows', () => {
    const curve = [
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-pkeyopt',
      'ec_param_enc:explicit',
    ];
    const explicit = pki.issue('explicit', { key: curve });
    expect(describeCertificate(explicit.der).key).toEqual({ type: 'EC', curve: 'unsupported' });
    const strange = Buffer.from(root.der);
    // id-ecPublicKey 1.2.840.10045.2.1 becomes 1.2.840.10045.2.100.
    const at = strange.indexOf(Buffer.from('06072a8648ce3d0201', 'hex'));
    strange[at + 8] = 100;
    expect(describeCertificate(strange)).toMatchObject({
      key: { type: 'unsupported' },
      subject: 'CN=Root, O=Example AG, C=CH',
    });
  });

  it('with names that need escapes, umlauts, several values and old string types', () => {
    const subject = '/C=DE/ST=Zürich, "Mitte"/O=A\\+B\\/C <x>;y/CN=Ünïcode 東京/OU= #lead';
    expectAsOpensslSays(pki.issue('names', { subject }));
    const several = pki.issue('several', { subject: '/O=Example/CN=a+UID=u1' });
    expect(several.x509.subject.text).toBe('CN=a+UID=u1, O=Example');
    const attribute = (type: number, value: Buffer) =>
      writeDer(0x31, writeDer(0x30, writeOid('2.5.4.3'), writeDer(type, value)));
    const utf16 = Buffer.from('東', 'utf16le').swap16();
    const utf32 = Buffer.from('0001f511ffffffff', 'hex');
    const old = [
      attribute(0x1e, utf16),
      attribute(0x1c, utf32),
      attribute(0x14, Buffer.of(0xfc, 7)),
    ];
    const name = readName(readDer(writeDer(0x30, ...old)));
    expect(name.text).toBe('CN=ü\\07, CN=\u{1f511}\ufffd, CN=東');
  });

  it('with a huge, a zero and a negative serial number', () => {
    for (const serial of ['ff'.repeat(40), '0', '80', '7f00000000000000000001']) {
      expectAsOpensslSays(pki.issue(`serial-${serial.length}-${serial.slice(0, 2)}`, { serial }));
    }
    const negative = Buffer.from(root.der);
    const at = negative.indexOf(Buffer.from('02021001', 'hex'));
    negative.write('8001', at + 2, 'hex');
    expect(describeCertificate(negative).serial).toBe('-7FFF');
  });

  it('with each digest, and RSA-PSS with the digest of its parameters', () => {
    for (const [option, name] of [
      ['-md5', 'MD5'],
      ['-sha1', 'SHA1'],
      ['-sha384', 'SHA384'],
      ['-sha512', 'SHA512'],
    ]) {
      const issued = pki.issue(`digest${option}`, { key: ['rsa:2048'], signing: [option ?? ''] });
      expectAsOpensslSays(issued);
      expect(describeCertificate(issued.der).signatureHash).toBe(name);
    }
    const pss = ['-sha384', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:48'];
    const issued = pki.issue('digest-pss', { key: ['rsa:2048'], signing: pss });
    expect(describeCertificate(issued.der)).toMatchObject({
      signatureAlgorithm: 'rsassaPss',
      signatureHash: 'SHA384',
      selfSigned: true,
    });
  });

  it('with the extensions that a scan tells of', () => {
    const issued = pki.issue('extensions', {
      issuer: root,
      extensions: [
        'basicConstraints=critical,CA:FALSE',
        'keyUsage=critical,digitalSignature,keyEncipherment',
        'extendedKeyUsage=serverAuth,clientAuth,1.2.3.4',
        'subjectAltName=DNS:a.example.test,DNS:*.example.test,IP:192.0.2.7,IP:2001:db8::1,email:x@y.test,URI:http://z.test/',
        'authorityInfoAccess=OCSP;URI:http://ocsp.test/,caIssuers;URI:http://ca.test/ca.der',
        'crlDistributionPoints=URI:http://crl.test/1.crl,URI:ldap://crl.test/2',
        'tlsfeature=status_request',
        'authorityKeyIdentifier=keyid',
      ],
    });
    expectAsOpensslSays(issued);
    expect(describeCertificate(issued.der)).toMatchObject({
      subjectAltNames: ['a.example.test', '*.example.test', '192.0.2.7', '2001:db8::1'],
      keyUsage: ['digitalSignature', 'keyEncipherment'],
      extendedKeyUsage: ['serverAuth', 'clientAuth', '1.2.3.4'],
      ocspUrls: ['http://ocsp.test/'],
      issuerUrls: ['http://ca.test/ca.der'],
      crlUrls: ['http://crl.test/1.crl', 'ldap://crl.test/2'],
      mustStaple: true,
      selfSigned: false,
      isCa: false,
      scts: 0,
    });
    const spki = pki.openssl('x509', '-in', issued.certFile, '-noout', '-pubkey').output;
    const digest = pki.openssl('dgst', '-sha256', '-r', pki.file('spki.der', fromPem(spki))).output;
    expect(describeCertificate(issued.der).spkiSha256).toBe(digest.slice(0, 64));
  });

  it('with timestamps of certificate transparency, counted', () => {
    const sct = Buffer.concat([
      Buffer.from([0]),
      Buffer.alloc(32, 7),
      Buffer.from('0000018f00000000', 'hex'),
      Buffer.from([0, 0, 4, 3, 0, 2, 1, 1]),
    ]);
    const entry = Buffer.concat([Buffer.from([0, sct.length]), sct]);
    const list = Buffer.concat([Buffer.from([0, entry.length * 3]), entry, entry, entry]);
    const der = Buffer.concat([Buffer.from([4, 0x81, list.length]), list]).toString('hex');
    const issued = pki.issue('scts', { extensions: [`1.3.6.1.4.1.11129.2.4.2=DER:${der}`] });
    expect(describeCertificate(issued.der).scts).toBe(3);
    const broken = pki.issue('scts-broken', {
      extensions: [...authority, '1.3.6.1.4.1.11129.2.4.2=DER:0403000901'],
    });
    expect(describeCertificate(broken.der)).toMatchObject({
      scts: 0,
      problem: 'Extensions that cannot be read: 1.3.6.1.4.1.11129.2.4.2.',
      isCa: true,
    });
  });
});

it("reads every root of the runtime and of Debian as node's own parser does", () => {
  const debian = readFileSync('/etc/ssl/certs/ca-certificates.crt', 'utf8');
  const ders = [...rootCertificates.flatMap(readPemCertificates), ...readPemCertificates(debian)];
  expect(ders.length).toBeGreaterThan(200);
  for (const der of ders) {
    const node = new X509Certificate(der);
    const read = describeCertificate(der);
    expect(read.sha256).toBe(hex(node.fingerprint256));
    expect(read.sha1).toBe(hex(node.fingerprint));
    expect(read.serial).toBe(node.serialNumber.replace(/^0+(?=.)/, ''));
    expect(new Date(read.notAfter)).toEqual(new Date(node.validTo));
    expect(new Date(read.notBefore)).toEqual(new Date(node.validFrom));
    expect(read.selfSigned).toBe(node.checkIssued(node) && node.verify(node.publicKey));
    expect(read.problem).toBeUndefined();
  }
});

it('says of bytes that are no certificate that they are none', () => {
  for (const der of [
    Buffer.alloc(0),
    Buffer.from('3000', 'hex'),
    root.der.subarray(0, -1),
    Buffer.concat([root.der, Buffer.of(0)]),
  ]) {
    expect(readCertificate(der).kind).toBe('unreadable');
    expect(describeCertificate(der)).toMatchObject({ subject: '', key: { type: 'unsupported' } });
    expect(describeCertificate(der).problem).toMatch(/^This certificate cannot be read: /);
  }
});

function fromPem(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
}
