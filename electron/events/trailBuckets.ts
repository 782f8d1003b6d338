import { DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import type { AthenaChoices } from '../../shared/model/events/athena';
import type { AwsGateway, Target } from '../aws/types';

/** The trails that an account has or sees in a Region, with their buckets. Throws what the gateway throws. */
export async function trailBuckets(
  gateway: AwsGateway,
  target: Target,
  signal: AbortSignal,
): Promise<AthenaChoices['trails']> {
  const { output } = await gateway.send(target, new DescribeTrailsCommand({}), { signal });
  return (output.trailList ?? []).flatMap((trail) => {
    const { Name = '', S3BucketName: bucket, S3KeyPrefix: prefix, HomeRegion = '' } = trail;
    if (!bucket) return [];
    const organization = trail.IsOrganizationTrail ?? false;
    const uri = `s3://${bucket}${prefix ? `/${prefix}` : ''}`;
    return [{ name: Name, uri, organization, homeRegion: HomeRegion }];
  });
}
