import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradeOf, severity } from '../../../../shared/model/tls/grade';
import type { Observation } from '../../../../shared/model/tls/result';
import { goodScan, protocols } from './goodScan';

const rules = (observation: Observation) => {
  const { caps, warnings } = gradeOf(observation);
  return [...caps, ...warnings].map(({ rule }) => rule);
};

function withChain(change: (chain: Observation['certificates'][number]) => void): Observation {
  const observation = structuredClone(goodScan());
  for (const chain of observation.certificates) change(chain);
  return observation;
}

describe('the grade', () => {
  it('is A+ with nothing to say against it, and scores its parts', () => {
    const grade = gradeOf(goodScan());
    expect(grade).toMatchObject({ letter: 'A+', caps: [], warnings: [], missing: [] });
    expect(grade.parts).toEqual({ protocol: 100, keyExchange: 100, cipherStrength: 90 });
    expect(grade.score).toBe(96);
  });

  it('is A- without HSTS, where testssl.sh gives A+', () => {
    const observation = goodScan();
    const http = { ...observation.http!, hsts: { value: 'no' as const } };
    expect(gradeOf({ ...observation, http }).letter).toBe('A-');
  });

  it('asks nothing of HSTS where no HTTP is spoken', () => {
    const http = {
      ...goodScan().http!,
      spoken: { value: 'no' as const },
      hsts: { value: 'unknown' as const },
    };
    expect(gradeOf(goodScan({ http })).letter).toBe('A+');
  });

  it('is B without AEAD, where testssl.sh sees nothing', () => {
    const observation = goodScan({ protocols: protocols({ 'TLS1.2': [0xc023] }) });
    expect(gradeOf(observation).letter).toBe('B');
    expect(rules(observation)).toContain('no-aead');
  });

  it('finds export suites that only an old version has', () => {
    const found = protocols({ SSLv3: [0x0003], 'TLS1.2': [0xc02b] });
    expect(rules(goodScan({ protocols: found }))).toEqual(
      expect.arrayContaining(['export', 'ssl3']),
    );
    expect(gradeOf(goodScan({ protocols: found })).letter).toBe('F');
  });

  it.each([
    [{ 'TLS1.0': [0xc009], 'TLS1.2': [0xc02b], 'TLS1.3': [0x1301] }, 'B', 'tls10'],
    [{ 'TLS1.1': [0xc009] }, 'C', 'no-tls12'],
    [{ 'TLS1.2': [0xc02b, 0xc007] }, 'C', 'rc4-modern'],
    [{ 'TLS1.2': [0xc02b, 0xc008] }, 'C', 'sweet32'],
    [{ 'TLS1.2': [0x009c] }, 'B', 'no-forward-secrecy'],
    [{ 'TLS1.2': [0xc02b, 0x0002] }, 'F', 'cipher-weak'],
    [{ SSLv2: [0x010080], 'TLS1.2': [0xc02b] }, 'F', 'ssl2'],
    [{ 'TLS1.2': [0xc02b, 0xc018] }, 'F', 'key-exchange-broken'],
    [{ SSLv3: [0x002f] }, 'F', 'ssl3-best'],
  ])('%j is capped at %s by %s', (offers, letter, rule) => {
    const observation = goodScan({ protocols: protocols(offers) });
    expect(rules(observation)).toContain(rule);
    expect(gradeOf(observation).letter).toBe(letter);
  });

  it('is A- without TLS 1.3', () => {
    expect(gradeOf(goodScan({ protocols: protocols({ 'TLS1.2': [0xc02b] }) })).letter).toBe('A-');
  });

  it('is T where no store trusts the chain, M for another name, and then has no score', () => {
    const fail = { value: 'fail', reason: 'No.' } as const;
    const untrusted = withChain(
      (chain) => void (chain.trust = [{ store: 'mozilla', verdict: fail }]),
    );
    expect(gradeOf(untrusted)).toMatchObject({ letter: 'T', score: null });
    expect(gradeOf(withChain((chain) => void (chain.hostname = fail))).letter).toBe('M');
    expect(gradeOf(withChain((chain) => void (chain.daysLeft = -1))).letter).toBe('T');
    expect(
      gradeOf(withChain((chain) => void (chain.chain[0]!.signatureHash = 'SHA1'))).letter,
    ).toBe('T');
  });

  it('is B with a key of 1024 bits and F below', () => {
    const rsa = (bits: number) =>
      gradeOf(
        withChain((chain) => void (chain.chain[0]!.key = { type: 'RSA', bits, exponent: '65537' })),
      ).letter;
    expect([rsa(4096), rsa(2048), rsa(1024), rsa(768)]).toEqual(['A+', 'A+', 'B', 'F']);
  });

  it('is not given for parts that were not asked for, and says so', () => {
    const grade = gradeOf(goodScan({ parts: ['protocols', 'suites'] }));
    expect(grade.letter).toBeNull();
    expect(grade.missing).toContain('the certificate (not asked for)');
  });

  it('is not given while something unknown could make it worse', () => {
    const vulnerabilities = goodScan().vulnerabilities.map((one) =>
      one.id === 'robot' ? { ...one, verdict: 'unknown' as const } : one,
    );
    expect(gradeOf(goodScan({ vulnerabilities }))).toMatchObject({
      letter: null,
      missing: ['whether ROBOT works'],
    });
    const http = { ...goodScan().http!, spoken: { value: 'unknown' as const } };
    const old = protocols({ 'TLS1.1': [0xc009], 'TLS1.2': [0xc02b], 'TLS1.3': [0x1301] });
    expect(gradeOf(goodScan({ http })).letter).toBeNull();
    expect(gradeOf(goodScan({ http, protocols: old })).letter).toBe('B');
  });
});

const suite = fc.constantFrom(
  0xc02b,
  0xc009,
  0xc007,
  0xc008,
  0x009c,
  0x0003,
  0x0002,
  0xc018,
  0x002f,
);
const offers = fc.record(
  {
    SSLv2: fc.constant([0x010080]),
    SSLv3: fc.array(suite, { minLength: 1, maxLength: 3 }),
    'TLS1.0': fc.array(suite, { minLength: 1, maxLength: 3 }),
    'TLS1.1': fc.array(suite, { minLength: 1, maxLength: 3 }),
    'TLS1.2': fc.array(suite, { minLength: 1, maxLength: 3 }),
    'TLS1.3': fc.constant([0x1301]),
  },
  { requiredKeys: [] },
);

const forget: Readonly<Record<string, (observation: Observation) => void>> = {
  version: (one) => {
    for (const protocol of one.protocols.slice(0, 3))
      Object.assign(protocol, { offered: 'unknown', suites: [] });
  },
  suites: (one) => {
    for (const protocol of one.protocols)
      Object.assign(protocol, { suites: protocol.suites.slice(1), suitesComplete: false });
  },
  groups: (one) => void Object.assign(one, { groups: [], groupsComplete: false }),
  chain: (one) => void (one.certificates = []),
  hostname: (one) => {
    for (const chain of one.certificates)
      chain.hostname = { value: 'cannot-tell', reason: 'Unknown.' };
  },
  vulnerabilities: (one) => {
    one.vulnerabilities = one.vulnerabilities.map((hole) => ({ ...hole, verdict: 'unknown' }));
  },
  http: (one) => void delete one.http,
};

it('less knowledge never gives a better grade', () => {
  fc.assert(
    fc.property(
      offers,
      fc.constantFrom(...Object.keys(forget)),
      fc.boolean(),
      fc.boolean(),
      (offered, what, vulnerable, misnamed) => {
        const full = structuredClone(goodScan({ protocols: protocols(offered) }));
        const robot = full.vulnerabilities.find(({ id }) => id === 'robot');
        if (vulnerable && robot) robot.verdict = 'vulnerable';
        if (misnamed) full.certificates[0]!.hostname = { value: 'fail', reason: 'No.' };
        const less = structuredClone(full);
        forget[what]?.(less);
        const [all, some] = [gradeOf(full).letter, gradeOf(less).letter];
        if (some === null || all === null) return;
        expect(severity(some)).toBeGreaterThanOrEqual(severity(all));
      },
    ),
  );
});
