import type { Verdict } from '../verdict';
import type { PresentedChain } from './certificate';
import { namedChains } from './offers';
import type { Must } from './ownPolicyRows';
import type { Observation } from './result';

type Rule = readonly [id: string, name: string, verdict: Verdict];

/** The rows on certificates: each of the server's must satisfy them. */
export function certificateRules(must: Must, observation: Observation): Rule[] {
  const every = (judge: (chain: PresentedChain) => Verdict) => everyChain(observation, judge);
  const { minimumRsaBits, minimumCurveBits, maximumCertificateDays, minimumDaysLeft } = must;
  const rules: (Rule | false | undefined)[] = [
    minimumRsaBits !== undefined && [
      'must.minimumRsaBits',
      `RSA keys of ${minimumRsaBits} bits or more`,
      every((chain) => keyBits(chain, /^RSA/, minimumRsaBits)),
    ],
    minimumCurveBits !== undefined && [
      'must.minimumCurveBits',
      `Curves of ${minimumCurveBits} bits or more`,
      every((chain) => keyBits(chain, /^EC/, minimumCurveBits)),
    ],
    maximumCertificateDays !== undefined && [
      'must.maximumCertificateDays',
      `Certificates for ${maximumCertificateDays} days at most`,
      every((chain) => lifespan(chain, maximumCertificateDays)),
    ],
    minimumDaysLeft !== undefined && [
      'must.minimumDaysLeft',
      `At least ${minimumDaysLeft} days left`,
      every(({ daysLeft, validity }) => daysLeftOf(daysLeft, validity, minimumDaysLeft)),
    ],
    must.trusted && ['must.trusted', 'The chain is trusted', every(trusted)],
    must.hostname && [
      'must.hostname',
      'The certificate is for the host',
      every(({ hostname }) => hostname),
    ],
    must.ocspStaple && ['must.ocspStaple', 'An OCSP answer is stapled', every(staple)],
  ];
  return rules.filter((rule) => typeof rule === 'object');
}

const order = ['fail', 'cannot-tell', 'stale', 'pass', 'not-applicable'] as const;

/** The worst of all chains; a chain that is missing cannot pass. */
function everyChain(observation: Observation, judge: (chain: PresentedChain) => Verdict): Verdict {
  const { certificatesNote } = observation;
  const chains = namedChains(observation);
  const verdicts = chains.map(judge);
  if (chains.length === 0 || certificatesNote !== undefined) {
    verdicts.push({ value: 'cannot-tell', reason: certificatesNote ?? 'No certificate was seen.' });
  }
  const worst = verdicts.toSorted((a, b) => order.indexOf(a.value) - order.indexOf(b.value))[0];
  return worst ?? { value: 'cannot-tell', reason: 'No certificate was seen.' };
}

function keyBits({ chain }: PresentedChain, kind: RegExp, least: number): Verdict {
  const key = chain[0]?.key;
  if (!key || key.type === '')
    return { value: 'cannot-tell', reason: 'The key could not be read.' };
  if (!kind.test(key.type)) return { value: 'not-applicable', reason: `The key is ${key.type}.` };
  if (key.bits === undefined)
    return { value: 'cannot-tell', reason: "The key's length is unknown." };
  const reason = `The key has ${key.bits} bits.`;
  return { value: key.bits >= least ? 'pass' : 'fail', reason };
}

function lifespan({ chain }: PresentedChain, most: number): Verdict {
  const own = chain[0];
  const days = own
    ? (Date.parse(own.notAfter) - Date.parse(own.notBefore)) / 86_400_000
    : Number.NaN;
  if (Number.isNaN(days)) return { value: 'cannot-tell', reason: 'The dates could not be read.' };
  return {
    value: days <= most ? 'pass' : 'fail',
    reason: `Valid for ${Math.round(days)} days in all.`,
  };
}

function daysLeftOf(daysLeft: number, validity: Verdict, least: number): Verdict {
  if (validity.value === 'cannot-tell') return validity;
  return { value: daysLeft >= least ? 'pass' : 'fail', reason: validity.reason };
}

/** By any of the stores. */
function trusted({ trust }: PresentedChain): Verdict {
  const verdicts = trust.map(({ verdict }) => verdict);
  const found =
    verdicts.find(({ value }) => value === 'pass') ??
    verdicts.find(({ value }) => value === 'cannot-tell') ??
    verdicts[0];
  return found ?? { value: 'cannot-tell', reason: 'No store was asked.' };
}

function staple({ staple: { value, why } }: PresentedChain): Verdict {
  if (value === 'unknown') return { value: 'cannot-tell', reason: why ?? 'It could not be told.' };
  return value === 'yes'
    ? { value: 'pass', reason: 'An OCSP answer is stapled.' }
    : { value: 'fail', reason: why ?? 'No OCSP answer is stapled.' };
}
