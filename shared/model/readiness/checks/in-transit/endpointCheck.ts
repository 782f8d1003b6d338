import type { ScanResult } from '../../../tls/result';
import type { Endpoint } from '../../../tls/fleet';
import type { Verdict } from '../../../verdict';
import { defineCheck, type Check, type CheckFacts } from '../../check';
import type { Item } from '../../item';
import { gravest } from '../../rollUp';
import type { ScannedEndpoint } from '../../sources';

export type EndpointCheckFacts = Omit<CheckFacts, 'group' | 'permissions' | 'nothing' | 'view'> &
  Partial<Pick<CheckFacts, 'group'>>;

/** A check that asks each endpoint the same question; the gravest of its addresses decides. */
export function endpointCheck({
  rule,
  ...facts
}: EndpointCheckFacts & {
  readonly rule: (scan: ScanResult, endpoint: Endpoint, now: Date) => Verdict;
}): Check {
  return defineCheck({
    group: 'in-transit',
    nothing: 'There is no endpoint in the list.',
    view: 'tls',
    ...facts,
    permissions: [],
    reads: ['tls'],
    judge: ({ tls }, { now }) => tls.map((one) => itemOf(one, rule, now())),
  });
}

function itemOf(
  { endpoint, scans }: ScannedEndpoint,
  rule: (scan: ScanResult, endpoint: Endpoint, now: Date) => Verdict,
  now: Date,
): Item {
  const asOf = scans.map(({ startedAt }) => startedAt).toSorted()[0];
  const place = `${endpoint.host}:${endpoint.port}`;
  return {
    subject: { kind: 'endpoint', id: endpoint.id, name: endpoint.name || place },
    verdict: gravest(scans.map((scan) => verdictOf(scan, endpoint, rule, now))) ?? neverScanned,
    evidence: [endpointDocumentId(endpoint.id)],
    ...(asOf !== undefined && { asOf }),
  };
}

function verdictOf(
  scan: ScanResult,
  endpoint: Endpoint,
  rule: (scan: ScanResult, endpoint: Endpoint, now: Date) => Verdict,
  now: Date,
): Verdict {
  const verdict = rule(scan, endpoint, now);
  // Of a server that was not reached nothing is known, whatever the rule makes of the empty scan.
  if (scan.reachable || verdict.value === 'not-applicable') return verdict;
  return {
    value: 'cannot-tell',
    reason: `It could not be reached: ${scan.unreachable ?? 'no connection came about.'}`,
  };
}

const neverScanned: Verdict = {
  value: 'cannot-tell',
  reason: 'It was never scanned.',
  remedy: 'Run the checks, or scan it.',
};

export function endpointDocumentId(id: string): string {
  return `tls ${id}`;
}
