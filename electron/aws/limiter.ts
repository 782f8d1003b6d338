import type { Clock } from './clock';
import { quotaOf } from './quotas';
import { createTokenBucket, type TokenBucket } from './tokenBucket';
import type { Operation } from './operations';

/** The request quotas of all accounts and Regions, each as a token bucket of our share of it. */
export interface Limiter {
  bucketFor(account: string, region: string, operation: Operation): TokenBucket;
  rateFor(operation: string, region: string): number;
}

/** `quotaPercent` is asked for every request, so that a changed setting holds at once. */
export function createLimiter(quotaPercent: () => number, clock: Clock): Limiter {
  const buckets = new Map<string, TokenBucket>();
  const share = (perSecond: number) => (perSecond * quotaPercent()) / 100;
  return {
    bucketFor(account, region, { service, operation, input }) {
      const quota = quotaOf(service, operation, region, input);
      const key = `${account} ${region} ${service} ${quota.group}`;
      let bucket = buckets.get(key);
      if (!bucket) {
        bucket = createTokenBucket({ perSecond: () => share(quota.perSecond), clock });
        buckets.set(key, bucket);
      }
      return bucket;
    },
    rateFor(operation, region) {
      const [service = '', name] = operation.split(':');
      const quota =
        name === undefined ? quotaOf('kms', service, region) : quotaOf(service, name, region);
      return share(quota.perSecond);
    },
  };
}
