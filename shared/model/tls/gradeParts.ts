import type { Findings, Gap, GradeReason } from './grade';
import type { Grade } from './judgement';
import { listed, namedChains, offerOf, suiteGaps, suiteOffers, versionName } from './offers';
import { groups, type SuiteInfo } from './registry';
import type { Observation } from './result';
import { tlsVersions, type TlsVersion } from './scan';

interface Scored extends Findings {
  readonly score: number | null;
  readonly parts: Grade['parts'];
}

/** The three parts of the score, 30, 30 and 40 percent (guide, "Methodology overview"). */
export function gradeParts(observation: Observation): Scored {
  const protocol = protocolPart(observation);
  const { value: keyExchange, ...exchange } = keyExchangePart(observation);
  const { value: cipherStrength, ...cipher } = cipherPart(observation);
  const parts = { protocol, keyExchange, cipherStrength };
  return {
    parts,
    score: scoreOf(parts),
    reasons: [...exchange.reasons, ...cipher.reasons],
    gaps: [...exchange.gaps, ...cipher.gaps],
  };
}

function scoreOf({ protocol, keyExchange, cipherStrength }: Grade['parts']): number | null {
  if (protocol === null || keyExchange === null || cipherStrength === null) return null;
  if (protocol === 0 || keyExchange === 0 || cipherStrength === 0) return 0;
  const weighted = [protocol * 30, keyExchange * 30, cipherStrength * 40];
  return weighted.reduce((sum, part) => sum + Math.floor(part / 100), 0);
}

const protocolScores: Readonly<Record<TlsVersion, number>> = {
  SSLv2: 0,
  SSLv3: 80,
  'TLS1.0': 90,
  'TLS1.1': 95,
  'TLS1.2': 100,
  'TLS1.3': 100,
};

/** Half the best and half the worst version; null where one is unknown. */
function protocolPart(observation: Observation): number | null {
  const answers = tlsVersions.map((version) => offerOf(observation, version));
  if (answers.includes('unknown')) return null;
  const scores = tlsVersions
    .filter((_version, index) => answers[index] === 'yes')
    .map((version) => protocolScores[version]);
  return middle(scores);
}

type Part = Findings & { readonly value: number | null };

/** The weakest of certificates' keys, Diffie-Hellman primes and curves. */
function keyExchangePart(observation: Observation): Part {
  const offers = suiteOffers(observation);
  const strengths = [
    ...namedChains(observation).flatMap(({ chain: [own] }) =>
      own ? [certificateKey(own.key)] : [],
    ),
    ...observation.dhParameters.map(({ bits, version }) => ({
      what: `a Diffie-Hellman prime of ${bits} bits (${versionName(version)})`,
      value: factoringScore(bits),
    })),
    ...observation.groups.flatMap(({ id }) => groupStrength(Number(id))),
    ...offers
      .filter(({ info }) => info?.authentication === 'anon')
      .map(({ suite }) => ({ what: `${suite.name}, which authenticates nobody`, value: 0 })),
  ];
  const gaps: Gap[] = [
    ...(observation.groupsComplete || !offers.some(usesGroups)
      ? []
      : [{ what: 'all key exchange groups', reach: 'F' as const }]),
    ...offers
      .filter(
        ({ info, version }) => info?.keyExchange === 'DHE' && !primeSeen(observation, version),
      )
      .map(({ version }) => ({
        what: `the Diffie-Hellman prime of ${versionName(version)}`,
        reach: 'F' as const,
      })),
  ];
  const known = strengths.flatMap(({ value, ...rest }) =>
    value === null ? [] : [{ value, ...rest }],
  );
  const unknown = strengths.filter(({ value }) => value === null);
  gaps.push(
    ...unknown.map(({ what }) => ({ what: `the strength of ${what}`, reach: 'F' as const })),
  );
  const value = known.length === 0 ? null : Math.min(...known.map((each) => each.value));
  const weakest = listed(known.filter((each) => each.value === value).map(({ what }) => what));
  return { value, gaps, reasons: value === null ? [] : keyExchangeCap(value, weakest) };
}

function keyExchangeCap(value: number, weakest: string): GradeReason[] {
  const why = `The key exchange is weak: ${weakest}.`;
  if (value <= 40) return [{ rule: 'key-exchange-broken', letter: 'F', why }];
  return value <= 80 ? [{ rule: 'key-exchange-weak', letter: 'B', why }] : [];
}

function certificateKey(key: Observation['certificates'][number]['chain'][number]['key']) {
  const { type, bits, curve } = key;
  const what = `the certificate's key (${[type, curve ?? bits].filter(Boolean).join(' ')})`;
  if (/^(RSA|DSA)/.test(type))
    return { what, value: bits === undefined ? null : factoringScore(bits) };
  if (/^Ed(25519|448)$/.test(type)) return { what, value: 100 };
  if (type.startsWith('EC')) return { what, value: bits === undefined ? null : curveScore(bits) };
  // The smallest parameter set stands at security category 2 (FIPS 204).
  if (type.startsWith('ML-DSA')) return { what, value: type === 'ML-DSA-44' ? 90 : 100 };
  return { what, value: null };
}

function groupStrength(id: number): { what: string; value: number | null }[] {
  const group = groups.find((one) => one.id === id);
  if (!group) return [{ what: `the group 0x${id.toString(16)}`, value: null }];
  const what = `the group ${group.name}`;
  if (group.kind === 'ml-kem') return [{ what, value: 100 }];
  const value = group.kind === 'finite-field' ? factoringScore(group.bits) : curveScore(group.bits);
  return [{ what, value }];
}

function usesGroups({ info }: { info: SuiteInfo | undefined }): boolean {
  return info === undefined || info.keyExchange === 'any' || info.keyExchange === 'ECDHE';
}

function primeSeen({ dhParameters }: Observation, version: TlsVersion): boolean {
  return dhParameters.some((one) => one.version === version);
}

/** RSA, DSA and finite-field Diffie-Hellman. */
function factoringScore(bits: number): number {
  return step(bits, [
    [512, 20],
    [1024, 40],
    [2048, 80],
    [4096, 90],
  ]);
}

function curveScore(bits: number): number {
  return step(bits, [
    [110, 20],
    [123, 40],
    [163, 80],
    [225, 90],
  ]);
}

function step(bits: number, steps: readonly (readonly [number, number])[]): number {
  return steps.find(([below]) => bits < below)?.[1] ?? 100;
}

/** Half the strongest and half the weakest cipher; below 112 bits it is F. */
function cipherPart(observation: Observation): Part {
  const gaps: Gap[] = suiteGaps(observation, tlsVersions).map((what) => ({ what, reach: 'F' }));
  const offers = suiteOffers(observation);
  for (const { info, suite } of offers) {
    if (!info) gaps.push({ what: `the strength of ${suite.name}`, reach: 'F' });
  }
  const known = offers.flatMap(({ info }) =>
    info ? [{ name: info.name, bits: cipherBits(info) }] : [],
  );
  const weak = known.filter(({ bits }) => bits < 112).map(({ name }) => name);
  const why = `Suites with less than 112 bits are offered: ${listed(weak)}.`;
  return {
    value: gaps.length > 0 ? null : middle(known.map(({ bits }) => cipherScore(bits))),
    gaps,
    reasons: weak.length > 0 ? [{ rule: 'cipher-weak', letter: 'F', why }] : [],
  };
}

/** The guide scores the key's length as it stands in the name: 168 for 3DES, whose effect is 112. */
function cipherBits({ cipher, bits }: SuiteInfo): number {
  return cipher === '3DES' ? 168 : bits;
}

function cipherScore(bits: number): number {
  if (bits === 0) return 0;
  return step(bits, [
    [128, 20],
    [256, 80],
  ]);
}

function middle(scores: readonly number[]): number | null {
  if (scores.length === 0) return null;
  return Math.floor((Math.max(...scores) + Math.min(...scores)) / 2);
}
