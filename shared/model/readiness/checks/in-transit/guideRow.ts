import type { ScanResult } from '../../../tls/result';
import type { Verdict } from '../../../verdict';

/** What a scan comes to by one of the encryption guide's demands: `tls13`, `aead`, `no-fallback`. */
export function guideRow({ guide }: ScanResult, id: string): Verdict {
  const reason = 'The scan was not judged by this.';
  return guide.find((row) => row.id === id)?.verdict ?? { value: 'cannot-tell', reason };
}
