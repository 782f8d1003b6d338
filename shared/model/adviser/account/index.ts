import type { ReadinessEvidence, SourceId } from '../../readiness/sources';
import type { AccountFact, FactId } from './fact';
import { keysFact, multiRegionFact } from './keys';
import { drillsFact, endpointsFact, logFact } from './others';
import {
  backupsFact,
  bucketsFact,
  certificatesFact,
  databasesFact,
  logGroupsFact,
} from './posture';

type FactRule = readonly [source: SourceId, fact: (evidence: ReadinessEvidence) => AccountFact];

const facts: Readonly<Record<FactId, FactRule>> = {
  keys: ['keys', keysFact],
  'multi-region': ['keys', multiRegionFact],
  buckets: ['posture', bucketsFact],
  databases: ['posture', databasesFact],
  backups: ['posture', backupsFact],
  endpoints: ['tls', endpointsFact],
  certificates: ['posture', certificatesFact],
  log: ['trails', logFact],
  'log-groups': ['posture', logGroupsFact],
  drills: ['drills', drillsFact],
};

/** What has to be read for these facts. */
export function factSources(ids: readonly FactId[]): SourceId[] {
  return ids.map((id) => facts[id][0]);
}

/** What the chosen accounts have already, from evidence that is there: nothing is asked for it. */
export function accountFacts(evidence: ReadinessEvidence): AccountFact[] {
  return Object.values(facts).map(([source, factOf]) => {
    const fact = factOf(evidence);
    const problem = evidence.problems?.[source];
    if (problem === undefined) return fact;
    const older = `The last reading failed, and this is older: ${problem}`;
    return { ...fact, missing: [...fact.missing, older] };
  });
}
