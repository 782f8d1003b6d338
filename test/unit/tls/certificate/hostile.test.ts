import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkCrl } from '../../../../electron/tls/certificate/crl';
import { describeCertificate } from '../../../../electron/tls/certificate/describe';
import { matchHost } from '../../../../electron/tls/certificate/hostname';
import { checkOcsp } from '../../../../electron/tls/certificate/ocsp';
import { readChains } from '../../../../electron/tls/certificate/readChains';
import { rootStore } from '../../../../electron/tls/certificate/roots';
import { countScts } from '../../../../electron/tls/certificate/sct';
import { readCertificate } from '../../../../electron/tls/certificate/x509';
import { certificateSchema, presentedChainSchema } from '../../../../shared/model/tls/certificate';
import { authority, createPki, server, type Issued, type Pki } from './pki';
import { createResponder } from './responder';

let pki: Pki;
let root: Issued;
let leaf: Issued;
let seeds: { certificate: Buffer; ocsp: Buffer; crl: Buffer };
const now = new Date(Date.now() + 60_000);
beforeAll(() => {
  pki = createPki();
  const limits =
    'nameConstraints=critical,permitted;DNS:example.test,excluded;IP:192.0.2.0/255.255.255.0';
  root = pki.issue('root', { extensions: [...authority, limits] });
  leaf = pki.issue('leaf', {
    issuer: root,
    subject: '/C=CH/O=Example/CN=leaf+UID=1',
    extensions: [
      ...server('a.example.test,IP:192.0.2.7,email:a@example.test'),
      'authorityInfoAccess=OCSP;URI:http://ocsp.test/,caIssuers;URI:http://ca.test/',
      'crlDistributionPoints=URI:http://crl.test/1',
      'tlsfeature=status_request',
      'keyUsage=digitalSignature',
      'authorityKeyIdentifier=keyid',
      'subjectKeyIdentifier=hash',
    ],
  });
  const responder = createResponder(pki, root, [leaf]);
  responder.fill(20);
  seeds = { certificate: leaf.der, ocsp: responder.answer(leaf), crl: responder.crl() };
});
afterAll(() => pki.remove());

/** One change of bytes: to another value, away, twice, or the rest cut off. */
const change = fc.record({
  kind: fc.constantFrom('set' as const, 'remove' as const, 'repeat' as const, 'cut' as const),
  at: fc.nat(5000),
  length: fc.integer({ min: 1, max: 40 }),
  value: fc.oneof(fc.constantFrom(0, 1, 0x30, 0x7f, 0x80, 0x84, 0xa0, 0xff), fc.nat(255)),
});
const changes = fc.array(change, { minLength: 1, maxLength: 4 });

function changed(
  seed: Buffer,
  list: readonly (typeof change extends fc.Arbitrary<infer T> ? T : never)[],
): Buffer {
  let bytes = Buffer.from(seed);
  for (const { at: anywhere, kind, length, value } of list) {
    const at = anywhere % (bytes.length + 1);
    if (kind === 'set' && at < bytes.length) bytes[at] = value;
    if (kind === 'cut') bytes = bytes.subarray(0, at);
    if (kind === 'remove')
      bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    if (kind === 'repeat')
      bytes = Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
  }
  return bytes;
}

/** Every input ends in an outcome of the type, and quickly: none takes more than this. */
const longestMs = 2000;
function inTime<T>(work: () => T): T {
  const started = performance.now();
  const outcome = work();
  expect(performance.now() - started).toBeLessThan(longestMs);
  return outcome;
}

it('reads changed certificates, or says that they cannot be read', () => {
  let readable = 0;
  fc.assert(
    fc.property(changes, (list) => {
      const der = changed(seeds.certificate, list);
      const read = inTime(() => readCertificate(der));
      expect(certificateSchema.safeParse(describeCertificate(der, read)).success).toBe(true);
      if (read.kind !== 'certificate') return;
      readable += 1;
      matchHost(read.certificate, 'a.example.test');
    }),
    { numRuns: 20_000 },
  );
  expect(readable).toBeGreaterThan(1000); // else the changes would only ever hit the outermost length
});

it('believes no changed OCSP answer and no changed revocation list', () => {
  const subject = { certificate: leaf.x509, issuer: root.x509 };
  const wholeOcsp = checkOcsp(seeds.ocsp, subject, now);
  const wholeCrl = checkCrl(seeds.crl, { ...subject, url: 'http://crl.test/1' }, now);
  expect([wholeOcsp, wholeCrl]).toMatchObject([{ status: 'good' }, { status: 'good' }]);
  fc.assert(
    fc.property(changes, (list) => {
      // What is not covered by the signature may change (the answer's own certificates), its meaning not.
      const ocsp = inTime(() => checkOcsp(changed(seeds.ocsp, list), subject, now));
      if (ocsp.kind === 'verified') expect(ocsp).toEqual(wholeOcsp);
      const crl = inTime(() =>
        checkCrl(changed(seeds.crl, list), { ...subject, url: 'http://crl.test/1' }, now),
      );
      if (crl.kind === 'verified') expect(crl).toEqual(wholeCrl);
    }),
    { numRuns: 10_000 },
  );
});

it('takes any bytes at all', () => {
  const subject = { certificate: leaf.x509, issuer: root.x509 };
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const input = Buffer.from(bytes);
      expect(readCertificate(input).kind).toBe('unreadable');
      expect(checkOcsp(input, subject, now).kind).toBe('invalid');
      expect(checkCrl(input, { ...subject, url: '' }, now).kind).toBe('invalid');
      countScts(input);
    }),
    { numRuns: 20_000 },
  );
});

it('takes lengths, depths and numbers without end', () => {
  const deep = Buffer.alloc(200_000, Buffer.from('3080', 'hex'));
  const nested = Buffer.alloc(200_000, Buffer.from('308400ffffff', 'hex'));
  const flat = Buffer.concat([Buffer.from('3083030000', 'hex'), Buffer.alloc(0x30000)]);
  const huge = Buffer.alloc(20_000_000, 0x30);
  for (const input of [deep, nested, flat, huge]) {
    expect(inTime(() => readCertificate(input)).kind).toBe('unreadable');
    expect(
      inTime(() => checkCrl(input, { certificate: leaf.x509, issuer: root.x509, url: '' }, now))
        .kind,
    ).toBe('invalid');
  }
});

it('judges whole chains of changed certificates', async () => {
  const roots = [rootStore('own', [root.pem])];
  await fc.assert(
    fc.asyncProperty(
      fc.array(changes, { minLength: 1, maxLength: 3 }),
      changes,
      async (lists, staple) => {
        const chain = [leaf.der, ...lists.map((list) => changed(root.der, list))];
        const chains = [
          {
            sni: 'with' as const,
            version: 'TLS1.2' as const,
            chain,
            staple: changed(seeds.ocsp, staple),
          },
          {
            sni: 'with' as const,
            version: 'TLS1.2' as const,
            chain: lists.map((list) => changed(leaf.der, list)),
          },
        ];
        const { certificates } = await readChains(
          { chains, missing: [] },
          { host: 'a.example.test', now, roots },
        );
        for (const one of certificates)
          expect(presentedChainSchema.safeParse(one).success).toBe(true);
        const [first] = certificates;
        expect(first?.chain[0]?.sha256).toBe(leaf.x509.sha256);
        // 192.0.2.7 is excluded by the root's constraints, whatever else is sent.
        expect(first?.trust[0]?.verdict.value).not.toBe('pass');
      },
    ),
    { numRuns: 1000 },
  );
});
