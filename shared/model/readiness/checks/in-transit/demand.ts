import { ownPolicyRows } from '../../../tls/ownPolicyRows';
import type { OwnPolicy } from '../../../tls/ownPolicy';
import type { ScanResult } from '../../../tls/result';
import type { Verdict } from '../../../verdict';
import { rollUp } from '../../rollUp';

/** What a scan comes to by a demand as policy files have it: the same rules judge both. */
export function demand(scan: ScanResult, policy: OwnPolicy): Verdict {
  return rollUp(
    ownPolicyRows(policy, scan, scan).map(({ verdict }) => verdict),
    'Nothing is demanded.',
  );
}
