import { groupName, schemeName, suiteId, suiteName } from '../../../shared/model/tls/registry';
import {
  tlsVersions,
  type OfferedGroup,
  type OfferedSuite,
  type ProtocolResult,
  type ScanPart,
  type TlsVersion,
} from '../../../shared/model/tls/scan';
import type { Dialer } from '../net/types';
import { createAsker } from './asker';
import { makeContact } from './contact';
import { findCurves, type CurvesFinding } from './curves';
import { dhBitsOf, dhParametersOf } from './dhParameters';
import { findLegacySuites } from './legacySuites';
import { findSchemes12, findSchemes13, type SchemesFinding } from './signatureSchemes';
import { findSsl2, type Ssl2Finding } from './ssl2';
import { findTls13, type Tls13Finding } from './tls13';
import { nothingKnown, type ProtocolObservation } from './nothingKnown';
import type { TakenSuite } from './removal';
import type { VersionFinding } from './versionFinding';

export interface ProbeOptions {
  /** Without `groups` only the groups that the suites show anyway. */
  readonly parts: readonly ScanPart[];
  readonly answerTimeoutMs: number;
}

/**
 * Finds versions, suites, groups, signature algorithms and Diffie-Hellman primes by hand-made hellos in
 * clear. What stays unknown says why. Rejects with the dialer's signal's reason only.
 */
export async function probeProtocols(
  dialer: Dialer,
  { parts, answerTimeoutMs }: ProbeOptions,
): Promise<ProtocolObservation> {
  const { sni } = dialer.target;
  const asker = createAsker({ dialer, answerTimeoutMs });
  const { first, silent, unreachable } = await makeContact(asker, sni);
  if (unreachable !== undefined) return { ...nothingKnown(unreachable), unreachable };
  if (silent !== undefined) {
    return { ...nothingKnown(silent), notes: [`The server answered no TLS hello: ${silent}`] };
  }
  const longHellosAnswered = first?.kind === 'hello';
  const [ssl2, tls13, ...legacy] = await Promise.all([
    findSsl2(dialer, asker),
    findTls13(asker, sni),
    findLegacySuites(asker, 'TLS1.2', sni, { ...(first && { first }), longHellosAnswered }),
    findLegacySuites(asker, 'TLS1.1', sni, { longHellosAnswered }),
    findLegacySuites(asker, 'TLS1.0', sni, { longHellosAnswered }),
    findLegacySuites(asker, 'SSLv3', sni, { longHellosAnswered }),
  ]);
  const findings: VersionFinding[] = [...legacy.toReversed(), tls13];
  const withCurves = legacy.filter(({ version }) => version !== 'SSLv3');
  const wantsGroups = parts.includes('groups');
  const [curves, schemes12, schemes13] = wantsGroups
    ? await Promise.all([
        Promise.all(withCurves.map((finding) => findCurves(asker, finding, sni))),
        findSchemes12(asker, legacy[0], sni),
        tls13.offered === 'yes' ? findSchemes13(dialer, sni) : noSchemes,
      ])
    : [withCurves.map(curvesSeen), noSchemes, noSchemes];
  const curvesOf = new Map(withCurves.map(({ version }, index) => [version, curves[index]]));
  return {
    protocols: [ssl2Result(ssl2), ...findings.map(protocolResult)],
    groups: groupsOf(tls13, curvesOf),
    groupsComplete: tls13.groupsComplete && curves.every(({ complete }) => complete),
    signatureAlgorithms: merged(
      [
        ['TLS1.2', schemes12.schemes],
        ['TLS1.3', schemes13.schemes],
      ],
      schemeName,
    ),
    dhParameters: dhParametersOf(findings),
    notes: [
      ...findings.flatMap(({ notes }) => notes),
      ...intolerances(findings),
      ...doubtOf('TLS 1.2', schemes12.why),
      ...doubtOf('TLS 1.3', schemes13.why),
      ...asker.notes(),
    ],
  };
}

const noSchemes: SchemesFinding = { schemes: [] };

function ssl2Result({ offered, kinds }: Ssl2Finding): ProtocolResult {
  return {
    version: 'SSLv2',
    offered: offered.value,
    ...(offered.why && { why: offered.why }),
    suites: kinds.map((kind) => ({ id: suiteId(kind), name: suiteName(kind) })),
    suitesComplete: offered.value !== 'unknown',
    // The client chooses among the kinds that both have.
    preference: kinds.length > 1 ? 'client' : 'unknown',
  };
}

function protocolResult(finding: VersionFinding): ProtocolResult {
  const { version, offered, why, suites, complete, preference } = finding;
  return {
    version,
    offered,
    ...(why && { why }),
    suites: suites.map(offeredSuite),
    suitesComplete: complete,
    preference,
  };
}

function offeredSuite(taken: TakenSuite): OfferedSuite {
  const { suite, keyExchange } = taken;
  const dhBits = dhBitsOf(taken);
  const group = keyExchange?.kind === 'ecdhe' ? keyExchange.group : undefined;
  return {
    id: suiteId(suite),
    name: suiteName(suite),
    ...(dhBits !== undefined && { dhBits }),
    ...(group !== undefined && { group: groupName(group) }),
  };
}

/** Those that the key exchanges of the suites happened to show. */
function curvesSeen({ suites }: VersionFinding): CurvesFinding {
  const curves = suites.flatMap(({ keyExchange }) =>
    keyExchange?.kind === 'ecdhe' && keyExchange.group !== undefined ? [keyExchange.group] : [],
  );
  return { curves: [...new Set(curves)], complete: curves.length === 0 };
}

function groupsOf(
  tls13: Tls13Finding,
  curvesOf: ReadonlyMap<TlsVersion, CurvesFinding | undefined>,
): OfferedGroup[] {
  const byVersion: [TlsVersion, readonly number[]][] = [['TLS1.3', tls13.groups]];
  for (const [version, finding] of curvesOf) byVersion.push([version, finding?.curves ?? []]);
  return merged(byVersion, groupName);
}

/** Code points with the versions that have them, oldest first, in the order in which they come. */
function merged(
  byVersion: readonly (readonly [TlsVersion, readonly number[]])[],
  nameOf: (id: number) => string,
): OfferedGroup[] {
  const found = new Map<number, TlsVersion[]>();
  for (const [version, ids] of byVersion) {
    for (const id of ids) found.set(id, [...(found.get(id) ?? []), version]);
  }
  return [...found].map(([id, versions]) => ({
    id: suiteId(id),
    name: nameOf(id),
    versions: tlsVersions.filter((version) => versions.includes(version)),
  }));
}

/** A server that has only older versions should answer with one of them, and not refuse a newer hello. */
function intolerances(findings: readonly VersionFinding[]): string[] {
  return findings.flatMap(({ version, offered, why }, index) => {
    const older = findings.slice(0, index).some((finding) => finding.offered === 'yes');
    if (offered === 'yes' || !older || version === 'TLS1.3' || why?.startsWith(answersWith))
      return [];
    return [`A hello of ${version} is not answered with an older version: ${why ?? 'no answer'}`];
  });
}

/** As legacySuites.ts says it. */
const answersWith = 'The server answers with ';

function doubtOf(version: string, why: string | undefined): string[] {
  return why ? [`The list of ${version}'s signature algorithms may be longer: ${why}`] : [];
}
