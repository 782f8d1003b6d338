import type {
  ListResourceTagsRequest,
  ListResourceTagsResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-kms';
import { listOf, required, text } from '../../protocol/rules';
import { keyOnly, operation } from '../context';
import { requireState } from '../keyState';
import { keyId, limit, marker, tagList } from '../members';
import { page } from '../paging';
import { withTags } from '../tags';

export const tagResource = operation<TagResourceRequest>({
  name: 'TagResource',
  members: { KeyId: keyId, Tags: required(tagList) },
  run(input, context) {
    const key = keyOnly(context, input.KeyId);
    requireState(context.operation, key);
    context.ring.put({ ...key, tags: withTags(key.tags, input.Tags) });
    return undefined;
  },
});

export const untagResource = operation<UntagResourceRequest>({
  name: 'UntagResource',
  members: { KeyId: keyId, TagKeys: required(listOf(text(1, 128))) },
  run(input, context) {
    const key = keyOnly(context, input.KeyId);
    requireState(context.operation, key);
    const tags = key.tags.filter(({ TagKey }) => !input.TagKeys.includes(TagKey));
    context.ring.put({ ...key, tags });
    return undefined;
  },
});

export const listResourceTags = operation<ListResourceTagsRequest, ListResourceTagsResponse>({
  name: 'ListResourceTags',
  members: { KeyId: keyId, Limit: limit, Marker: marker },
  run(input, context) {
    const { tags } = keyOnly(context, input.KeyId);
    const sorted = [...tags].sort((a, b) => (a.TagKey < b.TagKey ? -1 : 1));
    const { items, ...rest } = page(sorted, ({ TagKey }) => TagKey, input, {
      default: 50,
      max: 50,
    });
    return { Tags: [...items], ...rest };
  },
});
