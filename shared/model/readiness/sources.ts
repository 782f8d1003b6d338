import type { ErrorInfo } from '../errors';
import type { KeyRow, ScopeReport } from '../key';
import type { KeyUsageReading } from '../keyUsage';
import type { TrailReport } from '../events/trailCheck';
import type { Endpoint } from '../tls/fleet';
import type { ScanResult } from '../tls/result';
import type { SecretScan } from '../secrets';
import type { DigestProof, DigestRefusal } from './digestProof';
import type { Attestation } from './people';
import type { AccountPosture } from './posture/index';

/** One Region of one connection. */
export interface Place {
  readonly connection: string;
  readonly connectionName: string;
  readonly account?: string | undefined;
  readonly region: string;
}

/** The keys of one Region, and how well they are known: an empty list that was read is no unread one. */
export interface KeyScope extends Place {
  readonly report: ScopeReport;
  /** When all keys were last listed; absent where they never were. */
  readonly listedAt?: string | undefined;
  readonly rows: readonly KeyRow[];
}

/** The trail check of one Region, or why there is none. */
export interface TrailScope extends Place {
  readonly answer: TrailReport | ErrorInfo;
}

/** What validations have proven of the log of one account and Region; empty where none was made. */
export interface DigestScope extends Place {
  readonly proofs: readonly DigestProof[];
  /** Validations by this connection that came to nothing since the last that did not. */
  readonly refusals: readonly DigestRefusal[];
}

/** An endpoint with its last scan of each address; none where it was never scanned. */
export interface ScannedEndpoint {
  readonly endpoint: Endpoint;
  readonly scans: readonly ScanResult[];
}

/** One account with what it says of its data, its people and its certificates; absent where never read. */
export interface PostureScope {
  readonly connection: string;
  readonly connectionName: string;
  readonly account?: string | undefined;
  /** The chosen ones. */
  readonly regions: readonly string[];
  readonly posture?: AccountPosture | undefined;
}

/** A recovery drill that is over. */
export interface DrillFact {
  readonly id: string;
  readonly name: string;
  /** It was about the practice account. */
  readonly practice: boolean;
  readonly closedAt: string;
  readonly result: 'passed' | 'failed' | 'incomplete';
  readonly reason: string;
  readonly signatures: number;
}

/** A plan of recovery drills, and when it is due next. */
export interface DrillPlanFact {
  readonly id: string;
  readonly name: string;
  readonly due: string;
}

/** What a drill showed to be wrong and nobody has closed; a retest names the drill that showed it gone. */
export interface DrillFindingFact {
  readonly id: string;
  readonly text: string;
  readonly owner: string;
  /** The day, `2026-12-01`. */
  readonly due: string;
  readonly drill: string;
  readonly drillName: string;
  readonly state: 'open' | 'resolved';
}

/** The drills on record that count for the accounts in scope. */
export interface DrillRecord {
  /** When the record was looked at. */
  readonly asOf: string;
  readonly drills: readonly DrillFact[];
  readonly plans: readonly DrillPlanFact[];
  /** Of all these drills, not only the last one. */
  readonly findings: readonly DrillFindingFact[];
}

/** What is known of secrets in files; no scan is no clean one. */
export interface SecretRecord {
  readonly scan: SecretScan | undefined;
}

/**
 * Everything that checks judge, by source. A source that was never read is absent: no check takes
 * that for an empty one.
 */
export interface ReadinessEvidence {
  readonly keys?: readonly KeyScope[] | undefined;
  readonly usage?: readonly KeyUsageReading[] | undefined;
  readonly trails?: readonly TrailScope[] | undefined;
  readonly digests?: readonly DigestScope[] | undefined;
  readonly tls?: readonly ScannedEndpoint[] | undefined;
  readonly posture?: readonly PostureScope[] | undefined;
  readonly drills?: DrillRecord | undefined;
  readonly attestations?: readonly Attestation[] | undefined;
  readonly secrets?: SecretRecord | undefined;
  /** Why the last reading of a source came to nothing: what is there is older. */
  readonly problems?: Readonly<Partial<Record<SourceId, string | undefined>>> | undefined;
}

export const sourceIds = [
  'keys',
  'usage',
  'trails',
  'digests',
  'tls',
  'posture',
  'drills',
  'attestations',
  'secrets',
] as const;
export type SourceId = (typeof sourceIds)[number];

export const sourceNames: Readonly<Record<SourceId, string>> = {
  keys: 'the keys',
  usage: 'the last use of keys',
  trails: 'the trails',
  digests: 'validations of the log',
  tls: 'the endpoints',
  posture: 'data at rest and identities',
  drills: 'the drills',
  attestations: 'what was attested',
  secrets: 'files, for secrets',
};
