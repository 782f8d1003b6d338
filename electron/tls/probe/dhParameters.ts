import { createHash } from 'node:crypto';
import { suiteInfo } from '../../../shared/model/tls/registry';
import type { DhParameters } from '../../../shared/model/tls/scan';
import { knownPrimeName } from './knownPrimes';
import type { TakenSuite } from './removal';
import type { VersionFinding } from './versionFinding';

/** The Diffie-Hellman primes that came with the suites of these versions, each once. */
export function dhParametersOf(findings: readonly VersionFinding[]): DhParameters[] {
  const found = new Map<string, DhParameters>();
  for (const { version, suites } of findings) {
    for (const taken of suites) {
      const prime = primeOf(taken);
      if (!prime) continue;
      const primeSha256 = createHash('sha256').update(prime).digest('hex');
      const exportGrade = suiteInfo(taken.suite)?.export ?? false;
      const known = knownPrimeName(primeSha256);
      found.set(`${version} ${primeSha256} ${exportGrade}`, {
        version,
        bits: bitLength(prime),
        primeSha256,
        ...(known && { known }),
        exportGrade,
      });
    }
  }
  return [...found.values()];
}

/** The length of the prime that came with a suite; undefined where it has none. */
export function dhBitsOf(taken: TakenSuite): number | undefined {
  const prime = primeOf(taken);
  return prime && bitLength(prime);
}

/** Without zeros in front, which some servers send. */
function primeOf({ keyExchange }: TakenSuite): Buffer | undefined {
  if (keyExchange?.kind !== 'dhe') return undefined;
  const start = keyExchange.prime.findIndex((byte) => byte !== 0);
  return start < 0 ? undefined : keyExchange.prime.subarray(start);
}

function bitLength(number: Buffer): number {
  const [first = 0] = number;
  return number.length * 8 - (Math.clz32(first) - 24);
}
