import { AwsError } from '../../protocol/awsError';
import { listOf, optional, required, structure, text } from '../../protocol/rules';
import { trailOperation, type TrailContext } from '../context';
import type { TrailRecord } from '../trail';
import { arnOf } from '../trailNames';

interface Tag {
  readonly Key: string;
  readonly Value?: string;
}

const tagsPerTrail = 50;
const tagList = listOf(structure({ Key: required(text(1, 128)), Value: optional(text(0, 256)) }));

export const addTags = trailOperation<{ ResourceId: string; TagsList: Tag[] }>({
  name: 'AddTags',
  readOnly: false,
  members: { ResourceId: required(text(3, 256)), TagsList: required(tagList) },
  run({ ResourceId, TagsList }, context) {
    const trail = named(context, ResourceId);
    checkTags(TagsList);
    const names = new Set(TagsList.map(({ Key }) => Key));
    const tags = [...trail.tags.filter(({ Key }) => !names.has(Key)), ...TagsList];
    requireRoom(tags);
    context.trails.put(trail.arn, { ...trail, tags });
    return {};
  },
});

export const removeTags = trailOperation<{ ResourceId: string; TagsList: Tag[] }>({
  name: 'RemoveTags',
  readOnly: false,
  members: { ResourceId: required(text(3, 256)), TagsList: required(tagList) },
  run({ ResourceId, TagsList }, context) {
    const trail = named(context, ResourceId);
    const names = new Set(TagsList.map(({ Key }) => Key));
    const tags = trail.tags.filter(({ Key }) => !names.has(Key));
    context.trails.put(trail.arn, { ...trail, tags });
    return {};
  },
});

export const listTags = trailOperation<{ ResourceIdList: string[] }>({
  name: 'ListTags',
  readOnly: true,
  members: { ResourceIdList: required(listOf(text(3, 256))), NextToken: optional(text(0, 5000)) },
  run: ({ ResourceIdList }, context) => ({
    ResourceTagList: ResourceIdList.map((ResourceId) => ({
      ResourceId,
      TagsList: named(context, ResourceId).tags,
    })),
  }),
});

/** @throws AwsError InvalidTagParameterException, TagsLimitExceededException */
export function checkTags(tags: readonly Tag[]): void {
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw new AwsError('InvalidTagParameterException', 'Tag keys must be unique.');
  }
  requireRoom(tags);
}

function requireRoom(tags: readonly unknown[]): void {
  if (tags.length <= tagsPerTrail) return;
  throw new AwsError('TagsLimitExceededException', `A trail can have up to ${tagsPerTrail} tags.`);
}

/** Tags are for whole ARNs. */
function named(context: TrailContext, resourceId: string): TrailRecord {
  if (!resourceId.startsWith('arn:')) {
    throw new AwsError('CloudTrailARNInvalidException', `Invalid ARN: ${resourceId}`);
  }
  const trail = context.trails.get(arnOf(context, resourceId));
  if (!trail) throw new AwsError('ResourceNotFoundException', `Unknown resource: ${resourceId}`);
  return trail;
}
