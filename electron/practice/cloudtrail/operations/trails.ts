import { AwsError } from '../../protocol/awsError';
import { flag, listOf, optional, required, structure, text } from '../../protocol/rules';
import { isBucketName } from '../../s3/buckets';
import { trailOperation, type TrailContext } from '../context';
import {
  currentSettings,
  defaultSelectors,
  trailArn,
  withSettings,
  type TrailRecord,
  type TrailSettings,
} from '../trail';
import { checkTrailName, findHomeTrail, findTrail } from '../trailNames';
import { checkTags } from './tags';

const name = required(text(0, 4096));
const word = optional(text(0, 4096));
const settingMembers = {
  Name: name,
  S3KeyPrefix: word,
  SnsTopicName: word,
  IncludeGlobalServiceEvents: optional(flag),
  IsMultiRegionTrail: optional(flag),
  EnableLogFileValidation: optional(flag),
  CloudWatchLogsLogGroupArn: word,
  CloudWatchLogsRoleArn: word,
  KmsKeyId: word,
  IsOrganizationTrail: optional(flag),
};

interface TrailInput {
  readonly Name: string;
  readonly S3BucketName?: string;
  readonly S3KeyPrefix?: string;
  readonly IncludeGlobalServiceEvents?: boolean;
  readonly IsMultiRegionTrail?: boolean;
  readonly EnableLogFileValidation?: boolean;
  readonly KmsKeyId?: string;
  readonly CloudWatchLogsLogGroupArn?: string;
  readonly IsOrganizationTrail?: boolean;
  readonly TagsList?: { Key: string; Value?: string }[];
}

const trailsPerRegion = 5;

export const createTrail = trailOperation<TrailInput>({
  name: 'CreateTrail',
  readOnly: false,
  members: {
    ...settingMembers,
    S3BucketName: required(text(0, 4096)),
    TagsList: optional(
      listOf(structure({ Key: required(text(1, 128)), Value: optional(text(0, 256)) })),
    ),
  },
  run(input, context) {
    const { region, accountId, trails } = context;
    checkTrailName(input.Name);
    checkSettings(input, context);
    const arn = trailArn(region, accountId, input.Name);
    if (trails.get(arn)) {
      throw new AwsError(
        'TrailAlreadyExistsException',
        `Trail ${input.Name} already exists for customer: ${accountId}`,
      );
    }
    const inRegion = [...trails.values()].filter((one) => one.homeRegion === region);
    if (inRegion.length >= trailsPerRegion) {
      throw new AwsError(
        'MaximumNumberOfTrailsExceededException',
        `User: ${accountId} already has ${trailsPerRegion} trails in ${region}.`,
      );
    }
    checkTags(input.TagsList ?? []);
    const afterSeq = context.log.lastSeq();
    const settings: TrailSettings = {
      from: context.now,
      afterSeq,
      bucket: input.S3BucketName ?? '',
      prefix: input.S3KeyPrefix || undefined,
      multiRegion: input.IsMultiRegionTrail ?? false,
      globalEvents: input.IncludeGlobalServiceEvents ?? true,
      validation: input.EnableLogFileValidation ?? false,
      logging: false,
      kmsKeyId: input.KmsKeyId,
      logGroupArn: input.CloudWatchLogsLogGroupArn || undefined,
      selectors: defaultSelectors,
    };
    const trail: TrailRecord = {
      arn,
      name: input.Name,
      accountId,
      homeRegion: region,
      createdAt: context.now,
      afterSeq,
      settings: [settings],
      tags: input.TagsList ?? [],
    };
    trails.put(arn, trail);
    return changed(trail);
  },
});

export const updateTrail = trailOperation<TrailInput>({
  name: 'UpdateTrail',
  readOnly: false,
  members: { ...settingMembers, S3BucketName: word },
  run(input, context) {
    const trail = findHomeTrail(context, input.Name);
    checkSettings(input, context);
    const before = currentSettings(trail);
    const next = withSettings(trail, context.now, {
      afterSeq: context.log.lastSeq(),
      bucket: input.S3BucketName ?? before.bucket,
      prefix: input.S3KeyPrefix === undefined ? before.prefix : input.S3KeyPrefix || undefined,
      multiRegion: input.IsMultiRegionTrail ?? before.multiRegion,
      globalEvents: input.IncludeGlobalServiceEvents ?? before.globalEvents,
      validation: input.EnableLogFileValidation ?? before.validation,
      kmsKeyId: input.KmsKeyId ?? before.kmsKeyId,
      logGroupArn:
        input.CloudWatchLogsLogGroupArn === undefined
          ? before.logGroupArn
          : input.CloudWatchLogsLogGroupArn || undefined,
    });
    context.trails.put(trail.arn, next);
    return changed(next);
  },
});

export const deleteTrail = trailOperation<{ Name: string }>({
  name: 'DeleteTrail',
  readOnly: false,
  members: { Name: name },
  async run(input, context) {
    const trail = findHomeTrail(context, input.Name);
    await context.settle(trail);
    context.trails.delete(trail.arn);
    context.delivery.forget(trail);
    return {};
  },
});

export const describeTrails = trailOperation<{
  trailNameList?: string[];
  includeShadowTrails?: boolean;
}>({
  name: 'DescribeTrails',
  readOnly: true,
  members: { trailNameList: optional(listOf(text(0, 4096))), includeShadowTrails: optional(flag) },
  run({ trailNameList = [], includeShadowTrails = true }, context) {
    const visible = seenIn(context, includeShadowTrails);
    const wanted = visible.filter(
      ({ name: own, arn }) =>
        trailNameList.length === 0 || trailNameList.includes(own) || trailNameList.includes(arn),
    );
    return { trailList: wanted.map(described) };
  },
});

export const getTrail = trailOperation<{ Name: string }>({
  name: 'GetTrail',
  readOnly: true,
  members: { Name: name },
  run: (input, context) => ({ Trail: described(findTrail(context, input.Name)) }),
});

export const listTrails = trailOperation<object>({
  name: 'ListTrails',
  readOnly: true,
  members: { NextToken: word },
  run: (_input, { trails, accountId }) => ({
    Trails: [...trails.values()]
      .filter((trail) => trail.accountId === accountId)
      .map((trail) => ({ TrailARN: trail.arn, Name: trail.name, HomeRegion: trail.homeRegion })),
  }),
});

/** A Region's own trails, and the shadows of the multi-Region ones of others. */
function seenIn({ trails, region, accountId }: TrailContext, shadows: boolean): TrailRecord[] {
  return [...trails.values()].filter(
    (trail) =>
      trail.accountId === accountId &&
      (trail.homeRegion === region || (shadows && currentSettings(trail).multiRegion)),
  );
}

function checkSettings(input: TrailInput, { buckets }: TrailContext): void {
  if (input.IsOrganizationTrail) {
    throw new AwsError(
      'OrganizationsNotInUseException',
      'Your account is not a member of an organization.',
    );
  }
  if (input.IsMultiRegionTrail && input.IncludeGlobalServiceEvents === false) {
    throw new AwsError(
      'InvalidParameterCombinationException',
      'Multi-Region trail must include global service events.',
    );
  }
  const { S3BucketName: bucket, S3KeyPrefix: prefix = '' } = input;
  if (prefix.length > 200) {
    throw new AwsError('InvalidS3PrefixException', 'S3 prefix is longer than 200 characters.');
  }
  if (bucket === undefined) return;
  if (!isBucketName(bucket)) {
    throw new AwsError('InvalidS3BucketNameException', `Bucket name ${bucket} is not valid.`);
  }
  if (!buckets.get(bucket)) {
    throw new AwsError('S3BucketDoesNotExistException', `S3 bucket ${bucket} does not exist!`);
  }
}

/** What CreateTrail and UpdateTrail answer. */
function changed(trail: TrailRecord): object {
  const {
    HomeRegion: _home,
    HasCustomEventSelectors: _own,
    HasInsightSelectors: _none,
    ...rest
  } = described(trail);
  return rest;
}

function described(trail: TrailRecord) {
  const settings = currentSettings(trail);
  const { selectors } = settings;
  return {
    Name: trail.name,
    S3BucketName: settings.bucket,
    S3KeyPrefix: settings.prefix,
    IncludeGlobalServiceEvents: settings.globalEvents,
    IsMultiRegionTrail: settings.multiRegion,
    HomeRegion: trail.homeRegion,
    TrailARN: trail.arn,
    LogFileValidationEnabled: settings.validation,
    KmsKeyId: settings.kmsKeyId,
    CloudWatchLogsLogGroupArn: settings.logGroupArn,
    HasCustomEventSelectors: selectors !== defaultSelectors && !isDefault(selectors),
    HasInsightSelectors: false,
    IsOrganizationTrail: false,
  };
}

function isDefault(selectors: TrailSettings['selectors']): boolean {
  return JSON.stringify(selectors) === JSON.stringify(defaultSelectors);
}
