import type { ScanPart } from '../../../shared/model/tls/scan';
import type { ScanResult } from '../../../shared/model/tls/result';

/**
 * The results as one JSON document, piece by piece: `{format, writtenAt, results: [...]}`;
 * docs/tls-scans.md describes it. Its form is stable: members are added, never renamed or removed.
 */
export async function* jsonOf(
  results: Iterable<ScanResult>,
  writtenAt: string,
): AsyncGenerator<string> {
  yield `{\n  "format": "claviger-tls/1",\n  "writtenAt": ${JSON.stringify(writtenAt)},\n  "results": [`;
  let first = true;
  for (const result of results) {
    yield `${first ? '' : ','}\n    ${JSON.stringify(jsonResult(result))}`;
    first = false;
    await new Promise(setImmediate);
  }
  yield `${first ? '' : '\n  '}]\n}\n`;
}

/** One result; what was not asked for is not in it. */
export function jsonResult(result: ScanResult): Record<string, unknown> {
  const { endpoint, profiles, stats, grade, elbPolicy, parts, ...seen } = result;
  const { host, port, address = null, sni } = endpoint;
  const all: Record<string, unknown> = {
    endpoint: { host, port, address, sni },
    ...seen,
    grade,
    profiles: Object.fromEntries(profiles.map((profile) => [profile.id, profile])),
    elbPolicy,
    parts,
    stats,
  };
  const wanted = new Set(parts);
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => {
      const needs = partsOf[name];
      return !needs || needs.some((part) => wanted.has(part));
    }),
  );
}

/** The parts that fill a member; one of them must have been asked for. */
const partsOf: Readonly<Record<string, readonly ScanPart[]>> = {
  protocols: ['protocols', 'suites'],
  groups: ['groups'],
  groupsComplete: ['groups'],
  certificates: ['certificate'],
  caa: ['certificate'],
  http: ['http'],
  vulnerabilities: ['vulnerabilities'],
};
