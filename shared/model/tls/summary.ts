import type { ScanSummary } from './fleet';
import type { ScanResult } from './result';
import type { Answer } from './scan';

/** One address's scan in a few values. @param scan its number in the store */
export function summarise(result: ScanResult, scan: number): ScanSummary {
  const { endpoint, reachable, unreachable, grade, certificates, elbPolicy, vulnerabilities } =
    result;
  const first = certificates.toSorted((a, b) => a.daysLeft - b.daysLeft)[0];
  const leaf = first?.chain[0];
  const policy =
    elbPolicy.equal[0] ?? (elbPolicy.nearest === null ? undefined : `~${elbPolicy.nearest}`);
  return {
    scan,
    at: result.startedAt,
    ...(endpoint.address !== undefined && { address: endpoint.address }),
    reachable,
    ...(unreachable !== undefined && { unreachable }),
    grade: grade.letter,
    versions: result.protocols.map(({ version, offered }) => ({ version, offered })),
    ...(first &&
      leaf && { notAfter: leaf.notAfter, daysLeft: first.daysLeft, issuer: leaf.issuer }),
    keyTypes: [...new Set(certificates.flatMap(({ chain }) => chain[0]?.key.type ?? []))],
    profile: profileOf(result),
    ...(policy !== undefined && { elbPolicy: policy }),
    postQuantum: postQuantumOf(result),
    vulnerable: vulnerabilities.flatMap(({ id, verdict }) => (verdict === 'vulnerable' ? id : [])),
    unknowns: unknownsOf(result),
    ms: result.stats.ms,
  };
}

/** The strictest that is satisfied; `none` only where every one fails. */
function profileOf({ profiles }: ScanResult): ScanSummary['profile'] {
  for (const name of ['modern', 'intermediate', 'old'] as const) {
    const profile = profiles.find(({ id }) => id.endsWith(`/${name}`));
    if (profile?.verdict.value === 'pass') return name;
    if (profile?.verdict.value !== 'fail') return 'unknown';
  }
  return 'none';
}

function postQuantumOf({ reachable, groups, groupsComplete, parts }: ScanResult): Answer {
  if (groups.some(({ name }) => name.includes('MLKEM'))) return 'yes';
  return reachable && groupsComplete && parts.includes('groups') ? 'no' : 'unknown';
}

/** Questions that were asked and have no answer. */
function unknownsOf({ protocols, vulnerabilities, parts }: ScanResult): number {
  const wanted = parts.includes('protocols') || parts.includes('suites');
  const versions = protocols.filter(
    ({ offered, suitesComplete }) =>
      offered === 'unknown' || (parts.includes('suites') && offered === 'yes' && !suitesComplete),
  );
  const holes = vulnerabilities.filter(({ verdict }) => verdict === 'unknown');
  return (wanted ? versions.length : 0) + holes.length;
}
