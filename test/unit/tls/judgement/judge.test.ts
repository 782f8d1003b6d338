import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elbPolicies } from '../../../../shared/model/tls/elbPolicies';
import { elbPolicyOf, satisfyElbPolicy } from '../../../../shared/model/tls/elb';
import { compareScans } from '../../../../shared/model/tls/differences';
import { judge } from '../../../../shared/model/tls/judge';
import { judgementSchema } from '../../../../shared/model/tls/judgement';
import { scanSummarySchema } from '../../../../shared/model/tls/fleet';
import { parseOwnPolicy } from '../../../../shared/model/tls/ownPolicy';
import type { Observation, ScanResult } from '../../../../shared/model/tls/result';
import { suiteInfo } from '../../../../shared/model/tls/registry';
import { vulnerabilityIds, type TlsVersion } from '../../../../shared/model/tls/scan';
import { remedyOf } from '../../../../shared/model/tls/remedies';
import { summarise } from '../../../../shared/model/tls/summary';
import { goodScan, protocols } from './goodScan';

const now = new Date('2026-11-24T12:00:00.000Z');
const judged = (observation: Observation): ScanResult => ({
  ...observation,
  ...judge(observation, { now }),
});

/** What a load balancer with this policy and an RSA certificate shows. */
function behind(name: string): Observation {
  const policy = elbPolicies.find((one) => one.name === name)!;
  const worksIn = (version: TlsVersion) =>
    policy.suites.map(Number).filter((id) => {
      const info = suiteInfo(id)!;
      if (info.keyExchange === 'any' || version === 'TLS1.3')
        return info.keyExchange === 'any' && version === 'TLS1.3';
      return info.authentication === 'RSA' && (version === 'TLS1.2' || info.mac === 'SHA1');
    });
  const hybrids = ['SecP256r1MLKEM768', 'SecP384r1MLKEM1024', 'X25519MLKEM768'];
  const names = ['X25519', 'secp256r1', ...(policy.postQuantum ? hybrids : [])];
  const observation = structuredClone(
    goodScan({
      protocols: protocols(
        Object.fromEntries(policy.versions.map((version) => [version, worksIn(version)])),
      ),
      groups: names.map((group) => ({ id: '0x001D', name: group, versions: ['TLS1.3'] })),
    }),
  );
  observation.certificates[0]!.chain[0]!.key = { type: 'RSA', bits: 2048 };
  return observation;
}

describe('ELB policies', () => {
  it.each(elbPolicies.map(({ name }) => name))('%s is recognised, and satisfies itself', (name) => {
    const found = elbPolicyOf(behind(name));
    expect(found.equal).toContain(name);
    expect(found.nearest).toBeNull();
    expect(satisfyElbPolicy(behind(name), name).verdict.value).toBe('pass');
  });

  it('tells post-quantum twins apart, and claims nothing of lists that are not verified', () => {
    expect(elbPolicyOf(behind('ELBSecurityPolicy-TLS13-1-2-Res-2021-06')).equal).toEqual([
      'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
    ]);
    for (const name of [
      'ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04',
      'ELBSecurityPolicy-TLS13-1-2-Ext1-PQ-2025-09',
      'nonsense',
    ]) {
      expect(satisfyElbPolicy(goodScan(), name).verdict.value).toBe('cannot-tell');
    }
  });

  it('cannot tell TLS13-1-2 from its Ext1 behind an ECDSA certificate', () => {
    const ecdsa = protocols({
      'TLS1.2': [0xc02b, 0xc02c, 0xc023, 0xc024],
      'TLS1.3': [0x1301, 0x1302, 0x1303],
    });
    const { equal, note } = elbPolicyOf(goodScan({ protocols: ecdsa }));
    expect(equal).toEqual(
      expect.arrayContaining([
        'ELBSecurityPolicy-TLS13-1-2-2021-06',
        'ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06',
      ]),
    );
    expect(note).toContain('ECDSA');
  });

  it('names none while the lists are not whole', () => {
    expect(elbPolicyOf(goodScan({ groupsComplete: false }))).toMatchObject({
      equal: [],
      nearest: null,
    });
  });
});

describe('Mozilla’s profiles', () => {
  const verdictOf = (observation: Observation, id: string) =>
    judge(observation, { now }).profiles.find((one) => one.id === id)?.verdict.value;

  it('take a server that offers less, and name what is too much', () => {
    expect(verdictOf(goodScan(), 'mozilla-6.0/intermediate')).toBe('pass');
    expect(verdictOf(goodScan(), 'mozilla-5.8/modern')).toBe('fail');
    const { profiles } = judge(
      goodScan({ protocols: protocols({ 'TLS1.2': [0xc02b, 0xc013], 'TLS1.3': [0x1301] }) }),
      { now },
    );
    expect(
      profiles.find(({ id }) => id === 'mozilla-6.0/intermediate')?.differences,
    ).toContainEqual({
      about: 'suites',
      kind: 'remove',
      what: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
    });
  });
});

describe('an own policy', () => {
  it('says on which line something is wrong', () => {
    expect(parseOwnPolicy('must:\n  minimumVersion: TLS1.2\n  minimumgrade: A\n').problems).toEqual(
      [{ line: 3, message: 'There is no rule must.minimumgrade.' }],
    );
    expect(parseOwnPolicy('must:\n  trusted: [').problems[0]?.line).toBeGreaterThan(0);
    expect(parseOwnPolicy('name: nothing\n').problems).toHaveLength(1);
  });

  it('judges each rule, and never takes unknown for met', () => {
    const { policy } = parseOwnPolicy(
      'must:\n  minimumVersion: TLS1.2\n  minimumGrade: A\n  trusted: true\nmustNot:\n  suites: ["*_CBC_*"]\n  vulnerabilities: all\n',
    );
    const rows = judge(goodScan(), { now, ownPolicy: policy }).ownPolicy;
    expect(rows.map(({ verdict }) => verdict.value)).toEqual(rows.map(() => 'pass'));
    const blind = goodScan({ protocols: [], certificates: [], vulnerabilities: [], parts: [] });
    const open = judge(blind, { now, ownPolicy: policy }).ownPolicy;
    expect(open.map(({ verdict }) => verdict.value)).toEqual(open.map(() => 'cannot-tell'));
    const weak = goodScan({ protocols: protocols({ 'TLS1.0': [0xc013] }) });
    const failed = judge(weak, { now, ownPolicy: policy }).ownPolicy.filter(
      ({ verdict }) => verdict.value === 'fail',
    );
    expect(failed.map(({ id }) => id)).toEqual([
      'must.minimumVersion',
      'must.minimumGrade',
      'mustNot.suites.*_CBC_*',
    ]);
  });

  it('is read without throwing, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const { policy, problems } = parseOwnPolicy(text);
        expect(policy === undefined).toBe(problems.length > 0);
      }),
    );
  });
});

describe('what changed', () => {
  it('says that TLS 1.0 came back, and that it is worse', () => {
    const old = goodScan({
      protocols: protocols({
        'TLS1.0': [0xc009],
        'TLS1.2': [0xc02b, 0xc02c],
        'TLS1.3': [0x1301, 0x1302, 0x1303],
      }),
    });
    expect(compareScans(judged(goodScan()), judged(old))).toContainEqual({
      about: 'protocol',
      direction: 'worse',
      what: 'TLS 1.0 is offered again.',
      before: 'no',
      after: 'yes',
    });
    expect(compareScans(judged(goodScan()), judged(goodScan()))).toEqual([]);
  });

  it('says nothing of what is unknown in one of them', () => {
    const blind = goodScan({
      protocols: goodScan().protocols.map((one) => ({
        ...one,
        offered: 'unknown',
        suites: [],
        suitesComplete: false,
      })),
      groups: [],
      groupsComplete: false,
      certificates: [],
      vulnerabilities: [],
    });
    delete blind.http;
    expect(compareScans(judged(goodScan()), judged(blind))).toEqual([]);
    expect(compareScans(judged(blind), judged(goodScan()))).toEqual([]);
  });
});

it('judges what was not looked at as neither pass nor fail', () => {
  const blind = goodScan({
    protocols: [],
    groups: [],
    groupsComplete: false,
    certificates: [],
    vulnerabilities: [],
    parts: [],
  });
  delete blind.http;
  const judgement = judgementSchema.parse(judge(blind, { now, clientCertificateExpected: true }));
  const verdicts = [
    ...judgement.profiles,
    ...judgement.elbPolicy.toSatisfy,
    ...judgement.guide,
  ].map(({ verdict }) => verdict.value);
  expect(new Set([...verdicts, judgement.postQuantum.value])).toEqual(new Set(['cannot-tell']));
  expect(judgement.grade.letter).toBeNull();
});

it('sums a scan up for the list', () => {
  const summary = scanSummarySchema.parse(summarise(judged(goodScan()), 7));
  expect(summary).toMatchObject({
    scan: 7,
    grade: 'A+',
    profile: 'intermediate',
    postQuantum: 'no',
    unknowns: 0,
    daysLeft: 66,
  });
});

it.each(vulnerabilityIds)('has a remedy for %s', (id) => {
  const { why, what } = remedyOf(id);
  expect(why).toMatch(/\.$/);
  expect(what).toMatch(/\.$/);
});
