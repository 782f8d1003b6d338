import { known } from '../../../facet';
import { stateVerdict } from '../../../keyVerdictState';
import { dayHours, defineCheck } from '../../check';
import {
  byKey,
  isAwsAlias,
  keyedItems,
  keyIndex,
  type ByKey,
  type KeyIndex,
  type KeyedThing,
} from './keyedThings';

export const keysUsable = defineCheck({
  id: 'data-keys-usable',
  group: 'at-rest',
  question: 'Can the key of everything that is encrypted be used?',
  why: 'Data whose key is disabled cannot be read; data whose key is being deleted will be lost with it, and nobody is told who depends on it.',
  remedy: {
    console:
      'KMS > the key > Key actions > Cancel key deletion, Enable; or move the data to another key.',
    cli: 'aws kms cancel-key-deletion --key-id KEY\naws kms enable-key --key-id KEY',
    terraform: 'resource "aws_kms_key": is_enabled = true',
  },
  severity: 'critical',
  shelfLifeHours: dayHours,
  topics: ['at-rest', 'retirement'],
  permissions: [
    'kms:ListKeys',
    'kms:DescribeKey',
    's3:ListAllMyBuckets',
    's3:GetEncryptionConfiguration',
    'ec2:DescribeVolumes',
    'rds:DescribeDBInstances',
    'rds:DescribeDBClusters',
    'dynamodb:ListTables',
    'dynamodb:DescribeTable',
    'secretsmanager:ListSecrets',
    'logs:DescribeLogGroups',
  ],
  nothing: 'No account was read.',
  view: 'keys',
  reads: ['posture', 'keys'],
  judge({ posture, keys }, { now }) {
    const index = keyIndex(keys);
    return keyedItems(posture, (thing) => usable(thing, index, now));
  },
});

function usable(
  { keyId, region }: KeyedThing,
  index: KeyIndex,
  now: (connection?: string) => Date,
): ByKey {
  if (keyId === undefined || isAwsAlias(keyId)) {
    return {
      verdict: { value: 'not-applicable', reason: 'Under a key that AWS keeps usable.' },
    };
  }
  return byKey({ keyId, region }, index, (row) => {
    const verdict = stateVerdict(row, now(row.connection));
    const name = known(row.aliases)?.[0] ?? keyId;
    return { ...verdict, reason: `${name}: ${verdict.reason}` };
  });
}
