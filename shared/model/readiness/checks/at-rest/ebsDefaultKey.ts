import { defineCheck, weekHours } from '../../check';
import { keyIndex } from './keyedThings';
import { ownKey } from './ownKeys';
import { answerItem, regionItems } from './postureItems';

export const ebsDefaultKey = defineCheck({
  id: 'ebs-default-key',
  group: 'at-rest',
  topics: ['at-rest'],
  question: 'Is the key of new volumes one of your own?',
  why: 'The policy of alias/aws/ebs cannot be changed: such a volume cannot be shared with another account, for a recovery for instance.',
  remedy: {
    console: 'EC2 > Settings > EBS encryption > Default encryption key.',
    cli: 'aws ec2 modify-ebs-default-kms-key-id --kms-key-id KEY',
    terraform: 'resource "aws_ebs_default_kms_key": key_arn',
  },
  severity: 'low',
  shelfLifeHours: weekHours,
  permissions: ['ec2:GetEbsDefaultKmsKeyId', 'kms:ListKeys', 'kms:DescribeKey'],
  nothing: 'No account was read.',
  reads: ['posture', 'keys'],
  judge({ posture, keys }) {
    const index = keyIndex(keys);
    return regionItems(posture, ({ region, volumes }, where) => [
      // AWS names the key that it manages by its ARN, too, once somebody has set that one.
      answerItem(volumes.defaultKey, where, (keyId) => ownKey({ keyId, region }, index)),
    ]);
  },
});
