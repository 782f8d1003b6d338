import { describe, expect, it } from 'vitest';
import { factIds } from '../../../shared/model/adviser/account/fact';
import { numbersSchema } from '../../../shared/model/adviser/numbers';
import { additionRules } from '../../../shared/model/adviser/rules';
import { scenarioIds } from '../../../shared/model/adviser/scenario';
import { scenarios } from '../../../shared/model/adviser/scenarios/index';
import { checkOf } from '../../../shared/model/readiness/checks/index';
import { pitfallIds } from '../../../shared/model/readiness/pitfalls/pitfall';

it('has the six rows of the guide’s matrix, in its words and its order', () => {
  expect(scenarios.map(({ id }) => id)).toEqual(scenarioIds);
  expect(
    scenarios.map(({ scenario, approach, why, avoid }) => [scenario, approach, why, avoid]),
  ).toEqual([
    [
      'High-volume object storage',
      'Envelope encryption + KMS',
      'Decouples data key from master key; enables rotation',
      'Direct KMS encryption (rate limits, cost)',
    ],
    [
      'Relational database',
      'TDE + application-level column encryption',
      'TDE covers storage; app-layer protects sensitive columns',
      'Relying solely on TDE for compliance-critical fields',
    ],
    [
      'Internal microservices',
      'mTLS via service mesh',
      'Zero-trust without app changes',
      'Custom TLS implementations per service',
    ],
    [
      'Mobile client sync',
      'Client-side AES-GCM + certificate pinning',
      'Protects data before network transit',
      'Disabling pinning in production builds',
    ],
    [
      'Backup archives',
      'AES-256-GCM + multi-region KMS replication',
      'Ensures recoverability across failures',
      'Single-region keys without escrow',
    ],
    [
      'Real-time telemetry',
      'TLS in transit + anonymization at rest',
      'Balances performance & privacy',
      'Full payload encryption on high-fps streams',
    ],
  ]);
});

/** Where the links of the adviser may lead; a check or a pitfall is looked up by its id. */
function leadsSomewhere(to: string): boolean {
  const [path = '', query = ''] = to.split('?');
  const check = new URLSearchParams(query).get('check');
  if (check !== null) return path === '/readiness' && checkOf(check) !== undefined;
  const pitfall = /^\/readiness\/pitfalls\/(.+)$/.exec(path)?.[1];
  if (pitfall !== undefined) return (pitfallIds as readonly string[]).includes(pitfall);
  return ['/readiness', '/keys', '/tls', '/envelopes', '/drills', '/events'].includes(path);
}

describe.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('%s', (_id, one) => {
  it('names checks that there are, each once', () => {
    expect(one.checks.length).toBeGreaterThan(0);
    expect(new Set(one.checks).size).toBe(one.checks.length);
    expect(one.checks.filter((id) => !checkOf(id))).toEqual([]);
  });

  it('looks for things that can be looked for, and says when not, what else, and how', () => {
    expect(one.facts.filter((id) => !factIds.includes(id))).toEqual([]);
    expect(new Set(one.facts).size).toBe(one.facts.length);
    expect(one.notFor.length).toBeGreaterThan(0);
    expect(one.alternatives.length).toBeGreaterThan(1);
    for (const { gain, price } of one.alternatives) expect(gain && price).not.toBe('');
    const { console: inConsole, cli, terraform } = one.how;
    expect(cli).toMatch(/^aws /);
    expect(terraform).toMatch(/^(resource|data) "/);
    expect(inConsole).not.toBe('');
    const links = one.how.steps.flatMap(({ link }) => link?.to ?? []);
    expect(links.filter((to) => !leadsSomewhere(to))).toEqual([]);
    expect(links.length).toBeGreaterThan(0);
  });

  it('estimates from numbers that are allowed', () => {
    expect(numbersSchema.parse(one.numbers)).toEqual(one.numbers);
  });
});

it('adds checks that there are', () => {
  const ids = additionRules.flatMap(({ checks }) => checks);
  expect(ids.filter((id) => !checkOf(id))).toEqual([]);
  const links = additionRules.flatMap(({ link }) => link?.to ?? []);
  expect(links.filter((to) => !leadsSomewhere(to))).toEqual([]);
});
