import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rootStore, type RootStore } from '../../../../electron/tls/certificate/roots';
import { judgeTrust } from '../../../../electron/tls/certificate/trust';
import { authority, createPki, server, type Issued, type Pki, type Wanted } from './pki';

let pki: Pki;
let root: Issued;
let intermediate: Issued;
let now: Date;
beforeAll(() => {
  pki = createPki();
  root = pki.issue('root');
  intermediate = pki.issue('intermediate', { issuer: root });
  now = new Date(Date.now() + 60_000);
});
afterAll(() => pki.remove());

interface Case {
  readonly chain: readonly Issued[];
  readonly roots?: readonly Issued[];
  readonly at?: Date;
}

const store = (issued: readonly Issued[]): RootStore =>
  rootStore(
    'own',
    issued.map(({ pem }) => pem),
  );

function trustOf({ at = now, chain, roots = [root] }: Case) {
  const x509 = chain.map((issued) => issued.x509);
  const { complete, trust } = judgeTrust(x509, [store(roots)], at);
  return { complete, ...trust[0]?.verdict };
}

/** Whether `openssl verify` takes the chain for a TLS server. */
function opensslTakes({ at = now, chain, roots = [root] }: Case): boolean {
  const bundle = (name: string, issued: readonly Issued[]) =>
    pki.file(name, issued.map(({ pem }) => pem).join('') || '\n');
  const [leaf, ...others] = chain;
  const stores = ['-no-CAstore', '-no-CApath', '-CAfile', bundle('roots.pem', roots)];
  const untrusted = others.length > 0 ? ['-untrusted', bundle('others.pem', others)] : [];
  const how = ['-purpose', 'sslserver', '-attime', String(Math.floor(at.getTime() / 1000))];
  const { status } = pki.openssl('verify', ...stores, ...untrusted, ...how, leaf?.certFile ?? '');
  return status === 0;
}

const leafOf = (name: string, issuer: Issued, extensions = server(), wanted: Wanted = {}) =>
  pki.issue(name, { issuer, extensions, ...wanted });

describe('trusts what openssl trusts', () => {
  it('a leaf below the root, below an intermediate, and in any order with extra certificates', () => {
    const direct = leafOf('direct', root);
    const below = leafOf('below', intermediate);
    const stranger = pki.issue('stranger');
    const cases = [
      [direct],
      [direct, root],
      [below, intermediate],
      [below, intermediate, root],
      [below, root, intermediate],
      [below, stranger, intermediate, stranger],
    ];
    for (const chain of cases) {
      expect(trustOf({ chain })).toMatchObject({
        value: 'pass',
        reason: 'Leads to CN=root in the store own.',
        complete: 'yes',
      });
      expect(opensslTakes({ chain })).toBe(true);
    }
  });

  it('every kind of key that this runtime can verify', () => {
    const keys = [
      ['rsa:2048'],
      ['rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048'],
      ['ed25519'],
      ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
      ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
    ];
    for (const [index, key] of keys.entries()) {
      const own = pki.issue(`root-key-${index}`, { key });
      const chain = [leafOf(`leaf-key-${index}`, own, server(), { key })];
      expect(trustOf({ chain, roots: [own] }).value).toBe('pass');
      expect(opensslTakes({ chain, roots: [own] })).toBe(true);
    }
    const pss = pki.issue('root-pss', { key: ['rsa:2048'] });
    const signing = ['-sha512', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:20'];
    const chain = [leafOf('leaf-pss', pss, server(), { signing })];
    expect(trustOf({ chain, roots: [pss] }).value).toBe('pass');
    expect(opensslTakes({ chain, roots: [pss] })).toBe(true);
  });

  it('a cross-signed authority over whichever root the store has', () => {
    const oldRoot = pki.issue('old-root');
    const newRoot = pki.issue('new-root');
    const cross = pki.issue('cross', {
      subject: '/CN=new-root',
      sameKeyAs: newRoot,
      issuer: oldRoot,
    });
    const below = pki.issue('cross-below', { issuer: newRoot });
    const chain = [leafOf('cross-leaf', below), below, cross];
    for (const roots of [[oldRoot], [newRoot], [oldRoot, newRoot]]) {
      expect(trustOf({ chain, roots }).value).toBe('pass');
      expect(opensslTakes({ chain, roots })).toBe(true);
    }
    expect(trustOf({ chain, roots: [root] }).value).toBe('fail');
  });

  it('the valid way where another one has expired', () => {
    const signer = pki.issue('signer', { issuer: root, days: 2 });
    const renewed = pki.issue('renewed', {
      subject: '/CN=signer',
      sameKeyAs: signer,
      issuer: root,
    });
    const chain = [leafOf('renewed-leaf', signer), signer, renewed];
    const at = new Date(now.getTime() + 5 * 86_400_000);
    expect(trustOf({ chain, at }).value).toBe('pass');
    expect(opensslTakes({ chain, at })).toBe(true);
  });

  it('a self-signed certificate that is itself in the store', () => {
    const own = pki.issue('own', { extensions: server() });
    expect(trustOf({ chain: [own], roots: [own] }).value).toBe('pass');
    expect(opensslTakes({ chain: [own], roots: [own] })).toBe(true);
  });

  it('names within the constraints of an authority', () => {
    const limits =
      'nameConstraints=critical,permitted;DNS:example.test,permitted;IP:192.0.2.0/255.255.255.0,excluded;DNS:no.example.test';
    const limited = pki.issue('limited', { issuer: root, extensions: [...authority, limits] });
    const leaves: [string, boolean][] = [
      ['DNS:example.test', true],
      ['DNS:*.a.example.test', true],
      ['DNS:other.test', false],
      ['DNS:badexample.test', false],
      ['DNS:x.no.example.test', false],
      ['DNS:a.example.test,IP:192.0.2.9', true],
      ['DNS:a.example.test,IP:192.0.3.9', false],
      ['DNS:a.example.test,IP:2001:db8::1', false],
    ];
    for (const [index, [names, taken]] of leaves.entries()) {
      const leaf = leafOf(`limited-${index}`, limited, [`subjectAltName=${names}`], {
        subject: '/O=Example',
      });
      const chain = [leaf, limited];
      expect([names, trustOf({ chain }).value]).toEqual([names, taken ? 'pass' : 'fail']);
      expect([names, opensslTakes({ chain })]).toEqual([names, taken]);
    }
  });

  it('names within constraints on distinguished names', () => {
    const section = '[dn]\nC=CH\nO=Example';
    const extensions = [...authority, 'nameConstraints=critical,permitted;dirName:dn', section];
    const limited = pki.issue('limited-dn', { issuer: root, extensions });
    for (const [subject, taken] of [
      ['/C=CH/O=Example/CN=x', true],
      ['/C=CH/O=Other', false],
    ] as const) {
      const chain = [leafOf(`dn-${taken}`, limited, server(), { subject }), limited];
      expect(trustOf({ chain }).value).toBe(taken ? 'pass' : 'fail');
      expect(opensslTakes({ chain })).toBe(taken);
    }
  });
});

describe('refuses what openssl refuses, and says why', () => {
  const refused = (reason: RegExp, taken: Case) => {
    expect(trustOf(taken)).toMatchObject({ value: 'fail', reason: expect.stringMatching(reason) });
    expect(opensslTakes(taken)).toBe(false);
  };

  it('an expired leaf, intermediate and root, and what is not valid yet', () => {
    const short = pki.issue('short', { issuer: root, days: 3 });
    const chain = [leafOf('short-leaf', short, server(), { days: 300 }), short];
    const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
    refused(/^CN=short expired on \d{4}-/, { chain, at: days(4) });
    refused(/CN=short-leaf expired on .*; CN=short expired on/, { chain, at: days(301) });
    refused(/CN=root expired/, {
      chain: [leafOf('late', root, server(), { days: 900 })],
      at: days(400),
    });
    refused(/is not valid before/, { chain: [leafOf('early', root)], at: days(-2) });
  });

  it('a missing intermediate, a stranger, and a self-signed certificate', () => {
    const below = leafOf('missing', intermediate);
    refused(/^The issuer of CN=missing, CN=intermediate, was not sent/, { chain: [below] });
    refused(/^The issuer of CN=missing/, { chain: [below, root] });
    refused(/^CN=root is a root and not in the store/, {
      chain: [below, intermediate, root],
      roots: [pki.issue('another-root')],
    });
    refused(/^CN=self is self-signed and not in the store/, { chain: [pki.issue('self')] });
  });

  it('an impostor with the name of the authority', () => {
    const impostor = pki.issue('impostor', { subject: '/CN=root' });
    refused(/^The issuer of CN=forged, CN=root, was not sent/, {
      chain: [leafOf('forged', impostor)],
    });
    const lookalike = pki.issue('lookalike', { subject: '/CN=intermediate', issuer: impostor });
    refused(/CN=root is a root and not in the store/, {
      chain: [leafOf('forged-2', lookalike), lookalike, impostor],
    });
  });

  it('an issuer that is no authority, may not sign, or has too many below it', () => {
    const plain = pki.issue('plain', { issuer: root, extensions: ['basicConstraints=CA:FALSE'] });
    refused(/CN=plain is no certificate authority/, { chain: [leafOf('by-plain', plain), plain] });
    const nothing = pki.issue('nothing', {
      issuer: root,
      extensions: ['subjectKeyIdentifier=hash'],
    });
    refused(/CN=nothing is no certificate authority/, {
      chain: [leafOf('by-nothing', nothing), nothing],
    });
    const usage = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,cRLSign'];
    const noSign = pki.issue('no-sign', { issuer: root, extensions: usage });
    refused(/CN=no-sign has no key usage for signing/, {
      chain: [leafOf('by-no-sign', noSign), noSign],
    });
    const zero = ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=keyCertSign'];
    const last = pki.issue('last', { issuer: root, extensions: zero });
    const further = pki.issue('further', { issuer: last });
    refused(/CN=last allows 0 authorities below it, and there are 1/, {
      chain: [leafOf('too-deep', further), further, last],
    });
    expect(trustOf({ chain: [leafOf('deep-enough', last), last] }).value).toBe('pass');
  });

  it('a certificate for something else than TLS servers', () => {
    const client = leafOf('client', root, ['extendedKeyUsage=clientAuth']);
    refused(/CN=client is not for TLS servers/, { chain: [client] });
    const mail = [...authority, 'extendedKeyUsage=emailProtection'];
    const mailCa = pki.issue('mail-ca', { issuer: root, extensions: mail });
    refused(/CN=mail-ca is not for TLS servers/, { chain: [leafOf('by-mail', mailCa), mailCa] });
    const signer = leafOf('crl-only', root, ['keyUsage=cRLSign']);
    refused(/CN=crl-only has no key usage for TLS servers/, { chain: [signer] });
  });

  it('MD5, and SHA-1 although openssl verify still takes it', () => {
    const rsaRoot = pki.issue('rsa-root', { key: ['rsa:2048'] });
    const md5 = leafOf('md5', rsaRoot, server(), { signing: ['-md5'] });
    expect(trustOf({ chain: [md5], roots: [rsaRoot] })).toMatchObject({
      value: 'fail',
      reason: 'CN=md5 is signed with MD5, which clients no longer accept.',
    });
    const sha1 = leafOf('sha1', root, server(), { signing: ['-sha1'] });
    expect(trustOf({ chain: [sha1] }).reason).toMatch(/signed with SHA-1/);
    // The signature that a root has of itself is never looked at.
    const oldRoot = pki.issue('sha1-root', { signing: ['-sha1'] });
    const roots = [oldRoot];
    expect(trustOf({ chain: [leafOf('new-leaf', oldRoot)], roots }).value).toBe('pass');
  });
});

describe('cannot tell', () => {
  it('where a signature is of a kind that is not known', () => {
    const strange = pki.issue('strange', { key: ['ed448'] });
    const leaf = leafOf('by-strange', strange);
    const der = Buffer.from(leaf.der);
    // Ed448 (1.3.101.113) becomes an algorithm of nobody, 1.3.101.99, in and outside of what is signed.
    const oid = Buffer.from('06032b6571', 'hex');
    for (let at = der.indexOf(oid); at >= 0; at = der.indexOf(oid, at + 1)) der[at + 4] = 99;
    const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;
    const read = rootStore('x', [pem]);
    const [x509] = read.kind === 'roots' ? [...read.bySubject.values()].flat() : [];
    if (!x509) throw new Error('the changed certificate cannot be read');
    const { trust } = judgeTrust([x509], [store([strange])], now);
    expect(trust[0]?.verdict).toEqual({
      value: 'cannot-tell',
      reason: 'The signature of CN=by-strange (1.3.101.99) cannot be verified here.',
    });
  });

  it('where a critical extension is not known', () => {
    const leaf = leafOf('critical', root, [...server(), '1.2.3.4.5=critical,DER:0500']);
    expect(trustOf({ chain: [leaf] })).toMatchObject({
      value: 'cannot-tell',
      reason: 'CN=critical has the critical extension 1.2.3.4.5, which is not known here.',
    });
    expect(opensslTakes({ chain: [leaf] })).toBe(false);
  });

  it('where the store cannot be read, in whole or in part', () => {
    const chain = [leafOf('unread', intermediate).x509, intermediate.x509];
    const stores = [
      rootStore('empty', ['no certificates here']),
      rootStore('part', [
        pki.issue('other').pem,
        '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      ]),
    ];
    const { complete, trust } = judgeTrust(chain, stores, now);
    expect(trust.map(({ verdict }) => verdict.value)).toEqual(['cannot-tell', 'cannot-tell']);
    expect(complete).toBe('unknown');
  });

  it('whether a chain is complete below an issuer that nobody knows, unless it says where to fetch it', () => {
    expect(trustOf({ chain: [leafOf('alone', intermediate)] }).complete).toBe('unknown');
    const aia = [...server(), 'authorityInfoAccess=caIssuers;URI:http://ca.test/'];
    expect(trustOf({ chain: [leafOf('with-aia', intermediate, aia)] }).complete).toBe('no');
  });

  it('where cross-signed authorities make more paths than are tried', () => {
    const keys = Array.from({ length: 6 }, (_, at) => pki.issue(`mesh-${at}`));
    const mesh = keys.flatMap((child, at) =>
      keys
        .filter((_, other) => other !== at)
        .map((issuer) =>
          pki.issue(`${child.name}-by-${issuer.name}`, {
            subject: `/CN=${child.name}`,
            sameKeyAs: child,
            issuer,
          }),
        ),
    );
    const chain = [leafOf('in-mesh', keys[0] as Issued), ...mesh];
    const started = performance.now();
    expect(trustOf({ chain })).toMatchObject({ value: 'cannot-tell', complete: 'unknown' });
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
