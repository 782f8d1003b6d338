import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RawChain } from '../../../../electron/tls/certificate/rawChain';
import { readChains } from '../../../../electron/tls/certificate/readChains';
import { rootStore } from '../../../../electron/tls/certificate/roots';
import { presentedChainSchema } from '../../../../shared/model/tls/certificate';
import { createPki, server, type Issued, type Pki } from './pki';
import { createResponder } from './responder';

let pki: Pki;
let root: Issued;
let intermediate: Issued;
let leaf: Issued;
const now = new Date(Date.now() + 60_000);
beforeAll(() => {
  pki = createPki();
  root = pki.issue('root');
  intermediate = pki.issue('intermediate', { issuer: root });
  leaf = pki.issue('leaf', { issuer: intermediate, extensions: server(), days: 60 });
});
afterAll(() => pki.remove());

const raw = (issued: readonly Issued[], more: Partial<RawChain> = {}): RawChain => ({
  sni: 'with',
  version: 'TLS1.2',
  chain: issued.map(({ der }) => der),
  ...more,
});

async function read(chains: readonly RawChain[], at = now, missing: string[] = []) {
  const roots = [rootStore('own', [root.pem])];
  const found = await readChains({ chains, missing }, { host: 'example.test', now: at, roots });
  for (const one of found.certificates) presentedChainSchema.parse(one);
  return found;
}

const later = (days: number) => new Date(now.getTime() + days * 86_400_000);

it('makes one of chains that came more than once', async () => {
  const chain = [leaf, intermediate];
  const { certificates, note } = await read([
    raw(chain, { version: 'TLS1.3' }),
    raw(chain),
    raw([leaf]),
    raw(chain, { sni: 'without' }),
  ]);
  expect(certificates).toMatchObject([
    {
      sni: ['with', 'without'],
      versions: ['TLS1.3', 'TLS1.2'],
      ordered: 'yes',
      complete: 'yes',
      notes: [],
      daysLeft: 59,
      validity: { value: 'pass' },
      hostname: { value: 'pass' },
      trust: [{ store: 'own', verdict: { value: 'pass' } }],
      revocation: { value: 'not-applicable' },
      staple: { value: 'no' },
    },
    { sni: ['with'], versions: ['TLS1.2'], trust: [{ verdict: { value: 'fail' } }] },
  ]);
  expect(note).toBeUndefined();
});

it('counts the days left against 30, 14 and 7', async () => {
  const reasons: [number, string, RegExp][] = [
    [29, 'pass', /^30 days left, until/],
    [30, 'fail', /^Expires in less than 30 days: 29 days left/],
    [46, 'fail', /^Expires in less than 14 days: 13 days left/],
    [53, 'fail', /^Expires in less than 7 days: 6 days left/],
    [58, 'fail', /^Expires in less than 7 days: 1 day left/],
    [61, 'fail', /^Expired on/],
    [-1, 'fail', /^Not valid before/],
  ];
  for (const [days, value, reason] of reasons) {
    const { certificates } = await read([raw([leaf, intermediate])], later(days));
    expect(certificates[0]?.validity).toMatchObject({
      value,
      reason: expect.stringMatching(reason),
    });
  }
});

it('says how a chain is sent: order, extra certificates, the root', async () => {
  const stranger = pki.issue('stranger');
  const cases: [Issued[], string, string[]][] = [
    [
      [leaf, intermediate, root],
      'yes',
      ['The root is sent along, which no client needs: CN=root.'],
    ],
    [
      [leaf, root, intermediate],
      'no',
      [
        'The certificates of the chain are sent in the wrong order.',
        'The root is sent along, which no client needs: CN=root.',
      ],
    ],
    [[leaf, intermediate, intermediate], 'no', ['A certificate is sent twice.']],
    [[leaf, intermediate, stranger], 'no', ['Sent and not part of the chain: CN=stranger.']],
    [
      [intermediate, leaf],
      'no',
      [
        'Sent and not part of the chain: CN=leaf.',
        "The first certificate is that of an authority; the server's own should come first.",
      ],
    ],
    [[leaf], 'yes', []],
  ];
  for (const [chain, ordered, notes] of cases) {
    const { certificates } = await read([raw(chain)]);
    expect(certificates[0]).toMatchObject({ ordered, notes });
  }
});

it('names certificates sent along that end soon', async () => {
  const short = pki.issue('short', { issuer: root, days: 20 });
  const below = pki.issue('below-short', { issuer: short, extensions: server() });
  const end = short.x509.notAfter.toISOString().slice(0, 10);
  const soon = await read([raw([below, short])]);
  expect(soon.certificates[0]).toMatchObject({
    notes: [`Sent along, CN=short expires on ${end}.`],
    validity: { value: 'pass' },
    trust: [{ verdict: { value: 'pass' } }],
  });
  const over = await read([raw([below, short])], later(21));
  expect(over.certificates[0]).toMatchObject({
    notes: [`Sent along, CN=short expired on ${end}.`],
    trust: [{ verdict: { value: 'fail' } }],
  });
});

it('goes by no name for a chain that only clients without SNI get', async () => {
  const other = pki.issue('default', { extensions: server('default.test') });
  const both = await read([raw([leaf, intermediate]), raw([other], { sni: 'without' })]);
  expect(both.certificates[1]?.hostname.value).toBe('not-applicable');
  const alone = await read([raw([other], { sni: 'without' })]);
  expect(alone.certificates[0]?.hostname.value).toBe('fail');
});

it('notes chains that are missing or cannot be read, and reads the others', async () => {
  const broken = raw([leaf], { chain: [leaf.der.subarray(0, 100)] });
  const half = raw([leaf], { chain: [leaf.der, Buffer.from('3000', 'hex')] });
  const { certificates, note } = await read([broken, half], now, ['Nobody answered.']);
  expect(note).toBe(
    "Nobody answered. The server's certificate (with SNI) cannot be read: ends before its length.",
  );
  expect(certificates).toHaveLength(1);
  expect(certificates[0]).toMatchObject({
    ordered: 'unknown',
    notes: ['1 of 2 certificates cannot be read.'],
    chain: [{ subject: 'CN=leaf' }, { problem: expect.stringMatching(/cannot be read/) }],
    trust: [{ verdict: { value: 'cannot-tell' } }],
  });
});

it('reads no endless chain to its end, and does not judge what it did not read', async () => {
  const many = Array.from({ length: 12 }, () => root);
  const { certificates } = await read([raw([leaf, ...many, intermediate])]);
  expect(certificates[0]).toMatchObject({
    chain: { length: 12 },
    notes: expect.arrayContaining(['2 more certificates were not looked at.']),
    trust: [{ verdict: { value: 'cannot-tell' } }],
  });
});

it('verifies a staple, which may come from the second connection on', async () => {
  const staple = createResponder(pki, intermediate, [leaf]).answer(leaf);
  const chain = [leaf, intermediate];
  const { certificates } = await read([raw(chain), raw(chain, { staple })]);
  expect(certificates[0]).toMatchObject({
    staple: { value: 'yes', status: 'good' },
    revocation: { value: 'pass', reason: expect.stringMatching(/^Not revoked, says the stapled/) },
  });
  const late = await read([raw(chain, { staple })], later(8));
  expect(late.certificates[0]?.staple).toMatchObject({
    value: 'no',
    why: expect.stringMatching(/^A staple came, but it was good until/),
  });
  const lonely = await read([raw([leaf], { staple })]);
  expect(lonely.certificates[0]).toMatchObject({
    staple: { value: 'unknown' },
    revocation: { value: 'not-applicable' },
  });
});

it('calls for the staple that a certificate demands, and knows that SSL has none', async () => {
  const must = pki.issue('must', {
    issuer: root,
    extensions: [...server(), 'tlsfeature=status_request'],
  });
  const { certificates } = await read([raw([must])]);
  expect(certificates[0]?.staple).toEqual({
    value: 'no',
    why: 'The certificate demands a staple (must-staple), and the server sends none.',
  });
  const old = await read([raw([must], { version: 'SSLv3' })]);
  expect(old.certificates[0]?.staple.value).toBe('unknown');
});

it('counts timestamps of the TLS extension', async () => {
  const sct = Buffer.alloc(47);
  const entry = Buffer.concat([Buffer.from([0, sct.length]), sct]);
  const scts = Buffer.concat([Buffer.from([0, entry.length * 2]), entry, entry]);
  const { certificates } = await read([raw([leaf, intermediate], { scts })]);
  expect(certificates[0]?.scts).toEqual({ certificate: 0, tls: 2, ocsp: 0 });
});
