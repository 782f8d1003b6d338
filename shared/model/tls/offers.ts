import { suiteInfo, type SuiteInfo } from './registry';
import type { Observation } from './result';
import type { Answer, OfferedSuite, ProtocolResult, ScanPart, TlsVersion } from './scan';

/** A suite, in the version that it is offered with. */
export interface SuiteOffer {
  readonly version: TlsVersion;
  readonly suite: OfferedSuite;
  /** Undefined for a code point that no registry knows. */
  readonly info: SuiteInfo | undefined;
}

type Seen = Pick<Observation, 'protocols'>;

/** Whether a version is offered; `unknown` also where it was not asked for. */
export function offerOf({ protocols }: Seen, version: TlsVersion): Answer {
  return protocols.find((one) => one.version === version)?.offered ?? 'unknown';
}

/** Every suite of every version that is offered. */
export function suiteOffers({ protocols }: Seen): SuiteOffer[] {
  return protocols.flatMap(({ version, offered, suites }) =>
    offered === 'yes' ? suites.map((suite) => ({ version, suite, info: suiteInfo(suite.id) })) : [],
  );
}

/** What keeps the list of suites of `versions` from being whole, as nouns: `the suites of TLS 1.0`. */
export function suiteGaps({ protocols }: Seen, versions: readonly TlsVersion[]): string[] {
  return versions.flatMap((version) => gapOf(version, protocols));
}

function gapOf(version: TlsVersion, protocols: readonly ProtocolResult[]): string[] {
  const protocol = protocols.find((one) => one.version === version);
  if (!protocol || protocol.offered === 'unknown') {
    return [`whether ${versionName(version)} is offered`];
  }
  const whole = protocol.offered === 'no' || protocol.suitesComplete;
  return whole ? [] : [`all suites of ${versionName(version)}`];
}

/** Whether a scan was asked for a part. */
export function wasAsked({ parts }: Pick<Observation, 'parts'>, part: ScanPart): boolean {
  return parts.includes(part);
}

/** The chains that clients get who send the name; where none does, all. */
export function namedChains({ certificates }: Pick<Observation, 'certificates'>) {
  const named = certificates.filter(({ sni }) => sni.includes('with'));
  return named.length > 0 ? named : certificates;
}

/** `TLS 1.2` for `TLS1.2`. */
export function versionName(version: TlsVersion): string {
  return version.replace('TLS1', 'TLS 1').replace('SSLv', 'SSL ');
}

/** `a, b and c`; of more than `most` the rest as a number. */
export function listed(names: readonly string[], most = 4): string {
  const unique = [...new Set(names)];
  const shown = unique.length > most ? unique.slice(0, most) : unique;
  const more = unique.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2
    ? (shown[0] ?? '')
    : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

/** A text as the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
