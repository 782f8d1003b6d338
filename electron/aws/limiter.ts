import type { Clock } from './clock';
import { quotaOf } from './quotas';
import { createTokenBucket, type TokenBucket } from './tokenBucket';
import type { Operation } from './operations';
import type { Session } from './session';

/** The request quotas of all accounts and Regions, each as a token bucket of our share of it. */
export interface Limiter {
  bucketFor(payer: Payer, region: string, operation: Operation): TokenBucket;
  rateFor(operation: string, region: string, payer: Pick<Payer, 'alone'>): number;
}

/** Who pays a quota: an account, and whether it has no workloads that share it. */
export type Payer = Pick<Session, 'account' | 'alone'>;

/** `quotaPercent` is asked for every request, so that a changed setting holds at once. */
export function createLimiter(quotaPercent: () => number, clock: Clock): Limiter {
  const buckets = new Map<string, TokenBucket>();
  const share = (perSecond: number, { alone }: Pick<Payer, 'alone'>) =>
    alone ? perSecond : (perSecond * quotaPercent()) / 100;
  return {
    bucketFor(payer, region, { service, operation, input }) {
      const quota = quotaOf(service, operation, region, input);
      const key = `${payer.account} ${region} ${service} ${quota.group}`;
      let bucket = buckets.get(key);
      if (!bucket) {
        bucket = createTokenBucket({ perSecond: () => share(quota.perSecond, payer), clock });
        buckets.set(key, bucket);
      }
      return bucket;
    },
    rateFor(operation, region, payer) {
      const [service = '', name] = operation.split(':');
      const quota =
        name === undefined ? quotaOf('kms', service, region) : quotaOf(service, name, region);
      return share(quota.perSecond, payer);
    },
  };
}
