import { told } from '../../../keyVerdictParts';
import { weekHours } from '../../check';
import { keyCheck } from '../keys/keyCheck';

export const primaryHasReplica = keyCheck({
  id: 'primary-has-replica',
  group: 'recovery',
  question: 'Has every multi-Region key a replica?',
  why: 'A multi-Region key without a replica was made for the loss of a Region, and is lost with it all the same.',
  remedy: {
    console: 'KMS > Customer managed keys > the key > Regionality > Create new replica keys.',
    cli: 'aws kms replicate-key --key-id KEY --replica-region REGION',
    terraform: 'resource "aws_kms_replica_key": primary_key_arn',
  },
  severity: 'medium',
  shelfLifeHours: weekHours,
  topics: ['recovery'],
  parts: ['metadata'],
  rule: (row) => {
    const metadata = told(row.metadata, 'kms:DescribeKey', 'whether it has replicas');
    if (!metadata.known) return metadata.verdict;
    const { multiRegion } = metadata.value;
    if (multiRegion?.type !== 'PRIMARY') {
      const reason = multiRegion ? 'It is a replica itself.' : 'It is a key of one Region.';
      return { value: 'not-applicable', reason };
    }
    return multiRegion.replicaRegions.length > 0
      ? { value: 'pass', reason: `Replicas in ${multiRegion.replicaRegions.join(', ')}.` }
      : {
          value: 'fail',
          reason: 'It has no replica.',
          remedy: 'Make a replica in another Region.',
        };
  },
});
