import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rootStore } from '../../../../electron/tls/certificate/roots';
import { judgeTrust } from '../../../../electron/tls/certificate/trust';
import { createPki, type Issued, type Pki } from './pki';

let pki: Pki;
let authorities: Issued[];
let leaves: Issued[];
const dayMs = 86_400_000;
const start = Date.now() + 60_000;

const constraints = ['CA:TRUE', 'CA:TRUE,pathlen:0', 'CA:TRUE,pathlen:1', 'CA:FALSE', ''];
const usages = ['', 'keyCertSign', 'keyCertSign,cRLSign', 'digitalSignature', 'cRLSign'];
const purposes = ['', '', 'serverAuth', 'clientAuth', 'anyExtendedKeyUsage'];
const limits = [
  '',
  '',
  '',
  'permitted;DNS:example.test',
  'excluded;DNS:a.example.test',
  'permitted;IP:192.0.2.0/255.255.255.0',
];
const names = [
  'DNS:example.test',
  'DNS:a.example.test',
  'DNS:other.test',
  'IP:192.0.2.1,DNS:b.example.test',
  'IP:198.51.100.1',
];

/** Always the same hierarchy, so that a failure can be looked at; the questions differ from run to run. */
beforeAll(() => {
  pki = createPki();
  let state = 20_260_000;
  const pick = <T>(list: readonly T[]): T => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return list[Math.floor((state / 2 ** 31) * list.length)] as T;
  };
  const line = (name: string, value: string) => (value === '' ? [] : [`${name}=${value}`]);
  const authority = (name: string, above: readonly Issued[]) => {
    const issuer = above.length > 0 ? pick(above) : undefined;
    // Mostly sound ones, or hardly a chain would ever be valid.
    const sound = pick([true, true, false]);
    const extensions = [
      ...line('basicConstraints', sound ? 'critical,CA:TRUE' : pick(constraints)),
      ...line('keyUsage', sound ? pick(usages.slice(0, 3)) : pick(usages)),
      ...line('extendedKeyUsage', sound ? pick(['', 'serverAuth']) : pick(purposes)),
      ...line('nameConstraints', sound ? '' : pick(limits)),
      'subjectKeyIdentifier=hash',
    ];
    return pki.issue(name, { extensions, days: pick([20, 200, 200]), ...(issuer && { issuer }) });
  };
  authorities = [];
  for (let at = 0; at < 4; at += 1) authorities.push(authority(`root-${at}`, []));
  for (let at = 0; at < 16; at += 1) authorities.push(authority(`authority-${at}`, authorities));
  leaves = Array.from({ length: 24 }, (_, at) =>
    pki.issue(`leaf-${at}`, {
      issuer: pick(authorities),
      subject: pick(['/O=Example', `/CN=leaf-${at}`]),
      days: pick([20, 200]),
      extensions: [
        ...line('subjectAltName', pick(names)),
        ...line('extendedKeyUsage', pick(purposes)),
        ...line('keyUsage', pick(['', 'digitalSignature', 'keyEncipherment', 'cRLSign'])),
      ],
    }),
  );
});
afterAll(() => pki.remove());

it('comes to the same as openssl verify for any chain, store and day', () => {
  const all = Array.from({ length: 20 }, (_, at) => at);
  const seen = { pass: 0, fail: 0 };
  fc.assert(
    fc.property(
      fc.nat(23),
      fc.shuffledSubarray(all, { minLength: 12 }),
      fc.subarray(all, { minLength: 2, maxLength: 8 }),
      fc.constantFrom(0, 0, 0, 30, 300),
      (leafAt, sentAt, rootsAt, days) => {
        const leaf = leaves[leafAt] as Issued;
        const sent = sentAt.map((at) => authorities[at] as Issued);
        const roots = rootsAt.map((at) => authorities[at] as Issued);
        const at = new Date(start + days * dayMs);
        const store = rootStore(
          'own',
          roots.map(({ pem }) => pem),
        );
        const chain = [leaf, ...sent].map(({ x509 }) => x509);
        const verdict = judgeTrust(chain, [store], at).trust[0]?.verdict;
        const bundle = (name: string, issued: readonly Issued[]) =>
          pki.file(name, issued.map(({ pem }) => pem).join(''));
        const files = [
          '-CAfile',
          bundle('roots.pem', roots),
          '-untrusted',
          bundle('sent.pem', sent),
        ];
        const time = ['-attime', String(Math.floor(at.getTime() / 1000))];
        // Any certificate of the store may be trusted, not only self-signed ones, as here.
        const how = ['-no-CAstore', '-no-CApath', '-partial_chain', '-purpose', 'sslserver'];
        const { output, status } = pki.openssl('verify', ...how, ...files, ...time, leaf.certFile);
        const expected = status === 0 ? 'pass' : 'fail';
        const reasons = `${verdict?.reason} / ${output}`;
        expect(`${verdict?.value}: ${reasons}`).toBe(`${expected}: ${reasons}`);
        seen[expected] += 1;
      },
    ),
    { numRuns: 150 },
  );
  expect(Math.min(seen.pass, seen.fail)).toBeGreaterThan(10);
});
