import { certificateCaps } from './gradeCertificate';
import type { Findings, Gap, GradeReason } from './grade';
import { listed, offerOf, suiteGaps, suiteOffers, versionName, type SuiteOffer } from './offers';
import type { Observation } from './result';
import { tlsVersions, type TlsVersion, type VulnerabilityId } from './scan';

/** Everything that caps the letter, and what unknown could. */
export function gradeCaps(observation: Observation): Findings {
  const found = [certificateCaps, versionCaps, suiteCaps, vulnerabilityCaps].map((rules) =>
    rules(observation),
  );
  return {
    reasons: found.flatMap(({ reasons }) => reasons),
    gaps: found.flatMap(({ gaps }) => gaps),
  };
}

function versionCaps(observation: Observation): Findings {
  const reasons: GradeReason[] = [];
  const gaps: Gap[] = [];
  const offered = (version: TlsVersion) => offerOf(observation, version);
  const older: [TlsVersion, string, GradeReason['letter']][] = [
    ['SSLv2', 'ssl2', 'F'],
    ['SSLv3', 'ssl3', 'B'],
    ['TLS1.0', 'tls10', 'B'],
    ['TLS1.1', 'tls11', 'B'],
  ];
  for (const [version, rule, letter] of older) {
    if (offered(version) === 'yes') {
      reasons.push({ rule, letter, why: `${versionName(version)} is offered.` });
    } else if (offered(version) === 'unknown') {
      gaps.push({ what: `whether ${versionName(version)} is offered`, reach: letter });
    }
  }
  const newer = (['TLS1.0', 'TLS1.1', 'TLS1.2', 'TLS1.3'] as const).map(offered);
  const modern = newer.slice(2);
  if (modern.every((answer) => answer === 'no')) {
    reasons.push({ rule: 'no-tls12', letter: 'C', why: 'Neither TLS 1.2 nor TLS 1.3 is offered.' });
  } else if (!modern.includes('yes')) {
    gaps.push({ what: 'whether TLS 1.2 or TLS 1.3 is offered', reach: 'C' });
  }
  if (offered('SSLv3') === 'yes' && newer.every((answer) => answer === 'no')) {
    reasons.push({ rule: 'ssl3-best', letter: 'F', why: 'SSL 3 is the best that is offered.' });
  } else if (offered('SSLv3') !== 'no' && !newer.includes('yes')) {
    gaps.push({ what: 'whether anything better than SSL 3 is offered', reach: 'F' });
  }
  return { reasons, gaps };
}

interface SuiteCap {
  readonly rule: string;
  readonly letter: GradeReason['letter'];
  readonly versions: readonly TlsVersion[];
  readonly matches: (offer: SuiteOffer) => boolean;
  readonly what: string;
}

const sinceTls11: readonly TlsVersion[] = ['TLS1.1', 'TLS1.2', 'TLS1.3'];
const small = ['DES', '3DES', 'IDEA', 'RC2'];

/** Looked for in every version by itself: a server may refuse in TLS 1.2 what it takes in TLS 1.0. */
const suiteRules: readonly SuiteCap[] = [
  {
    rule: 'export',
    letter: 'F',
    versions: tlsVersions,
    what: 'Export suites are offered',
    matches: ({ info }) => info?.export === true,
  },
  {
    rule: 'rc4-modern',
    letter: 'C',
    versions: sinceTls11,
    what: 'RC4 is offered with TLS 1.1 or newer',
    matches: ({ info }) => info?.cipher === 'RC4',
  },
  {
    rule: 'rc4',
    letter: 'B',
    versions: tlsVersions,
    what: 'RC4 is offered',
    matches: ({ info }) => info?.cipher === 'RC4',
  },
  {
    rule: 'sweet32',
    letter: 'C',
    versions: sinceTls11,
    what: 'Ciphers with 64-bit blocks are offered with TLS 1.1 or newer (SWEET32)',
    matches: ({ info }) => info?.mode === 'CBC' && small.includes(info.cipher),
  },
  {
    rule: 'poodle-ssl',
    letter: 'C',
    versions: ['SSLv3'],
    what: 'CBC suites are offered with SSL 3 (POODLE)',
    matches: ({ info }) => info?.mode === 'CBC',
  },
  {
    rule: 'beast',
    letter: 'B',
    versions: ['SSLv3', 'TLS1.0'],
    what: 'CBC suites are offered with TLS 1.0 or older (BEAST)',
    matches: ({ info }) => info?.mode === 'CBC',
  },
];

function suiteCaps(observation: Observation): Findings {
  const reasons: GradeReason[] = [];
  const gaps: Gap[] = [];
  const offers = suiteOffers(observation);
  for (const { rule, letter, versions, matches, what } of suiteRules) {
    const hits = offers.filter((offer) => versions.includes(offer.version) && matches(offer));
    const names = listed(
      hits.map(({ suite, version }) => `${suite.name} in ${versionName(version)}`),
      2,
    );
    if (hits.length > 0) reasons.push({ rule, letter, why: `${what}: ${names}.` });
    else
      gaps.push(...suiteGaps(observation, versions).map((gap) => ({ what: gap, reach: letter })));
  }
  const wanted = [
    {
      rule: 'no-forward-secrecy',
      has: 'forwardSecret',
      why: 'No suite with forward secrecy is offered.',
    },
    {
      rule: 'no-aead',
      has: 'aead',
      why: 'No suite with authenticated encryption (AEAD) is offered.',
    },
  ] as const;
  for (const { rule, has, why } of wanted) {
    if (offers.some(({ info }) => info?.[has])) continue;
    const open = suiteGaps(observation, tlsVersions);
    if (open.length === 0) reasons.push({ rule, letter: 'B', why });
    else gaps.push(...open.map((what) => ({ what, reach: 'B' as const })));
  }
  return { reasons, gaps };
}

const holes: readonly (readonly [VulnerabilityId, string, GradeReason['letter']])[] = [
  ['heartbleed', 'Heartbleed', 'F'],
  ['ccs-injection', 'CCS injection', 'F'],
  ['ticketbleed', 'Ticketbleed', 'F'],
  ['robot', 'ROBOT', 'F'],
  ['drown', 'DROWN', 'F'],
  ['insecure-renegotiation', 'Insecure renegotiation', 'F'],
  ['poodle-tls', 'POODLE against TLS', 'F'],
  ['crime', 'CRIME', 'C'],
];

function vulnerabilityCaps({ vulnerabilities }: Observation): Findings {
  const reasons: GradeReason[] = [];
  const gaps: Gap[] = [];
  for (const [id, name, letter] of holes) {
    const found = vulnerabilities.find((one) => one.id === id);
    if (found?.verdict === 'vulnerable') {
      reasons.push({ rule: id, letter, why: `${name}: ${found.why}` });
    } else if (!found || found.verdict === 'unknown' || found.verdict === 'not-tested') {
      const how = found?.verdict === 'unknown' ? '' : ' (not tested)';
      gaps.push({ what: `whether ${name} works${how}`, reach: letter });
    }
  }
  return { reasons, gaps };
}
