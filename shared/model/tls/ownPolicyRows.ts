import type { Verdict } from '../verdict';
import { severity } from './grade';
import type { Judgement } from './judgement';
import { certificateRules } from './ownPolicyCertificate';
import { guideVerdicts } from './guide';
import { listed, versionName } from './offers';
import { dhBits, everySuite, hasGroup, noGroup, noneOf, noSuite, offered } from './ownPolicyOffers';
import { fail, pass, unknown } from './ownPolicyVerdict';
import type { OwnPolicy } from './ownPolicySchema';
import { satisfyElbPolicy } from './elb';
import type { Observation } from './result';
import { tlsVersions, vulnerabilityIds } from './scan';

type Row = Judgement['ownPolicy'][number];
type Judged = Omit<Judgement, 'ownPolicy'>;
export type Must = NonNullable<OwnPolicy['must']>;
type MustNot = NonNullable<OwnPolicy['mustNot']>;

/** One row for each rule of the policy; unknown is `cannot-tell`, never met. */
export function ownPolicyRows(policy: OwnPolicy, observation: Observation, judged: Judged): Row[] {
  const { must = {}, mustNot = {} } = policy;
  return [...mustRows(must, observation, judged), ...mustNotRows(mustNot, observation)];
}

function mustRows(must: Must, observation: Observation, judged: Judged): Row[] {
  const { minimumVersion, versions, groups, minimumGrade, mozillaProfile, elbPolicy } = must;
  const rows: (Row | false | '' | undefined)[] = [
    minimumVersion &&
      row(
        'must.minimumVersion',
        `${versionName(minimumVersion)} or newer only`,
        noneOf(observation, tlsVersions.slice(0, tlsVersions.indexOf(minimumVersion))),
      ),
    ...(versions ?? []).map((version) =>
      row(
        `must.versions.${version}`,
        `${versionName(version)} is offered`,
        offered(observation, version),
      ),
    ),
    ...(groups ?? []).map((name) =>
      row(`must.groups.${name}`, `The group ${name} is offered`, hasGroup(observation, name)),
    ),
    minimumGrade &&
      row(
        'must.minimumGrade',
        `Grade ${minimumGrade} or better`,
        gradeAtLeast(judged, minimumGrade),
      ),
    ...certificateRules(must, observation).map(([id, name, verdict]) => row(id, name, verdict)),
    must.minimumDhBits !== undefined &&
      row(
        'must.minimumDhBits',
        `Diffie-Hellman primes of ${must.minimumDhBits} bits or more`,
        dhBits(observation, must.minimumDhBits),
      ),
    must.hstsMinimumDays !== undefined &&
      row(
        'must.hstsMinimumDays',
        `HSTS for ${must.hstsMinimumDays} days or more`,
        hsts(observation, must.hstsMinimumDays),
      ),
    must.redirect && row('must.redirect', 'Port 80 sends to https', redirect(observation)),
    must.forwardSecrecy &&
      row(
        'must.forwardSecrecy',
        'Forward secrecy only',
        everySuite(observation, 'forwardSecret', 'without forward secrecy'),
      ),
    must.aead &&
      row(
        'must.aead',
        'Authenticated encryption only',
        everySuite(observation, 'aead', 'without AEAD'),
      ),
    must.postQuantum && row('must.postQuantum', 'Post-quantum key exchange', judged.postQuantum),
    must.clientCertificate &&
      row(
        'must.clientCertificate',
        'Clients need a certificate',
        guideVerdicts(observation, true).at(-1)?.verdict ?? unknown('Not looked at.'),
      ),
    mozillaProfile &&
      row(
        'must.mozillaProfile',
        `Mozilla’s profile ${mozillaProfile}`,
        profile(judged, mozillaProfile),
      ),
    elbPolicy &&
      row(
        'must.elbPolicy',
        `As strict as ${elbPolicy}`,
        satisfyElbPolicy(observation, elbPolicy).verdict,
      ),
  ];
  return rows.filter((one) => typeof one === 'object');
}

function mustNotRows(mustNot: MustNot, observation: Observation): Row[] {
  const { versions = [], suites = [], groups = [], vulnerabilities = [] } = mustNot;
  const holes = vulnerabilities === 'all' ? vulnerabilityIds : vulnerabilities;
  return [
    ...versions.map((version) =>
      row(
        `mustNot.versions.${version}`,
        `${versionName(version)} is not offered`,
        noneOf(observation, [version]),
      ),
    ),
    ...suites.map((pattern) =>
      row(`mustNot.suites.${pattern}`, `No suite ${pattern}`, noSuite(observation, pattern)),
    ),
    ...groups.map((pattern) =>
      row(`mustNot.groups.${pattern}`, `No group ${pattern}`, noGroup(observation, pattern)),
    ),
    ...holes.map((id) =>
      row(`mustNot.vulnerabilities.${id}`, `Not vulnerable: ${id}`, hole(observation, id)),
    ),
  ];
}

function row(id: string, name: string, verdict: Verdict): Row {
  return { id, name, verdict };
}

function gradeAtLeast(
  { grade: { letter, missing } }: Judged,
  least: NonNullable<Must['minimumGrade']>,
): Verdict {
  if (letter === null) return unknown(`No grade without ${listed(missing)}.`);
  return severity(letter) <= severity(least) ? pass(`Grade ${letter}.`) : fail(`Grade ${letter}.`);
}

function hsts({ http }: Observation, days: number): Verdict {
  if (http?.spoken.value === 'no')
    return { value: 'not-applicable', reason: 'The server speaks no HTTP.' };
  if (http?.spoken.value !== 'yes' || http.hsts.value === 'unknown')
    return unknown(http?.hsts.why ?? http?.spoken.why ?? 'HTTP was not asked.');
  const { value, maxAgeSeconds = 0, why } = http.hsts;
  if (value === 'no') return fail(why ?? 'HSTS is not in force.');
  const held = Math.floor(maxAgeSeconds / 86_400);
  return held >= days
    ? pass(`HSTS holds for ${held} days.`)
    : fail(`HSTS holds for ${held} days only.`);
}

function redirect({ http }: Observation): Verdict {
  const { value, why } = http?.redirect ?? { value: 'unknown' as const };
  if (value === 'unknown') return unknown(why ?? 'Port 80 was not asked.');
  return value === 'yes'
    ? pass('Port 80 sends to https.')
    : fail(why ?? 'Port 80 does not send to https.');
}

function hole({ vulnerabilities }: Observation, id: (typeof vulnerabilityIds)[number]): Verdict {
  const found = vulnerabilities.find((one) => one.id === id);
  if (!found) return unknown('It was not tested.');
  switch (found.verdict) {
    case 'vulnerable':
      return fail(found.why);
    case 'not-vulnerable':
      return pass(found.why);
    // The conditions are there; whether the hole is, nobody can tell from outside.
    case 'potential':
    case 'unknown':
    case 'not-tested':
      return unknown(found.why);
    default:
      return found.verdict satisfies never;
  }
}

function profile({ profiles }: Judged, name: string): Verdict {
  // The newest guidelines that have it.
  const found = profiles.findLast(({ id }) => id.endsWith(`/${name}`));
  return found?.verdict ?? unknown('The profile was not judged.');
}
