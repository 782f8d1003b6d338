import { jsonService } from '../edge/jsonService';
import type { Stock } from '../holdings/holdings';
import { quotaOf } from '../kms/quotas';
import { AwsError } from '../protocol/awsError';
import { matching, required } from '../protocol/rules';

const serviceCode = matching(1, 63, '[a-zA-Z][a-zA-Z0-9-]{1,63}');
const quotaCode = matching(1, 128, '[a-zA-Z][a-zA-Z0-9-]{1,128}');

/** The one quota that is there: of KMS's symmetric operations together (developer guide, requests-per-second). */
const symmetric = {
  code: 'L-6E3AF000',
  name: 'Cryptographic operations (symmetric) request rate',
};

interface Asked {
  readonly ServiceCode: string;
  readonly QuotaCode: string;
}

/** Service Quotas (API version 2019-06-24), as far as drills ask it; nobody has raised anything. */
export const serviceQuotas = jsonService<Stock>({
  scope: 'servicequotas',
  version: '1.1',
  target: 'ServiceQuotasV20190624',
  operations: {
    GetServiceQuota: {
      members: { ServiceCode: required(serviceCode), QuotaCode: required(quotaCode) },
      resource: ({ ServiceCode, QuotaCode }: Asked, region) =>
        `arn:aws:servicequotas:${region}:*:${ServiceCode}/${QuotaCode}`,
      run({ ServiceCode, QuotaCode }: Asked, { accountId, region }) {
        if (ServiceCode !== 'kms' || QuotaCode !== symmetric.code) {
          throw new AwsError(
            'NoSuchResourceException',
            'The request failed because the specified service does not exist.',
          );
        }
        return {
          Quota: {
            ServiceCode,
            ServiceName: 'AWS Key Management Service (AWS KMS)',
            QuotaArn: `arn:aws:servicequotas:${region}:${accountId}:kms/${QuotaCode}`,
            QuotaCode,
            QuotaName: symmetric.name,
            Value: quotaOf('Decrypt', region, undefined, undefined).perSecond,
            Unit: 'None',
            Adjustable: true,
            GlobalQuota: false,
            Period: { PeriodValue: 1, PeriodUnit: 'SECOND' },
            QuotaAppliedAtLevel: 'ACCOUNT',
          },
        };
      },
    },
  },
});
