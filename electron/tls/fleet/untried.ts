import { judge } from '../../../shared/model/tls/judge';
import type { Observation, ScanResult } from '../../../shared/model/tls/result';
import type { ScanPart } from '../../../shared/model/tls/scan';
import { nothingKnown } from '../probe/nothingKnown';
import type { AddressTarget } from './run';

export interface UntriedOptions {
  readonly parts: readonly ScanPart[];
  readonly now: Date;
}

/** The result of a target that could not even be tried: nothing is known of it, and nothing is a pass. */
export function untried(target: AddressTarget, why: string, options: UntriedOptions): ScanResult {
  const observation: Observation = {
    endpoint: { ...target },
    startedAt: options.now.toISOString(),
    parts: [...options.parts],
    reachable: false,
    unreachable: why,
    ...nothingKnown(why),
    certificates: [],
    vulnerabilities: [],
    stats: { connections: 0, bytesIn: 0, bytesOut: 0, ms: 0 },
  };
  return { ...observation, ...judge(observation, { now: options.now }) };
}
