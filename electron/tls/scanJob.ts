import type { ScanPart, VulnerabilityId } from '../../shared/model/tls/scan';
import type { OwnPolicy } from '../../shared/model/tls/ownPolicy';
import type { ScanResult } from '../../shared/model/tls/result';

/** One address to scan, and how: plain values, so that it can go to another thread. */
export interface ScanJob {
  readonly host: string;
  readonly port: number;
  readonly address: string;
  readonly sni: string | null;
  readonly parts: readonly ScanPart[];
  /** At once. */
  readonly maxConnections: number;
  readonly pauseMs: number;
  readonly skipProbes: readonly VulnerabilityId[];
  /** Whether OCSP responders and CRLs may be asked. */
  readonly revocation: boolean;
  /** A PEM file of authorities that count beside the public ones. */
  readonly ownCa?: { readonly name: string; readonly path: string } | undefined;
  readonly elbPolicies: readonly string[];
  readonly ownPolicy?: OwnPolicy | undefined;
  readonly clientCertificateExpected: boolean;
}

/** Scans one address. What cannot be reached is a result; rejects where the signal aborts. */
export type Scan = (job: ScanJob, signal: AbortSignal) => Promise<ScanResult>;

/** Scans, wherever it does. */
export interface Scanner {
  readonly scan: Scan;
  close(): Promise<void>;
}
