import type { Account } from '../account/account';
import type { CloudTrail } from '../cloudtrail/index';
import { plansOf } from '../cloudtrail/history/plan';
import type { Kms } from '../kms/index';
import { createCallCounts } from './callCounts';
import { metricsOf, type Metrics } from './metrics';

/** Opens the metrics of the account's services. */
export function openMetrics({
  account,
  trail,
  kms,
}: {
  readonly account: Account;
  readonly trail: CloudTrail;
  readonly kms: Kms;
}): (accountId: string, region: string) => Metrics {
  const calls = createCallCounts({
    log: trail.log,
    past() {
      const plan = plansOf(account.state).get('plan');
      const history = trail.history();
      return plan && history ? { plan, history } : undefined;
    },
    findKey: (region, keyId) => kms.ring.find(region, keyId),
  });
  return (accountId, region) =>
    metricsOf({
      region,
      now: account.clock.now(),
      calls: calls(accountId, region),
      keys: () => kms.ringOf(accountId)?.keysOf(region) ?? [],
    });
}
