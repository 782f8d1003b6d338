import type { ScanResult } from '../../../tls/result';
import type { Verdict } from '../../../verdict';

/** Why what browsers do is not asked of an endpoint; undefined where it is. */
export function overHttp({ http }: ScanResult): Verdict | undefined {
  return http?.spoken.value === 'no'
    ? { value: 'not-applicable', reason: 'The server speaks no HTTP.' }
    : undefined;
}
