import type { QuotaMode } from '../../../shared/contract/practice';
import { createThrottle, type Throttle } from './throttle';

/** What a storm of other workloads leaves of every request quota. */
const stormShare = 0.01;

/** Whether request quotas are kept now, and what is left of them. */
export interface QuotaRule {
  readonly throttle: Throttle;
  readonly enforceQuotas: () => boolean;
  readonly mode: () => QuotaMode;
  readonly setMode: (mode: QuotaMode) => void;
}

export function createQuotaRule(atStart: QuotaMode): QuotaRule {
  const throttle = createThrottle(() => performance.now());
  let mode = atStart;
  return {
    throttle: {
      take: (name, perSecond) =>
        throttle.take(name, mode === 'storm' ? perSecond * stormShare : perSecond),
    },
    enforceQuotas: () => mode !== 'none',
    mode: () => mode,
    setMode(next) {
      mode = next;
    },
  };
}
