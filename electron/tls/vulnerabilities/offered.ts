import type { OfferedSuite, ProtocolResult, TlsVersion } from '../../../shared/model/tls/scan';
import { because, nameOf } from './words';

/** Where suites of a kind are offered, and what keeps the search from being complete. */
export interface Search {
  readonly hits: readonly { readonly version: TlsVersion; readonly suites: OfferedSuite[] }[];
  /** Versions that could hide more: `whether TLS 1.0 is offered is unknown`. Empty: nothing is hidden. */
  readonly gaps: readonly string[];
}

/**
 * Looks through each of `versions` by itself: a server may offer in an old version what it refuses in
 * a new one. A version that was not asked for, is unknown, or whose list is not complete is a gap.
 */
export function findSuites(
  protocols: readonly ProtocolResult[],
  versions: readonly TlsVersion[],
  matches: (suite: OfferedSuite) => boolean,
): Search {
  const hits: { version: TlsVersion; suites: OfferedSuite[] }[] = [];
  const gaps: string[] = [];
  for (const version of versions) {
    const protocol = protocols.find((one) => one.version === version);
    const suites = protocol?.suites.filter(matches) ?? [];
    if (suites.length > 0) hits.push({ version, suites });
    const gap = gapOf(version, protocol);
    if (gap !== undefined) gaps.push(gap);
  }
  return { hits, gaps };
}

function gapOf(version: TlsVersion, protocol: ProtocolResult | undefined): string | undefined {
  if (!protocol) return `${nameOf(version)} was not looked at`;
  if (protocol.offered === 'unknown') {
    return `whether ${nameOf(version)} is offered is unknown${because(protocol.why)}`;
  }
  if (protocol.offered === 'yes' && !protocol.suitesComplete) {
    return `the suites of ${nameOf(version)} are not all known`;
  }
  return undefined;
}

/** `yes` and `no` as seen; `unknown` also for a version that was not asked for. */
export function isOffered(
  protocols: readonly ProtocolResult[],
  version: TlsVersion,
): ProtocolResult['offered'] {
  return protocols.find((one) => one.version === version)?.offered ?? 'unknown';
}

/** True where TLS 1.3 was seen and every older version was seen to be refused. */
export function onlyTls13(protocols: readonly ProtocolResult[]): boolean {
  const older: TlsVersion[] = ['SSLv2', 'SSLv3', 'TLS1.0', 'TLS1.1', 'TLS1.2'];
  return (
    isOffered(protocols, 'TLS1.3') === 'yes' &&
    older.every((version) => isOffered(protocols, version) === 'no')
  );
}

/** `TLS 1.0: TLS_RSA_EXPORT_WITH_RC4_40_MD5 and 2 more; SSLv3: ...` */
export function describeHits(search: Search): string {
  return search.hits
    .map(({ version, suites }) => {
      const more = suites.length > 1 ? ` and ${suites.length - 1} more` : '';
      return `${nameOf(version)}: ${suites[0]?.name ?? ''}${more}`;
    })
    .join('; ');
}
