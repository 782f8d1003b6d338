import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type AdvancedFieldSelector,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import type {
  Asked,
  FieldSelector,
  SelectorFacts,
  StatusFacts,
  TrailFacts,
} from '../../../shared/model/events/trail/evidence';
import { AppError } from '../../../shared/model/errors';
import type { Asker } from './ask';

/** The trails that cover a Region: its own, and the shadows of multi-Region and organisation trails. */
export function askTrails({ ask }: Asker, region: string): Promise<Asked<TrailFacts[]>> {
  return ask('cloudtrail:DescribeTrails', region, async (send) => {
    const { trailList = [] } = await send(new DescribeTrailsCommand({ includeShadowTrails: true }));
    return trailList.map(trailFacts);
  });
}

/** A trail's status in one Region: of a multi-Region trail each Region has its own. */
export function askStatus(
  { ask }: Asker,
  region: string,
  arn: string,
): Promise<Asked<StatusFacts>> {
  return ask('cloudtrail:GetTrailStatus', region, async (send) => {
    const status = await send(new GetTrailStatusCommand({ Name: arn }));
    return {
      logging: status.IsLogging === true,
      deliveryError: nonEmpty(status.LatestDeliveryError),
      deliveredAt: status.LatestDeliveryTime?.getTime(),
      digestError: nonEmpty(status.LatestDigestDeliveryError),
      digestAt: status.LatestDigestDeliveryTime?.getTime(),
      logGroupError: nonEmpty(status.LatestCloudWatchLogsDeliveryError),
      logGroupAt: status.LatestCloudWatchLogsDeliveryTime?.getTime(),
    };
  });
}

/** What a trail records; its home Region knows. */
export function askSelectors(
  { ask }: Asker,
  region: string,
  arn: string,
): Promise<Asked<SelectorFacts>> {
  return ask('cloudtrail:GetEventSelectors', region, async (send) => {
    const answer = await send(new GetEventSelectorsCommand({ TrailName: arn }));
    // A trail always has the one kind or the other: without both something else answered.
    if (!answer.EventSelectors && !answer.AdvancedEventSelectors) {
      throw new AppError('bad-response', 'cloudtrail:GetEventSelectors gave no selectors.');
    }
    return {
      classic: (answer.EventSelectors ?? []).map((selector) => ({
        readWriteType: selector.ReadWriteType,
        managementEvents: selector.IncludeManagementEvents,
        excludedSources: selector.ExcludeManagementEventSources ?? [],
      })),
      advanced: (answer.AdvancedEventSelectors ?? []).map(({ FieldSelectors = [] }) =>
        FieldSelectors.map(fieldSelector),
      ),
    };
  });
}

function trailFacts(trail: Trail): TrailFacts {
  if (!trail.TrailARN) {
    throw new AppError('bad-response', 'cloudtrail:DescribeTrails gave a trail without an ARN.');
  }
  return {
    arn: trail.TrailARN,
    name: trail.Name ?? trail.TrailARN,
    homeRegion: trail.HomeRegion,
    multiRegion: trail.IsMultiRegionTrail,
    validation: trail.LogFileValidationEnabled,
    kmsKeyId: nonEmpty(trail.KmsKeyId),
    logGroupArn: nonEmpty(trail.CloudWatchLogsLogGroupArn),
  };
}

function fieldSelector(field: AdvancedFieldSelector): FieldSelector {
  return {
    field: field.Field ?? '',
    equals: field.Equals,
    startsWith: field.StartsWith,
    endsWith: field.EndsWith,
    notEquals: field.NotEquals,
    notStartsWith: field.NotStartsWith,
    notEndsWith: field.NotEndsWith,
  };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
