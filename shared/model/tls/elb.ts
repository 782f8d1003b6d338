import type { ElbPolicyResult } from './judgement';
import {
  elbPolicies,
  elbPostQuantumGroups,
  isUnverifiedElbPolicy,
  type ElbPolicy,
} from './elbPolicies';
import { namedChains, offerOf, suiteGaps, suiteOffers, wasAsked } from './offers';
import { suiteInfo } from './registry';
import type { Observation } from './result';
import { tlsVersions, type TlsVersion } from './scan';
import { versionDifferences, weigh, type Weighed } from './weigh';

/** The policies that every report says how to satisfy: the Terraform baseline's, and the console's default. */
export const usualElbPolicies = [
  'ELBSecurityPolicy-TLS13-1-2-2021-06',
  'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
];

/**
 * Which policies a server's lists equal, and which is nearest where none does. A policy is first
 * projected onto the server's kinds of keys: with an ECDSA certificate nobody sees its RSA suites.
 */
export function elbPolicyOf(
  observation: Observation,
  asked: readonly string[] = [],
): ElbPolicyResult {
  const toSatisfy = [...new Set([...usualElbPolicies, ...asked])].map((name) =>
    satisfyElbPolicy(observation, name),
  );
  const gaps = gapsOf(observation);
  if (gaps.length > 0) {
    const note = `Which policy it is cannot be told without ${gaps.join(', ')}.`;
    return { equal: [], nearest: null, toSatisfy, note };
  }
  const kinds = keyKinds(observation);
  const seen = offerSet(observation);
  const ranked = elbPolicies
    .map((policy) => ({
      policy,
      distance: distance(seen, policySet(policy, kinds)) + groupDistance(observation, policy),
    }))
    .toSorted((a, b) => a.distance - b.distance);
  const equal = ranked.filter((each) => each.distance === 0).map(({ policy }) => policy.name);
  const best = ranked[0]?.policy.name ?? null;
  const nearest = equal.length > 0 || seen.size === 0 ? null : best;
  const only =
    kinds.length === 1 ? ` by its ${kinds[0] === 'EC' ? 'ECDSA' : 'RSA'} certificate` : '';
  const twins = equal.length > 1 ? { note: `These cannot be told apart${only}.` } : {};
  return { equal, nearest, toSatisfy, ...twins };
}

/** What to change so that a server offers nothing beyond a policy, and its newest version. */
export function satisfyElbPolicy(
  observation: Observation,
  name: string,
): ElbPolicyResult['toSatisfy'][number] {
  const policy = elbPolicies.find((one) => one.name === name);
  if (!policy) {
    const reason = isUnverifiedElbPolicy(name)
      ? `The lists of ${name} could not be verified, so nothing is claimed of it.`
      : `No policy with the name ${name} is known.`;
    return { policy: name, verdict: { value: 'cannot-tell', reason }, differences: [] };
  }
  const newest = policy.versions.at(-1);
  const extra = suiteOffers(observation)
    .filter(
      ({ suite, version }) =>
        policy.versions.includes(version) && !policy.suites.includes(suite.id),
    )
    .map(({ suite }) => suite.name);
  const weighed: Weighed[] = [
    ...versionDifferences((version) => offerOf(observation, version), {
      allowed: policy.versions,
      demanded: newest ? [newest] : [],
      // A newer version than the policy has is no weakness.
      all: tlsVersions.filter(
        (version) => tlsVersions.indexOf(version) <= tlsVersions.indexOf(newest ?? 'TLS1.3'),
      ),
    }),
    ...[...new Set(extra)].map((what): Weighed => ({ about: 'suites', kind: 'remove', what })),
    ...suiteGaps(observation, policy.versions).map((gap): Weighed => ({
      about: 'suites',
      kind: 'cannot-tell',
      what: `Unknown: ${gap}.`,
    })),
    ...groupDifferences(observation, policy),
  ];
  return { policy: name, ...weigh(name, weighed) };
}

/** One of the hybrid groups is enough for a client that can; the others are advice. */
function groupDifferences(observation: Observation, { postQuantum }: ElbPolicy): Weighed[] {
  if (!postQuantum) return [];
  const about = 'groups';
  const offered = new Set(observation.groups.map(({ name }) => name));
  const missing = elbPostQuantumGroups.filter((name) => !offered.has(name));
  const none = missing.length === elbPostQuantumGroups.length;
  if (missing.length > 0 && !groupsKnown(observation)) {
    return none
      ? [{ about, kind: 'cannot-tell', what: 'Not all key exchange groups are known.' }]
      : [];
  }
  return missing.map((what) => ({
    about,
    kind: 'add',
    what,
    advice: !(none && what === 'X25519MLKEM768'),
  }));
}

type KeyKind = 'EC' | 'RSA';

/** The kinds of the server's keys: by its certificates, and by the suites that it takes. */
function keyKinds(observation: Observation): KeyKind[] {
  const types = namedChains(observation).map(({ chain }) => chain[0]?.key.type ?? '');
  const suites = suiteOffers(observation).map(({ info }) => info?.authentication);
  const kinds: KeyKind[] = [];
  if (types.some((type) => /^(EC|Ed)/.test(type)) || suites.includes('ECDSA')) kinds.push('EC');
  if (types.some((type) => type.startsWith('RSA')) || suites.includes('RSA')) kinds.push('RSA');
  return kinds;
}

/** A server's offer as `TLS1.2 0xC02F`, and each version by itself. */
function offerSet(observation: Observation): Set<string> {
  const versions = observation.protocols
    .filter(({ offered }) => offered === 'yes')
    .map(({ version }) => version);
  return new Set([
    ...versions,
    ...suiteOffers(observation).map(({ version, suite }) => `${version} ${suite.id}`),
  ]);
}

function policySet({ versions, suites }: ElbPolicy, kinds: readonly KeyKind[]): Set<string> {
  return new Set(
    versions.flatMap((version) => [
      version,
      ...suites.filter((id) => worksIn(id, version, kinds)).map((id) => `${version} ${id}`),
    ]),
  );
}

/** TLS 1.3 has its own suites; AEAD and SHA-2 came with TLS 1.2. */
function worksIn(id: string, version: TlsVersion, kinds: readonly KeyKind[]): boolean {
  const info = suiteInfo(id);
  if (!info) return false;
  if (info.keyExchange === 'any') return version === 'TLS1.3';
  if (version === 'TLS1.3') return false;
  if (version !== 'TLS1.2' && info.mac !== 'SHA1') return false;
  return kinds.includes(info.authentication === 'ECDSA' ? 'EC' : 'RSA');
}

function distance(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((one) => !b.has(one)).length + [...b].filter((one) => !a.has(one)).length;
}

function groupDistance({ groups }: Observation, { postQuantum }: ElbPolicy): number {
  const offered = elbPostQuantumGroups.filter((name) =>
    groups.some((group) => group.name === name),
  );
  return postQuantum ? elbPostQuantumGroups.length - offered.length : offered.length;
}

function groupsKnown(observation: Observation): boolean {
  return wasAsked(observation, 'groups') && observation.groupsComplete;
}

function gapsOf(observation: Observation): string[] {
  const certificate =
    namedChains(observation).length > 0 && observation.certificatesNote === undefined;
  const older = (['TLS1.0', 'TLS1.1', 'TLS1.2'] as const).some(
    (version) => offerOf(observation, version) === 'yes',
  );
  return [
    ...new Set([
      ...suiteGaps(observation, tlsVersions),
      ...(groupsKnown(observation) ? [] : ['all key exchange groups']),
      // TLS 1.3 chooses its suites apart from the certificate.
      ...(certificate || !older ? [] : ['every certificate']),
    ]),
  ];
}
