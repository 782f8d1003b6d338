import { postureCheck } from './postureCheck';
import { answerItem, regionItems } from './postureItems';

export const ebsDefaultKey = postureCheck({
  id: 'ebs-default-key',
  question: 'Is the key of new volumes one of your own?',
  why: 'The policy of alias/aws/ebs cannot be changed: such a volume cannot be shared with another account, for a recovery for instance.',
  remedy: {
    console: 'EC2 > Settings > EBS encryption > Default encryption key.',
    cli: 'aws ec2 modify-ebs-default-kms-key-id --kms-key-id KEY',
    terraform: 'resource "aws_ebs_default_kms_key": key_arn',
  },
  severity: 'low',
  permissions: ['ec2:GetEbsDefaultKmsKeyId'],
  judge: (posture) =>
    regionItems(posture, ({ volumes }, where) => [
      answerItem(volumes.defaultKey, where, (key) =>
        /(^|[:/])alias\/aws\/ebs$/.test(key)
          ? { value: 'fail', reason: 'It is alias/aws/ebs.', remedy: 'Set a key of your own.' }
          : { value: 'pass', reason: key },
      ),
    ]),
});
