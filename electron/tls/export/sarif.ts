import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { ScanResult } from '../../../shared/model/tls/result';
import { findingsOf, type Finding } from './findings';

export interface SarifOptions {
  /** Of the program. */
  readonly version: string;
  /** False where the run was cut off. */
  readonly complete: boolean;
}

/**
 * The findings as SARIF 2.1.0 (OASIS), for code scanning services. What could not be told is a result
 * of kind `open` (section 3.27.9), never left out.
 */
export function sarifOf(
  results: Iterable<ScanResult>,
  { version, complete }: SarifOptions,
): string {
  const rules = new Map<string, { index: number; rule: object }>();
  const found: object[] = [];
  for (const result of results) {
    for (const finding of findingsOf(result)) {
      const known = rules.get(finding.rule) ?? { index: rules.size, rule: ruleOf(finding) };
      rules.set(finding.rule, known);
      found.push(resultOf(finding, known.index, result));
    }
  }
  const driver = {
    name: 'Claviger',
    version,
    semanticVersion: version,
    rules: [...rules.values()].map(({ rule }) => rule),
  };
  const run = {
    tool: { driver },
    // Names are not sought in files.
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: complete }],
    results: found,
  };
  const log = {
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf({ rule, title, level, kind }: Finding): object {
  return {
    id: rule,
    shortDescription: { text: `${title}.` },
    ...(kind === 'fail' && { defaultConfiguration: { level } }),
  };
}

function resultOf(
  finding: Finding,
  ruleIndex: number,
  { endpoint, startedAt }: ScanResult,
): object {
  const { host, port, address, sni } = endpoint;
  const authority = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const where = address === undefined || address === host ? authority : `${authority} (${address})`;
  return {
    ruleId: finding.rule,
    ruleIndex,
    kind: finding.kind,
    // Section 3.27.10: any kind but `fail` has the level `none`.
    level: finding.kind === 'fail' ? finding.level : 'none',
    message: { text: `${where}: ${finding.message}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: `https://${authority}/` } },
        logicalLocations: [{ fullyQualifiedName: where, kind: 'resource' }],
      },
    ],
    // The same finding of the same endpoint, from scan to scan.
    partialFingerprints: {
      'claviger/v1': createHash('sha256')
        .update(JSON.stringify([finding.rule, host, port, address, sni]))
        .digest('hex'),
    },
    properties: { scannedAt: startedAt, address: address ?? null, sni },
  };
}
