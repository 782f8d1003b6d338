import { Resolver } from 'node:dns/promises';
import { judge } from '../../shared/model/tls/judge';
import { createHttpFetch, loadRootStores, type RootStore } from './certificate';
import { scanAddress } from './scan';
import type { Scan, ScanJob } from './scanJob';

/** Bounds of what is fetched for revocation: some authorities' CRLs have several megabytes. */
const revocationLimits = { maxBytes: 10_000_000, timeoutMs: 10_000 };
/** Of one DNS server's answer about CAA records. */
const dnsLimits = { timeout: 3000, tries: 2 };

/** Scans in this thread. Root stores and revocation lists are read once and serve all scans. */
export function createScanHere(): Scan {
  const fetchFor = createHttpFetch(revocationLimits);
  const stores = new Map<string, Promise<RootStore[]>>();
  const rootsOf = (ownCa: ScanJob['ownCa']) => {
    const key = ownCa?.path ?? '';
    const known = stores.get(key) ?? loadRootStores({ ownCa });
    stores.set(key, known);
    return known;
  };
  return async (job, signal) => {
    const { host, port, address, sni, elbPolicies, ownPolicy, clientCertificateExpected } = job;
    const now = () => new Date();
    return scanAddress(
      { host, port, address, sni },
      {
        parts: job.parts,
        maxConnections: job.maxConnections,
        pauseMs: job.pauseMs,
        skipProbes: job.skipProbes,
        roots: await rootsOf(job.ownCa),
        fetch: job.revocation ? fetchFor(signal) : undefined,
        dns: new Resolver(dnsLimits),
        judge: (observation) =>
          judge(observation, {
            now: now(),
            elbPolicies: [...elbPolicies],
            ownPolicy,
            clientCertificateExpected,
          }),
        now,
        signal,
      },
    );
  };
}
