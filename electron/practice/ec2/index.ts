import { formPage, listed, optionalXml, queryService } from '../edge/queryService';
import type { Stock, VolumeRecord, SnapshotRecord } from '../holdings/holdings';
import { AwsError } from '../protocol/awsError';
import { writeXml, type Xml } from '../s3/xml';
import type { Answer } from '../server/answer';

const namespace = 'http://ec2.amazonaws.com/doc/2016-11-15/';

/**
 * As much of EC2 (its own Query protocol, API 2016-11-15) as the encryption of volumes needs:
 * GetEbsEncryptionByDefault, GetEbsDefaultKmsKeyId, DescribeVolumes, DescribeSnapshots.
 */
export const ec2 = queryService<Stock>({
  scope: 'ec2',
  namespace,
  operations: {
    GetEbsEncryptionByDefault: {
      run: (_form, { ebs }) => [
        ['ebsEncryptionByDefault', ebs.encryptByDefault],
        ['sseType', ebs.encryptByDefault ? 'sse-kms' : 'none'],
      ],
    },
    GetEbsDefaultKmsKeyId: {
      run: (_form, { ebs }) => [['kmsKeyId', ebs.defaultKey ?? 'alias/aws/ebs']],
    },
    DescribeVolumes: {
      run(form, { volumes, region }) {
        refuseFilters(form);
        const ids = listed(form, 'VolumeId');
        const found = volumes.filter(({ id }) => ids.length === 0 || ids.includes(id));
        const missing = ids.find((id) => !found.some((one) => one.id === id));
        if (missing !== undefined) {
          const text = `The volume '${missing.slice(0, 50)}' does not exist.`;
          throw new AwsError('InvalidVolume.NotFound', text);
        }
        const { items, next } = page(found, form, 500);
        const rows = items.map((volume) => volumeXml(volume, region));
        return [['volumeSet', rows], ...optionalXml('nextToken', next)];
      },
    },
    DescribeSnapshots: {
      run(form, { snapshots, accountId }) {
        refuseFilters(form);
        const ids = listed(form, 'SnapshotId');
        const owners = listed(form, 'Owner');
        const own =
          owners.length === 0 || owners.some((one) => one === 'self' || one === accountId);
        const found = snapshots.filter(({ id }) => own && (ids.length === 0 || ids.includes(id)));
        const missing = ids.find((id) => !found.some((one) => one.id === id));
        if (missing !== undefined) {
          const text = `The snapshot '${missing.slice(0, 50)}' does not exist.`;
          throw new AwsError('InvalidSnapshot.NotFound', text);
        }
        const { items, next } = page(found, form, 1000);
        const rows = items.map((snapshot) => snapshotXml(snapshot, accountId));
        return [['snapshotSet', rows], ...optionalXml('nextToken', next)];
      },
    },
  },
  wrap: (_name, result, requestId) => [['requestId', requestId], ...result],
  refuse,
  throttled: () => new AwsError('RequestLimitExceeded', 'Request limit exceeded.', 503),
});

function page<T>(list: readonly T[], form: URLSearchParams, most: number) {
  return formPage(list, form, {
    size: 'MaxResults',
    marker: 'NextToken',
    least: 5,
    most,
    usual: most,
    code: 'InvalidParameterValue',
  });
}

function refuseFilters(form: URLSearchParams): void {
  const filter = form.get('Filter.1.Name');
  if (filter !== null) {
    throw new AwsError('InvalidParameterValue', `The filter '${filter.slice(0, 50)}' is invalid`);
  }
}

/** EC2's names for what other services call otherwise (EC2 API reference, "Error codes"). */
const codes: Readonly<Record<string, { code: string; status: number; message?: string }>> = {
  AccessDeniedException: { code: 'UnauthorizedOperation', status: 403 },
  InvalidSignatureException: {
    code: 'AuthFailure',
    status: 401,
    message: 'AWS was not able to validate the provided access credentials',
  },
  UnrecognizedClientException: {
    code: 'AuthFailure',
    status: 401,
    message: 'AWS was not able to validate the provided access credentials',
  },
  MissingAuthenticationTokenException: {
    code: 'MissingAuthenticationToken',
    status: 403,
    message: 'Request is missing Authentication Token',
  },
  IncompleteSignatureException: { code: 'IncompleteSignature', status: 400 },
  ExpiredTokenException: { code: 'RequestExpired', status: 400 },
  InternalFailure: {
    code: 'InternalError',
    status: 500,
    message: 'An internal error has occurred',
  },
};

function refuse(error: AwsError, requestId: string): Answer {
  const known = codes[error.code];
  const denied = known?.code === 'UnauthorizedOperation';
  const message = denied
    ? `You are not authorized to perform this operation. ${error.message}`
    : (known?.message ?? error.message);
  const root: Xml = [
    'Response',
    [
      [
        'Errors',
        [
          [
            'Error',
            [
              ['Code', known?.code ?? error.code],
              ['Message', message],
            ],
          ],
        ],
      ],
      ['RequestID', requestId],
    ],
  ];
  return {
    status: known?.status ?? error.status,
    contentType: 'text/xml;charset=UTF-8',
    body: writeXml(root),
  };
}

function volumeXml({ id, name, sizeGiB, keyArn, createdAt }: VolumeRecord, region: string): Xml {
  return [
    'item',
    [
      ['volumeId', id],
      ['size', sizeGiB],
      ['snapshotId', ''],
      ['availabilityZone', `${region}a`],
      ['status', 'in-use'],
      ['createTime', new Date(createdAt).toISOString()],
      ['tagSet', [tagXml('Name', name)]],
      ['volumeType', 'gp3'],
      ['iops', 3000],
      ['throughput', 125],
      ['encrypted', keyArn !== undefined],
      ...optionalXml('kmsKeyId', keyArn),
      ['multiAttachEnabled', false],
    ],
  ];
}

function snapshotXml(snapshot: SnapshotRecord, accountId: string): Xml {
  const { id, volumeId, description, sizeGiB, keyArn, startedAt } = snapshot;
  return [
    'item',
    [
      ['snapshotId', id],
      ['volumeId', volumeId],
      ['status', 'completed'],
      ['startTime', new Date(startedAt).toISOString()],
      ['progress', '100%'],
      ['ownerId', accountId],
      ['volumeSize', sizeGiB],
      ['description', description],
      ['encrypted', keyArn !== undefined],
      ...optionalXml('kmsKeyId', keyArn),
      ['storageTier', 'standard'],
    ],
  ];
}

function tagXml(key: string, value: string): Xml {
  return [
    'item',
    [
      ['key', key],
      ['value', value],
    ],
  ];
}
