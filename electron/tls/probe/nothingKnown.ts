import type { Observation } from '../../../shared/model/tls/result';
import { tlsVersions } from '../../../shared/model/tls/scan';

/** What the prober finds of one address. */
export type ProtocolObservation = Pick<
  Observation,
  'protocols' | 'groups' | 'groupsComplete' | 'signatureAlgorithms' | 'dhParameters' | 'notes'
> & {
  /** Why no connection came about, where none did. */
  readonly unreachable?: string;
};

/** Every version unknown, for this reason. */
export function nothingKnown(why: string): ProtocolObservation {
  return {
    protocols: tlsVersions.map((version) => ({
      version,
      offered: 'unknown',
      why,
      suites: [],
      suitesComplete: false,
      preference: 'unknown',
    })),
    groups: [],
    groupsComplete: false,
    signatureAlgorithms: [],
    dhParameters: [],
    notes: [],
  };
}
