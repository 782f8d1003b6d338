import type { ScanResult } from '../../../shared/model/tls/result';
import { parseOwnPolicy } from '../../../shared/model/tls/ownPolicy';
import type { ScanPart, VulnerabilityId } from '../../../shared/model/tls/scan';
import { UsageError } from '../../command';
import { createFindAddresses } from '../fleet/addresses';
import { scanFleet } from '../fleet/run';
import { untried } from '../fleet/untried';
import { openScanner } from '../openScanner';
import type { ScanJob } from '../scanJob';
import type { CliTarget } from './options';

export interface CliSettings {
  readonly parts: readonly ScanPart[];
  readonly skipProbes: readonly VulnerabilityId[];
  readonly concurrency: number;
  readonly connectionsPerHost: number;
  readonly pauseMs: number;
  readonly revocation: boolean;
  readonly elbPolicies: readonly string[];
  readonly ownCa: ScanJob['ownCa'];
  readonly ownPolicyText: string | undefined;
}

export interface CliResult {
  readonly endpoint: CliTarget;
  readonly result: ScanResult;
}

export interface CliHands {
  readonly signal: AbortSignal;
  readonly stderr: (text: string) => void;
  /** A scan that broke. */
  readonly onDefect: (error: unknown) => void;
}

/** Fewer are scanned sooner in this thread than another one starts. */
const worthThreads = 8;
const tellEveryMs = 5000;

/**
 * Scans the targets and gives the results in their order. Where the signal aborts, it gives those that
 * were done. Throws UsageError for a policy that cannot be read.
 */
export async function scanForCommand(
  targets: readonly CliTarget[],
  settings: CliSettings,
  { signal, stderr, onDefect }: CliHands,
): Promise<CliResult[]> {
  const ownPolicy = readPolicy(settings.ownPolicyText);
  const scanner = await openScanner(targets.length < worthThreads ? { threads: 0 } : {});
  const done = new Map<CliTarget, readonly ScanResult[]>();
  let toldAt = Date.now();
  const { parts, skipProbes, revocation, ownCa } = settings;
  try {
    await scanFleet(
      targets.map((endpoint) => ({ endpoint })),
      {
        ...settings,
        signal,
        findAddresses: createFindAddresses(),
        scan: ({ endpoint }, target, { connections, pauseMs }, aborted) => {
          const { elbPolicy, clientCertificate } = endpoint;
          const elbPolicies = [...settings.elbPolicies, ...(elbPolicy === null ? [] : [elbPolicy])];
          const job: ScanJob = {
            ...target,
            parts,
            skipProbes,
            revocation,
            ownCa,
            ownPolicy,
            pauseMs,
            maxConnections: connections,
            elbPolicies,
            clientCertificateExpected: clientCertificate,
          };
          return scanner.scan(job, aborted);
        },
        onDefect,
        untried: (_entry, target, why) => untried(target, why, { parts, now: new Date() }),
        onDone: ({ endpoint }, results) => void done.set(endpoint, results),
        onCount(count) {
          if (Date.now() - toldAt < tellEveryMs) return;
          toldAt = Date.now();
          stderr(`${count} of ${targets.length} endpoints\n`);
        },
      },
    );
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await scanner.close();
  }
  return targets.flatMap((endpoint) =>
    (done.get(endpoint) ?? []).map((result) => ({ endpoint, result })),
  );
}

function readPolicy(text: string | undefined) {
  if (text === undefined) return undefined;
  const { policy, problems } = parseOwnPolicy(text);
  if (policy && problems.length === 0) return policy;
  const lines = problems.map(({ line, message }) => `  ${line ? `line ${line}: ` : ''}${message}`);
  throw new UsageError(['--policy: the file cannot be used:', ...lines].join('\n'));
}
