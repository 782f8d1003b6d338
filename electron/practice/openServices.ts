import type { Account } from './account/account';
import type { QuotaRule } from './account/quotaRule';
import { createAthena, type Athena } from './athena/index';
import type { Archive } from './cloudtrail/archive';
import { createCloudTrail, type CloudTrail } from './cloudtrail/index';
import { recordKms } from './cloudtrail/recorder';
import { serviceEvent } from './cloudtrail/serviceEvents';
import { openMetrics } from './cloudwatch/openMetrics';
import type { ServiceAccess } from './iam/serviceAccess';
import { createKms, type Kms } from './kms/index';

/** The services that keep something of the account; a reset opens them anew. */
export interface OpenServices {
  readonly trail: CloudTrail;
  readonly kms: Kms;
  readonly metrics: ReturnType<typeof openMetrics>;
  readonly athena: Athena;
}

/** Opens them over the account's state. KMS tells CloudTrail what it does, and CloudTrail tells KMS when keys were used. */
export function openServices({
  account,
  archive,
  quotas,
  access,
  keepEvents,
}: {
  readonly account: Account;
  readonly archive: Archive;
  readonly quotas: QuotaRule;
  readonly access: ServiceAccess;
  /** How many events are kept at most. */
  readonly keepEvents: number;
}): OpenServices {
  const { throttle, enforceQuotas } = quotas;
  const trail = createCloudTrail({
    account,
    archive,
    throttle,
    enforceQuotas,
    access,
    settleKeys: () => kms.settle(),
    keepEvents,
  });
  const kms = recordKms(
    createKms({
      account,
      throttle,
      enforceQuotas,
      pastUse: (key) => trail.lastUse(key),
      happened: (happening) => trail.log.add(serviceEvent(happening)),
    }),
    { log: trail.log, now: account.clock.now },
  );
  return {
    trail,
    kms,
    metrics: openMetrics({ account, trail, kms }),
    athena: createAthena(account, trail.s3),
  };
}
