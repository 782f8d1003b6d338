import { practiceAccountId } from '../account/account';
import { formPage, listed, optionalXml, queryService } from '../edge/queryService';
import type { Stock } from '../holdings/holdings';
import { AwsError } from '../protocol/awsError';
import type { Xml } from '../s3/xml';
import { detailsOf, kindNames } from './authorizationDetails';
import { credentialReport } from './credentialReport';

/** A report is used for so long; then a new one is made. */
const reportLifeMs = 4 * 3_600_000;

/**
 * As much of IAM (Query protocol, API 2010-05-08) as reading who may do what needs. It is one for all
 * Regions and takes any of them in a signature.
 */
export const iamApi = queryService<Stock>({
  scope: 'iam',
  home: 'us-east-1',
  namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  operations: {
    GetAccountAuthorizationDetails: {
      run(form, { iam, accountId }) {
        const kinds = listed(form, 'Filter');
        const strange = kinds.find((kind) => !kindNames.some((name) => name === kind));
        if (strange !== undefined) {
          throw new AwsError(
            'ValidationError',
            `1 validation error detected: Value '[${kinds.join(', ').slice(0, 200)}]' at 'filter' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [${kindNames.join(', ')}]]`,
          );
        }
        const all = detailsOf(iam, accountId).filter(
          ({ kind }) => kinds.length === 0 || kinds.includes(kind),
        );
        const { items, next } = page(all, form);
        const of = (...names: string[]) =>
          items.filter(({ kind }) => names.includes(kind)).map(({ xml }) => xml);
        return [
          ['IsTruncated', next !== undefined],
          ['UserDetailList', of('User')],
          ['GroupDetailList', of('Group')],
          ['RoleDetailList', of('Role')],
          ['Policies', of('LocalManagedPolicy', 'AWSManagedPolicy')],
          ...optionalXml('Marker', next),
        ];
      },
    },
    GetAccountSummary: {
      run: (_form, { iam }) => [
        [
          'SummaryMap',
          Object.entries({
            Users: iam.users.length,
            Roles: iam.roles.length,
            Groups: 0,
            Policies: 0,
            ServerCertificates: iam.serverCertificates.length,
            MFADevices: iam.users.filter(({ mfaSeed }) => mfaSeed !== undefined).length,
            MFADevicesInUse: iam.users.filter(({ mfaSeed }) => mfaSeed !== undefined).length,
            // The root user has a device and no access keys.
            AccountMFAEnabled: 1,
            AccountAccessKeysPresent: 0,
            AccountSigningCertificatesPresent: 0,
            AccessKeysPerUserQuota: 2,
          }).map(([key, value]): Xml => [
            'entry',
            [
              ['key', key],
              ['value', value],
            ],
          ]),
        ],
      ],
    },
    ListServerCertificates: {
      resource: () => `arn:aws:iam::${practiceAccountId}:server-certificate/`,
      run(form, { iam, accountId }) {
        const prefix = form.get('PathPrefix') ?? '/';
        const { items, next } = page(prefix === '/' ? iam.serverCertificates : [], form);
        return [
          ['IsTruncated', next !== undefined],
          [
            'ServerCertificateMetadataList',
            items.map(({ name, id, uploadedAt, expiresAt }): Xml => [
              'member',
              [
                ['Path', '/'],
                ['ServerCertificateName', name],
                ['ServerCertificateId', id],
                ['Arn', `arn:aws:iam::${accountId}:server-certificate/${name}`],
                ['UploadDate', new Date(uploadedAt).toISOString()],
                ['Expiration', new Date(expiresAt).toISOString()],
              ],
            ]),
          ],
          ...optionalXml('Marker', next),
        ];
      },
    },
    GenerateCredentialReport: {
      run(_form, { iam, accountId, now }) {
        const report = iam.report();
        if (report && now - report.madeAt < reportLifeMs) return [['State', 'COMPLETE']];
        iam.keepReport({ madeAt: now, csv: credentialReport(iam, accountId) });
        return [
          ['State', 'STARTED'],
          ['Description', 'No report exists. Starting a new report generation task'],
        ];
      },
    },
    GetCredentialReport: {
      run(_form, { iam, now }) {
        const report = iam.report();
        if (!report) {
          throw new AwsError(
            'ReportNotPresent',
            'No report exists. Call GenerateCredentialReport.',
            410,
          );
        }
        if (now - report.madeAt >= reportLifeMs) {
          throw new AwsError(
            'ReportExpired',
            'The report is too old. Call GenerateCredentialReport.',
            410,
          );
        }
        return [
          ['Content', Buffer.from(report.csv).toString('base64')],
          ['ReportFormat', 'text/csv'],
          ['GeneratedTime', new Date(report.madeAt).toISOString()],
        ];
      },
    },
  },
});

function page<T>(list: readonly T[], form: URLSearchParams) {
  return formPage(list, form, {
    size: 'MaxItems',
    marker: 'Marker',
    least: 1,
    most: 1000,
    usual: 100,
    code: 'ValidationError',
  });
}
