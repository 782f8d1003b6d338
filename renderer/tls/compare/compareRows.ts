import { tlsVersions } from '../../../shared/model/tls/scan';
import type { ScanResult } from '../../../shared/model/tls/result';
import { gradeLooks } from '../grade';
import { versionLooks } from '../versions';
import { vulnerabilityLooks, vulnerabilityNames } from '../vulnerabilityNames';

/** One line of a comparison: what it is about, and what each of the two scans says, a value a line. */
export interface CompareRow {
  readonly group: string;
  readonly name: string;
  readonly values: readonly [readonly string[], readonly string[]];
  readonly same: boolean;
}

/** Lays two scans beside each other; what neither has is left out. */
export function compareRows(a: ScanResult, b: ScanResult): readonly CompareRow[] {
  const rows: CompareRow[] = [];
  const add = (
    group: string,
    name: string,
    valuesOf: (result: ScanResult) => readonly string[],
  ) => {
    const values = [valuesOf(a), valuesOf(b)] as const;
    if (values[0].length === 0 && values[1].length === 0) return;
    rows.push({ group, name, values, same: values[0].join('\n') === values[1].join('\n') });
  };

  add('Verdict', 'Grade', ({ grade, reachable }) => [
    reachable
      ? grade.letter
        ? `${grade.letter} ${gradeLooks[grade.letter].word}`
        : 'Cannot tell'
      : 'Unreachable',
  ]);
  add('Verdict', 'Score', ({ grade: { score } }) => (score === null ? [] : [`${score} of 100`]));
  add('Verdict', 'Caps and warnings', ({ grade: { caps, warnings } }) =>
    [...caps, ...warnings].map(({ letter, why }) => `${letter}: ${why}`),
  );
  for (const version of tlsVersions.toReversed()) {
    add('Protocols', versionLooks[version].name, ({ protocols }) => {
      const protocol = protocols.find((one) => one.version === version);
      return protocol ? [offeredWords[protocol.offered]] : [];
    });
  }
  for (const version of tlsVersions.toReversed()) {
    add('Cipher suites', versionLooks[version].name, ({ protocols }) =>
      (protocols.find((one) => one.version === version)?.suites ?? []).map(({ name }) => name),
    );
  }
  add('Key exchange', 'Groups', ({ groups }) => groups.map(({ name }) => name));
  add('Certificates', 'Subject', ({ certificates }) =>
    certificates.flatMap(({ chain }) => chain[0]?.subject ?? []),
  );
  add('Certificates', 'Issuer', ({ certificates }) =>
    certificates.flatMap(({ chain }) => chain[0]?.issuer ?? []),
  );
  add('Certificates', 'Valid to', ({ certificates }) =>
    certificates.flatMap(({ chain }) => chain[0]?.notAfter.slice(0, 10) ?? []),
  );
  add('Certificates', 'SHA-256', ({ certificates }) =>
    certificates.flatMap(({ chain }) => chain[0]?.sha256 ?? []),
  );
  for (const [id, { name }] of Object.entries(vulnerabilityNames)) {
    add('Vulnerabilities', name, ({ vulnerabilities }) =>
      vulnerabilities.flatMap((one) => (one.id === id ? vulnerabilityLooks[one.verdict].word : [])),
    );
  }
  add('HTTP', 'HSTS', ({ http }) =>
    http
      ? [
          http.hsts.header ??
            { yes: 'sent', no: 'not sent', unknown: 'Cannot tell' }[http.hsts.value],
        ]
      : [],
  );
  add('Demands', 'Mozilla profiles', ({ profiles }) =>
    profiles.map(({ name, verdict }) => `${name}: ${verdict.value}`),
  );
  add('Demands', 'ELB policy', ({ elbPolicy: { equal, nearest } }) =>
    equal.length > 0 ? equal : nearest ? [`nearest: ${nearest}`] : [],
  );
  add('Demands', 'Post-quantum', ({ postQuantum }) => [postQuantum.value]);
  return rows;
}

const offeredWords = { yes: 'Offered', no: 'Not offered', unknown: 'Cannot tell' } as const;
