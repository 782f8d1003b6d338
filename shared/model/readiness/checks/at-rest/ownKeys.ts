import { told } from '../../../keyVerdictParts';
import { defineCheck, weekHours } from '../../check';
import {
  bucketItems,
  byKey,
  isAwsAlias,
  keyIndex,
  storageItems,
  type ByKey,
  type KeyIndex,
  type KeyedThing,
} from './keyedThings';

export const ownKeys = defineCheck({
  id: 'data-under-own-keys',
  group: 'at-rest',
  question: 'Are buckets, volumes and databases under keys of your own?',
  why: 'The policy of a key that AWS manages cannot be changed: nobody can be kept out, no other account can be let in for a recovery, and it cannot be taken away from a thief.',
  remedy: {
    console:
      'S3 > the bucket > Default encryption; EC2 and RDS: copy a snapshot under a key of your own and restore.',
    cli: `aws s3api put-bucket-encryption --bucket BUCKET --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"KEY"},"BucketKeyEnabled":true}]}'\naws ec2 copy-snapshot --source-region REGION --source-snapshot-id SNAPSHOT --encrypted --kms-key-id KEY\naws rds copy-db-snapshot --source-db-snapshot-identifier SNAPSHOT --target-db-snapshot-identifier COPY --kms-key-id KEY`,
    terraform: 'kms_master_key_id, kms_key_id of the resource = aws_kms_key.data.arn',
  },
  severity: 'medium',
  effort: 'hours',
  shelfLifeHours: weekHours,
  topics: ['at-rest'],
  permissions: [
    's3:ListAllMyBuckets',
    's3:GetEncryptionConfiguration',
    'ec2:DescribeVolumes',
    'rds:DescribeDBInstances',
    'rds:DescribeDBClusters',
    'kms:ListKeys',
    'kms:DescribeKey',
  ],
  nothing: 'No account was read.',
  reads: ['posture', 'keys'],
  judge({ posture, keys }) {
    const index = keyIndex(keys);
    const rule = (thing: KeyedThing) => ownKey(thing, index);
    return [...bucketItems(posture, rule), ...storageItems(posture, rule)];
  },
});

/** Whether something is under a key that its owner manages: the key is looked up among those that were read. */
export function ownKey({ keyId, region }: KeyedThing, index: KeyIndex): ByKey {
  const remedy = 'Put it under a key of your own.';
  if (keyId === undefined || isAwsAlias(keyId)) {
    const reason = `Under ${keyId ?? 'the key that AWS manages'}.`;
    return { verdict: { value: 'fail', reason, remedy } };
  }
  return byKey({ keyId, region }, index, (row) => {
    const metadata = told(row.metadata, 'kms:DescribeKey', 'who manages its key');
    if (!metadata.known) return metadata.verdict;
    return metadata.value.keyManager === 'CUSTOMER'
      ? { value: 'pass', reason: `Under ${keyId}.` }
      : { value: 'fail', reason: 'Under a key that AWS manages.', remedy };
  });
}
