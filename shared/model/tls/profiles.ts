import type { ProfileResult } from './judgement';
import { mozillaProfiles, type MozillaProfile } from './mozilla';
import { namedChains, offerOf, suiteGaps, suiteOffers, versionName, wasAsked } from './offers';
import type { Observation } from './result';
import { tlsVersions } from './scan';
import { versionDifferences, weigh, type Weighed } from './weigh';

/**
 * Mozilla's profiles, each with every difference. A server that offers less than a profile satisfies it,
 * as long as it has TLS 1.3; what is only recommended (the post-quantum group, who chooses the suite
 * where all are good) is listed and fails nobody.
 */
export function profilesOf(observation: Observation): ProfileResult[] {
  return mozillaProfiles.map((profile) => profileOf(observation, profile));
}

function profileOf(observation: Observation, profile: MozillaProfile): ProfileResult {
  const { id, name } = profile;
  const rules = [versions, suites, preference, groups, dhPrimes, certificates, hsts];
  return {
    id,
    name,
    ...weigh(
      name,
      rules.flatMap((rule) => rule(observation, profile)),
    ),
  };
}

type Rule = (observation: Observation, profile: MozillaProfile) => Weighed[];

const versions: Rule = (observation, { versions: allowed }) =>
  versionDifferences((version) => offerOf(observation, version), {
    allowed,
    demanded: ['TLS1.3'],
    all: tlsVersions,
  });

const suites: Rule = (observation, { suites: allowed, versions: taken }) => {
  const about = 'suites';
  const extra = suiteOffers(observation)
    .filter(({ suite, version }) => taken.includes(version) && !allowed.includes(suite.id))
    .map(({ suite }) => suite.name);
  return [
    ...[...new Set(extra)].map((what): Weighed => ({ about, kind: 'remove', what })),
    ...suiteGaps(observation, taken).map((gap): Weighed => ({
      about,
      kind: 'cannot-tell',
      what: `Unknown: ${gap}.`,
    })),
  ];
};

/** TLS 1.3 has no weak suites to choose among. */
const preference: Rule = ({ protocols }, { serverOrder, versions: taken }) => {
  const about = 'preference';
  return protocols
    .filter(
      ({ version, offered, suites: list }) =>
        offered === 'yes' && version !== 'TLS1.3' && taken.includes(version) && list.length > 1,
    )
    .flatMap(({ version, preference: found }): Weighed[] => {
      const name = versionName(version);
      if (found === 'unknown') {
        // Where the client is to choose, the order is advice, and so is not knowing it.
        const what = `Who chooses the suite in ${name}.`;
        return serverOrder ? [{ about, kind: 'cannot-tell', what }] : [];
      }
      if (serverOrder && found === 'client')
        return [{ about, kind: 'change', what: `Let the server choose the suite in ${name}.` }];
      return !serverOrder && found === 'server'
        ? [
            {
              about,
              kind: 'change',
              what: `Let the client choose the suite in ${name}.`,
              advice: true,
            },
          ]
        : [];
    });
};

const groups: Rule = (observation, { groups: allowed }) => {
  const about = 'groups';
  const unknown: Weighed = {
    about,
    kind: 'cannot-tell',
    what: 'Not all key exchange groups are known.',
  };
  const offered = observation.groups.map(({ name }) => name);
  const complete = wasAsked(observation, 'groups') && observation.groupsComplete;
  return [
    ...offered
      .filter((name) => !allowed.includes(name))
      .map((what): Weighed => ({ about, kind: 'remove', what })),
    ...(complete ? [] : [unknown]),
    ...(complete && !offered.includes('X25519MLKEM768')
      ? [{ about, kind: 'add', what: 'X25519MLKEM768', advice: true } as const]
      : []),
  ];
};

const dhPrimes: Rule = ({ dhParameters }, { dhBits }) =>
  dhBits === null
    ? []
    : dhParameters
        .filter(({ bits }) => bits < dhBits)
        .map(({ bits, version }): Weighed => ({
          about: 'dh',
          kind: 'change',
          what: `The Diffie-Hellman prime of ${versionName(version)}: ${bits} bits, at least ${dhBits} wanted.`,
        }));

const certificates: Rule = (observation, profile) => {
  const chains = namedChains(observation);
  const whole = chains.length > 0 && observation.certificatesNote === undefined;
  const unknown: Weighed = {
    about: 'certificate',
    kind: 'cannot-tell',
    what: 'Not every certificate is known.',
  };
  return [...(whole ? [] : [unknown]), ...chains.flatMap((chain) => certificate(chain, profile))];
};

function certificate(
  { chain, staple }: Observation['certificates'][number],
  profile: MozillaProfile,
): Weighed[] {
  const about = 'certificate';
  const [own] = chain;
  if (!own) return [];
  const found: Weighed[] = [];
  const change = (what: string) => found.push({ about, kind: 'change', what });
  const { type, bits, curve } = own.key;
  const kind = type.startsWith('EC') ? 'EC' : type;
  if (!profile.certificateTypes.some((one) => one === kind)) {
    change(`A key of the kind ${type}; ${profile.certificateTypes.join(' or ')} wanted.`);
  } else if (kind === 'EC') {
    const standard = curve === undefined ? undefined : (curveNames[curve] ?? curve);
    if (standard === undefined)
      found.push({ about, kind: 'cannot-tell', what: "The key's curve." });
    else if (!profile.certificateCurves.includes(standard)) {
      change(`A key on ${curve}; P-256 or P-384 wanted.`);
    }
  } else if (bits === undefined) {
    found.push({ about, kind: 'cannot-tell', what: "The key's length." });
  } else if (bits < (profile.rsaBits ?? Infinity)) {
    change(`An RSA key of ${bits} bits; at least ${profile.rsaBits} wanted.`);
  }
  if (!profile.certificateSignatures.includes(own.signatureAlgorithm)) {
    change(
      `Signed with ${own.signatureAlgorithm}; ${profile.certificateSignatures.join(' or ')} wanted.`,
    );
  }
  const days = (Date.parse(own.notAfter) - Date.parse(own.notBefore)) / 86_400_000;
  if (Number.isNaN(days)) found.push({ about, kind: 'cannot-tell', what: 'How long it is valid.' });
  else if (days > profile.lifespanDays) {
    change(`Valid for ${Math.round(days)} days; at most ${profile.lifespanDays} wanted.`);
  }
  // Without a responder there is nothing to staple: some authorities have ended OCSP.
  if (own.ocspUrls.length > 0 && staple.value !== 'yes') {
    const missing = staple.value === 'no';
    found.push({
      about: 'staple',
      kind: missing ? 'add' : 'cannot-tell',
      what: missing ? 'A stapled OCSP answer.' : 'Whether an OCSP answer is stapled.',
    });
  }
  return found;
}

const curveNames: Readonly<Record<string, string>> = {
  'P-256': 'secp256r1',
  prime256v1: 'secp256r1',
  'P-384': 'secp384r1',
};

const hsts: Rule = ({ http }, { hstsSeconds }) => {
  const about = 'hsts';
  if (http?.spoken.value === 'no') return [];
  if (http?.spoken.value !== 'yes' || http.hsts.value === 'unknown') {
    return [{ about, kind: 'cannot-tell', what: 'Whether HSTS is in force.' }];
  }
  const { value, maxAgeSeconds = 0 } = http.hsts;
  const wanted = `max-age=${hstsSeconds} or more`;
  if (value === 'no') return [{ about, kind: 'add', what: `HSTS with ${wanted}.` }];
  return maxAgeSeconds < hstsSeconds
    ? [{ about, kind: 'change', what: `HSTS with max-age=${maxAgeSeconds}; ${wanted} wanted.` }]
    : [];
};
