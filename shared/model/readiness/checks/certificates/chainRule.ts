import type { PresentedChain } from '../../../tls/certificate';
import type { OwnPolicy } from '../../../tls/ownPolicy';
import type { ScanResult } from '../../../tls/result';
import type { Verdict } from '../../../verdict';
import { demand } from '../in-transit/demand';

/** What one chain comes to by a demand as policy files have it. */
export function chainRule(
  chain: PresentedChain,
  scan: ScanResult,
  must: NonNullable<OwnPolicy['must']>,
): Verdict {
  return demand({ ...scan, certificates: [chain], certificatesNote: undefined }, { must });
}
