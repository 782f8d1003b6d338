import type { Verdict } from '../verdict';
import { capital, listed, offerOf, suiteGaps, suiteOffers, versionName, wasAsked } from './offers';
import { fail, pass, unknown } from './ownPolicyVerdict';
import type { Observation } from './result';
import { tlsVersions, type TlsVersion } from './scan';

export function noneOf(observation: Observation, versions: readonly TlsVersion[]): Verdict {
  const found = versions.filter((version) => offerOf(observation, version) === 'yes');
  if (found.length > 0) return fail(`${listed(found.map(versionName))} offered.`);
  const open = versions.filter((version) => offerOf(observation, version) === 'unknown');
  return open.length > 0
    ? unknown(`Whether ${listed(open.map(versionName))} is offered is unknown.`)
    : pass(
        versions.length > 0
          ? `${listed(versions.map(versionName))} not offered.`
          : 'Nothing is older.',
      );
}

export function offered(observation: Observation, version: TlsVersion): Verdict {
  const answer = offerOf(observation, version);
  if (answer === 'unknown')
    return unknown(`Whether ${versionName(version)} is offered is unknown.`);
  return answer === 'yes'
    ? pass(`${versionName(version)} is offered.`)
    : fail(`${versionName(version)} is not offered.`);
}

export function hasGroup(observation: Observation, pattern: string): Verdict {
  const matches = matcher(pattern);
  const found = observation.groups.filter(({ name }) => matches(name)).map(({ name }) => name);
  if (found.length > 0) return pass(`Offers ${listed(found)}.`);
  return groupsKnown(observation)
    ? fail(`${pattern} is not offered.`)
    : unknown('Not all key exchange groups are known.');
}

export function noGroup(observation: Observation, pattern: string): Verdict {
  const matches = matcher(pattern);
  const found = observation.groups.filter(({ name }) => matches(name)).map(({ name }) => name);
  if (found.length > 0) return fail(`Offers ${listed(found)}.`);
  return groupsKnown(observation)
    ? pass(`${pattern} is not offered.`)
    : unknown('Not all key exchange groups are known.');
}

export function dhBits(observation: Observation, least: number): Verdict {
  const gaps = suiteGaps(observation, tlsVersions);
  const short = observation.dhParameters.filter(({ bits }) => bits < least);
  if (short.length > 0)
    return fail(`A prime of ${Math.min(...short.map(({ bits }) => bits))} bits is used.`);
  const unseen = suiteOffers(observation).filter(
    ({ info, version }) =>
      info?.keyExchange === 'DHE' &&
      !observation.dhParameters.some((one) => one.version === version),
  );
  if (gaps.length > 0 || unseen.length > 0)
    return unknown('Not every Diffie-Hellman prime is known.');
  return observation.dhParameters.length > 0
    ? pass('No shorter prime is used.')
    : { value: 'not-applicable', reason: 'No finite-field Diffie-Hellman is offered.' };
}

export function everySuite(
  observation: Observation,
  has: 'forwardSecret' | 'aead',
  without: string,
): Verdict {
  const offers = suiteOffers(observation);
  const lacking = offers.filter(({ info }) => info?.[has] === false).map(({ suite }) => suite.name);
  if (lacking.length > 0) return fail(`Suites ${without}: ${listed(lacking)}.`);
  const gaps = [
    ...suiteGaps(observation, tlsVersions),
    ...offers.filter(({ info }) => !info).map(({ suite }) => `what ${suite.name} is`),
  ];
  if (gaps.length > 0) return unknown(`${capital(listed(gaps))}: unknown.`);
  return offers.length > 0
    ? pass(`No suite ${without} is offered.`)
    : unknown('No suite was seen.');
}

export function noSuite(observation: Observation, pattern: string): Verdict {
  const matches = matcher(pattern);
  const found = suiteOffers(observation).filter(({ suite }) => matches(suite.name));
  if (found.length > 0)
    return fail(
      `Offers ${listed(found.map(({ suite, version }) => `${suite.name} (${versionName(version)})`))}.`,
    );
  const gaps = suiteGaps(observation, tlsVersions);
  return gaps.length > 0 ? unknown(`${capital(listed(gaps))}: unknown.`) : pass('None is offered.');
}

function groupsKnown(observation: Observation): boolean {
  return wasAsked(observation, 'groups') && observation.groupsComplete;
}

/** `*` stands for any characters; small and capital letters are the same. Takes linear time. */
function matcher(pattern: string): (name: string) => boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const last = rest.pop();
  return (name) => {
    const text = name.toLowerCase();
    if (last === undefined) return text === first;
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = text.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return text.length - last.length >= at && text.endsWith(last);
  };
}
