import { practiceAccountId } from '../account/account';
import { jsonPage, jsonService } from '../edge/jsonService';
import type { CertificateRecord, Stock } from '../holdings/holdings';
import { AwsError } from '../protocol/awsError';
import { integer, listOf, matching, oneOf, optional, required, structure } from '../protocol/rules';
import { certificateJson, statusOf, summaryJson } from './certificateJson';

const statuses = [
  'PENDING_VALIDATION',
  'ISSUED',
  'INACTIVE',
  'EXPIRED',
  'VALIDATION_TIMED_OUT',
  'REVOKED',
  'FAILED',
];
const keyTypes = [
  'RSA_1024',
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'EC_prime256v1',
  'EC_secp384r1',
  'EC_secp521r1',
];
const arn = matching(
  20,
  2048,
  'arn:[\\w+=/,.@-]+:acm:[\\w+=/,.@-]*:[0-9]+:[\\w+=,.@-]+(/[\\w+=,.@-]+)*',
);

interface ListInput {
  readonly CertificateStatuses?: readonly string[];
  readonly Includes?: { readonly keyTypes?: readonly string[] };
  readonly MaxItems?: number;
  readonly NextToken?: string;
}

/**
 * As much of AWS Certificate Manager (JSON 1.1, API 2015-12-08) as ends and renewals need:
 * ListCertificates, DescribeCertificate.
 */
export const acm = jsonService<Stock>({
  scope: 'acm',
  version: '1.1',
  target: 'CertificateManager',
  operations: {
    ListCertificates: {
      members: {
        CertificateStatuses: optional(listOf(oneOf(statuses))),
        Includes: optional(structure({ keyTypes: optional(listOf(oneOf(keyTypes))) })),
        MaxItems: optional(integer(1, 1000)),
        NextToken: optional(matching(1, 10_000, '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]*')),
      },
      run(input: ListInput, stock) {
        const { CertificateStatuses: asked, Includes, MaxItems: size = 1000, NextToken } = input;
        // Who names no kinds of keys gets these alone, as at AWS.
        const kinds = Includes?.keyTypes ?? ['RSA_1024', 'RSA_2048'];
        const found = stock.certificates.filter(
          (one) =>
            kinds.includes(one.keyAlgorithm) &&
            (!asked || asked.includes(statusOf(one, stock.now))),
        );
        const wrong = () => new AwsError('ValidationException', 'Invalid NextToken.');
        const { items, next } = jsonPage(found, NextToken, size, wrong);
        return {
          CertificateSummaryList: items.map((one) =>
            summaryJson(one, arnOf(one, stock), stock.now),
          ),
          NextToken: next,
        };
      },
    },
    DescribeCertificate: {
      members: { CertificateArn: required(arn) },
      resource: ({ CertificateArn }: { CertificateArn: string }) => CertificateArn,
      run({ CertificateArn: given }: { CertificateArn: string }, stock) {
        const found = stock.certificates.find((one) => arnOf(one, stock) === given);
        if (found) return { Certificate: certificateJson(found, given, stock.now) };
        const account = given.split(':')[4] ?? practiceAccountId;
        throw new AwsError(
          'ResourceNotFoundException',
          `Could not find certificate ${given} in account ${account}.`,
        );
      },
    },
  },
});

function arnOf({ id }: CertificateRecord, { accountId, region }: Stock): string {
  return `arn:aws:acm:${region}:${accountId}:certificate/${id}`;
}
