import type { ReadinessEvidence, ScannedEndpoint } from '../../readiness/sources';
import type { Verdict } from '../../verdict';
import {
  factOf,
  missingWords,
  neverRead,
  notReadYet,
  oldestOf,
  scopeOf,
  some,
  split,
  type AccountFact,
  type Gathered,
} from './fact';

/** Endpoints that were scanned, and what they offer. */
export function endpointsFact({ tls }: Pick<ReadinessEvidence, 'tls'>): AccountFact {
  return factOf(
    { id: 'endpoints', title: 'Endpoints', link: { to: '/tls', label: 'TLS scans' } },
    tls ? gatherEndpoints(tls) : neverRead,
    (endpoints) => {
      if (endpoints.length === 0) return 'No endpoint is on the list.';
      const modern = split(endpoints, offersTls13);
      const mutual = endpoints.filter(({ endpoint }) => endpoint.clientCertificate).length;
      return `TLS 1.3 is offered at every address by ${modern.yes} of ${some(endpoints.length, 'endpoint')}${modern.unknown}; client certificates are declared to be needed by ${mutual}.`;
    },
  );
}

function gatherEndpoints(all: readonly ScannedEndpoint[]): Gathered<ScannedEndpoint> {
  const scanned = all.filter(({ scans }) => scans.some(({ reachable }) => reachable));
  const times = scanned.flatMap(({ scans }) => scans.map(({ startedAt }) => startedAt));
  const unknown = all.length - scanned.length;
  return {
    things: scanned,
    lists: all.length === 0 || scanned.length > 0 ? 1 : 0,
    scope: `${some(all.length, 'endpoint')} on the list of TLS scans, whichever account they are in`,
    asOf: oldestOf(times),
    missing: unknown > 0 ? [`Not reached, or never scanned: ${some(unknown, 'endpoint')}.`] : [],
  };
}

function offersTls13({ scans }: ScannedEndpoint): boolean | undefined {
  const answers = scans.map(({ reachable, protocols }) =>
    reachable ? protocols.find(({ version }) => version === 'TLS1.3')?.offered : 'unknown',
  );
  if (answers.includes('no')) return false;
  return answers.every((answer) => answer === 'yes') ? true : undefined;
}

/** Whether uses of keys are recorded, by the trail check of each Region. */
export function logFact({ trails }: Pick<ReadinessEvidence, 'trails'>): AccountFact {
  return factOf(
    {
      id: 'log',
      title: 'Record of key use',
      link: { to: '/readiness?group=audit', label: 'Audit checks' },
    },
    trails ? gatherTrails(trails) : neverRead,
    (verdicts) => {
      const recorded = verdicts.filter(({ value }) => value === 'pass').length;
      return `Events of KMS are recorded in ${recorded} of ${some(verdicts.length, 'Region')}.`;
    },
  );
}

function gatherTrails(scopes: NonNullable<ReadinessEvidence['trails']>): Gathered<Verdict> {
  const answers = scopes.map(({ region, answer }) => {
    if (!('checks' in answer)) return { region, why: answer.message };
    const verdict = answer.checks.find(({ id }) => id === 'kms-not-excluded')?.verdict;
    const told = verdict && verdict.value !== 'cannot-tell' && verdict.value !== 'stale';
    return told
      ? { region, verdict, asOf: answer.asOf }
      : { region, why: verdict?.reason ?? notReadYet };
  });
  const told = answers.flatMap(({ verdict }) => verdict ?? []);
  return {
    things: told,
    lists: told.length,
    scope: scopeOf(scopes.map(({ connectionName, region }) => ({ name: connectionName, region }))),
    asOf: oldestOf(answers.map(({ asOf }) => asOf)),
    missing: missingWords(
      answers.flatMap(({ region, why }) => (why === undefined ? [] : [{ place: region, why }])),
    ),
  };
}

/** The last recovery drill. */
export function drillsFact({ drills }: Pick<ReadinessEvidence, 'drills'>): AccountFact {
  return factOf(
    { id: 'drills', title: 'Recovery drills', link: { to: '/drills', label: 'Drills' } },
    drills
      ? {
          things: drills.drills,
          lists: 1,
          scope: 'The record of drills on this machine',
          asOf: drills.asOf,
          missing: [],
        }
      : neverRead,
    (all) => {
      const last = all.toSorted((a, b) => (a.closedAt < b.closedAt ? 1 : -1))[0];
      if (!last) return 'No drill was closed yet.';
      const open = drills?.findings.filter(({ state }) => state === 'open').length ?? 0;
      const findings = open > 0 ? ` Open findings of all drills: ${open}.` : '';
      return `The last of ${some(all.length, 'drill')}, ${last.name}, was closed on ${last.closedAt.slice(0, 10)}: ${last.reason}${findings}`;
    },
  );
}
