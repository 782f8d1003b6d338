import { GetServiceQuotaCommand } from '@aws-sdk/client-service-quotas';
import { AppError } from '../../../shared/model/errors';
import { quotaOf } from '../../aws/quotas';
import type { StepContext } from '../run/stepContext';

/** Decrypts a second that a Region allows, and whose number that is. */
export interface RestoreQuota {
  readonly perSecond: number;
  /** Why it is AWS's default and not the account's own. */
  readonly assumed?: string;
}

/**
 * "Cryptographic operations (symmetric) request rate", which Decrypt shares with GenerateDataKey.
 * Source: KMS developer guide, requests-per-second; its code is the same in every Region.
 */
const quota = { ServiceCode: 'kms', QuotaCode: 'L-6E3AF000' };

/** Asks Service Quotas for the account's own quota; AWS's default where it does not tell. */
export async function restoreQuota(ctx: Pick<StepContext, 'send' | 'home'>): Promise<RestoreQuota> {
  const { region } = ctx.home;
  const otherwise = quotaOf('kms', 'Decrypt', region).perSecond;
  try {
    const { Quota } = await ctx.send(ctx.home, new GetServiceQuotaCommand(quota));
    const { Value, Period } = Quota ?? {};
    const seconds = Period === undefined || Period.PeriodUnit === 'SECOND';
    if (Value !== undefined && Value > 0 && seconds) {
      return { perSecond: Value / (Period?.PeriodValue ?? 1) };
    }
    return { perSecond: otherwise, assumed: 'Service Quotas names no rate a second.' };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
    return { perSecond: otherwise, assumed: error.message };
  }
}
