import { postureCheck } from './postureCheck';
import { listItems, regionItems } from './postureItems';

export const logGroups = postureCheck({
  id: 'log-groups-own-key',
  question: 'Is every log group encrypted with a KMS key?',
  why: 'Logs hold what programs were told: names, requests, at times secrets.',
  remedy: {
    console: 'CloudWatch: only by the command line or the API.',
    cli: '# the key’s policy must let logs.REGION.amazonaws.com use it\naws logs associate-kms-key --log-group-name GROUP --kms-key-id KEY',
    terraform: 'resource "aws_cloudwatch_log_group": kms_key_id',
  },
  severity: 'low',
  permissions: ['logs:DescribeLogGroups'],
  judge: (posture) =>
    regionItems(posture, ({ logGroups }, where) =>
      listItems(logGroups, 'log group', where, ({ arn, name, keyId }) => ({
        id: arn,
        name,
        verdict:
          keyId === undefined
            ? {
                value: 'fail',
                reason: 'Encrypted with a key of CloudWatch Logs.',
                remedy: 'Associate a KMS key.',
              }
            : { value: 'pass', reason: keyId },
      })),
    ),
});
