import { describe, expect, it } from 'vitest';
import { pitfallFacts } from '../../../shared/model/readiness/pitfalls/facts/index';
import { pitfallIds, type PitfallId } from '../../../shared/model/readiness/pitfalls/pitfall';
import type { ReadinessEvidence } from '../../../shared/model/readiness/sources';
import {
  certificate,
  drills,
  keyRow,
  keys,
  known,
  now,
  scanned,
  scannedEndpoint,
} from './fixtures/evidence';
import { refuse, unreachable } from './fixtures/refuse';
import { fixtures } from './fixtures';

const factsOf = (id: PitfallId, evidence: ReadinessEvidence) =>
  pitfallFacts(id, evidence, () => now);
const valueOf = (id: PitfallId, evidence: ReadinessEvidence, label: string) =>
  factsOf(id, evidence).find((fact) => fact.label === label);
const holding = (check: string) => fixtures[check]?.holds ?? {};

describe('what the evidence says to a pitfall', () => {
  it.each(pitfallIds)('%s: without evidence it says so, never a number', (id) => {
    for (const { untold, value } of factsOf(id, {})) {
      expect(untold).toBe(true);
      expect(value).toContain('Not read yet');
    }
  });

  it('names log groups without a key, and those that are kept for ever', () => {
    const evidence = fixtures['log-groups-own-key']?.doesNotHold ?? {};
    expect(valueOf('metadata', evidence, 'Log groups without a key of your own')).toMatchObject({
      value: expect.stringMatching(/^1 of 1\./),
    });
    const refused = refuse(evidence, 'logs:DescribeLogGroups', 'denied', undefined);
    expect(valueOf('metadata', refused, 'Not read')).toMatchObject({ untold: true });
  });

  it('tells of which buckets object names go to CloudTrail', () => {
    const label = 'Buckets whose object names go to CloudTrail';
    expect(valueOf('metadata', holding('s3-bucket-key'), label)?.value).toMatch(/^0 of 1/);
    const without = fixtures['s3-bucket-key']?.doesNotHold ?? {};
    expect(valueOf('metadata', without, label)?.value).toMatch(/^1 of 1/);
  });

  it('counts endpoints by grade; one that was not reached has none', () => {
    expect(
      valueOf('tls', scanned(), 'Grade A+') ?? valueOf('tls', scanned(), 'Grade A'),
    ).toBeDefined();
    const facts = factsOf('tls', unreachable(scanned()));
    expect(facts.filter(({ label }) => label.startsWith('Grade'))).toEqual([]);
    expect(facts.find(({ label }) => label === 'Without a grade')).toMatchObject({ untold: true });
    const never = { tls: [{ ...scannedEndpoint(), scans: [] }] };
    expect(valueOf('tls', never, 'Without a grade')).toMatchObject({ things: ['Shop'] });
  });

  it('counts key policies with a condition on the context; unread ones stand beside', () => {
    const policy = (namesContext: boolean | undefined) =>
      keyRow({
        policy: known({
          publicStatements: [],
          otherAccounts: [],
          rootHasFullAccess: true,
          ...(namesContext !== undefined && { namesContext }),
        }),
      });
    const evidence = keys(policy(true), policy(false), policy(undefined));
    const label = 'Key policies with a condition on the encryption context';
    expect(valueOf('client-side', evidence, label)?.value).toBe('1 of 3.');
    expect(valueOf('client-side', evidence, 'Key policies not read')).toMatchObject({
      value: '1 of 3.',
      untold: true,
    });
  });

  it('tells the last drill, or that there is none', () => {
    expect(valueOf('escrow', drills(), 'Last drill')?.value).toContain('passed');
    const none = { drills: { asOf: now.toISOString(), drills: [], plans: [], findings: [] } };
    expect(valueOf('escrow', none, 'Last drill')?.value).toBe('None is on record.');
  });

  it.each([
    [-1, 'Ended'],
    [5, 'Within 7 days'],
    [7.5, 'Within 7 days'],
    [8, 'Within 8 to 14 days'],
    [20, 'Within 15 to 30 days'],
    [90, 'Later'],
  ])('puts a certificate that ends in %s days under %s', (days, label) => {
    const notAfter = new Date(now.getTime() + days * 86_400_000).toISOString();
    const evidence = scanned(certificate({ notAfter }));
    const facts = factsOf('certificates', evidence);
    expect(facts.filter(({ value }) => value === '1 of 1.').map((fact) => fact.label)).toEqual([
      label,
    ]);
  });

  it('does not leave out a certificate whose end is not known', () => {
    const evidence = scanned(certificate({ notAfter: 'soon' }));
    expect(valueOf('certificates', evidence, 'End not known')).toMatchObject({ untold: true });
  });
});
