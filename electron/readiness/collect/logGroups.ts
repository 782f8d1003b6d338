import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { LogGroup, RegionPosture } from '../../../shared/model/readiness/posture/region';
import { pages } from '../../aws/pages';
import type { Asker } from './ask';
import { needed, said } from './parts';

/** Asks CloudWatch Logs for the log groups of one Region and their keys. */
export function collectLogGroups(
  { ask }: Asker,
  region: string,
): Promise<RegionPosture['logGroups']> {
  return ask(region, async (send) => {
    const found: LogGroup[] = [];
    const lists = pages(
      'logs:DescribeLogGroups',
      (nextToken) => send(new DescribeLogGroupsCommand({ limit: 50, nextToken })),
      ({ nextToken }) => nextToken,
    );
    for await (const { logGroups = [] } of lists) {
      for (const group of logGroups) {
        found.push({
          arn: needed(group.arn, 'logs:DescribeLogGroups', 'arn'),
          name: group.logGroupName ?? '',
          ...said({ keyId: group.kmsKeyId, retentionDays: group.retentionInDays }),
        });
      }
    }
    return found;
  });
}
