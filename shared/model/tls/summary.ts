import type { ScanSummary } from './fleet';
import { gradeLetters } from './judgement';
import { namedChains, offerOf, wasAsked } from './offers';
import type { ScanResult } from './result';
import { vulnerabilityIds, type Answer } from './scan';

/** One address's scan in a few values; `scan` is its number in the store. */
export function summarise(result: ScanResult, scan: number): ScanSummary {
  const { endpoint, grade, startedAt, reachable, unreachable, elbPolicy, stats } = result;
  const chains = namedChains(result);
  const first = chains.toSorted((a, b) => a.daysLeft - b.daysLeft)[0];
  const own = first?.chain[0];
  const reasons =
    grade.letter === null
      ? grade.missing
      : [...grade.caps, ...grade.warnings].map(({ why }) => why);
  const policy =
    elbPolicy.equal[0] ?? (elbPolicy.nearest === null ? undefined : `~${elbPolicy.nearest}`);
  return {
    scan,
    at: startedAt,
    ...(endpoint.address !== undefined && { address: endpoint.address }),
    reachable,
    ...(unreachable !== undefined && { unreachable }),
    grade: gradeLetters.find((letter) => letter === grade.letter) ?? null,
    reasons,
    versions: result.protocols.map(({ version, offered }) => ({ version, offered })),
    ...(own && first && { notAfter: own.notAfter, daysLeft: first.daysLeft, issuer: own.issuer }),
    keyTypes: [...new Set(chains.flatMap(({ chain }) => chain[0]?.key.type ?? []))],
    profile: profileOf(result),
    ...(policy !== undefined && { elbPolicy: policy }),
    postQuantum: postQuantumOf(result),
    vulnerable: vulnerabilityIds.filter((id) =>
      result.vulnerabilities.some((one) => one.id === id && one.verdict === 'vulnerable'),
    ),
    unknowns: reachable ? unknownsOf(result) : 0,
    ms: stats.ms,
  };
}

/** The strictest that passes; unknown where one that is stricter than the answer could still pass. */
function profileOf({ profiles }: ScanResult): ScanSummary['profile'] {
  for (const name of ['modern', 'intermediate', 'old'] as const) {
    const found = profiles.findLast(({ id }) => id.endsWith(`/${name}`));
    if (found?.verdict.value === 'pass') return name;
    if (found?.verdict.value !== 'fail') return 'unknown';
  }
  return 'none';
}

function postQuantumOf({ postQuantum: { value } }: ScanResult): Answer {
  if (value === 'pass') return 'yes';
  return value === 'fail' ? 'no' : 'unknown';
}

/** How many questions that were asked have no answer. */
function unknownsOf(result: ScanResult): number {
  const { features, http, caa } = result;
  const open = (values: readonly (string | undefined)[]) =>
    values.filter((value) => value === 'unknown').length;
  const versions = result.protocols.filter(
    ({ version, suitesComplete }) =>
      offerOf(result, version) === 'unknown' ||
      (offerOf(result, version) === 'yes' && !suitesComplete),
  ).length;
  return (
    versions +
    (wasAsked(result, 'groups') && !result.groupsComplete ? 1 : 0) +
    open(Object.values(features ?? {}).map(({ value }) => value)) +
    open(
      [http?.spoken, http?.hsts, http?.redirect, http?.compression, caa].map((one) => one?.value),
    ) +
    open(result.vulnerabilities.map(({ verdict }) => verdict)) +
    (result.certificatesNote === undefined ? 0 : 1)
  );
}
