import { AwsError } from '../protocol/awsError';
import type { Tag } from './model';

const tagLimit = 50;
/** Letters, digits, spaces and a few signs, of any script (Tag Editor user guide). */
const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * Adds tags to those that a key has; a tag whose name is there already gets the new value.
 * @throws AwsError TagException for a reserved name, a character that AWS does not take, the same name twice, or more than 50 tags
 */
export function withTags(
  present: readonly Tag[],
  added: readonly { TagKey?: string | undefined; TagValue?: string | undefined }[],
): Tag[] {
  const names = added.map(({ TagKey = '' }) => TagKey);
  if (names.some((name) => name.toLowerCase().startsWith('aws:'))) {
    throw new AwsError('TagException', 'Tags beginning with aws: are reserved');
  }
  const texts = added.flatMap(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue]);
  if (!texts.every((text) => allowed.test(text))) throw new AwsError('TagException', 'Invalid tag');
  if (new Set(names).size < names.length) throw new AwsError('TagException', 'Duplicate tag keys');
  const tags = new Map(present.map((tag) => [tag.TagKey, tag]));
  for (const { TagKey = '', TagValue = '' } of added) tags.set(TagKey, { TagKey, TagValue });
  if (tags.size > tagLimit) throw new AwsError('TagException', 'Too many tags');
  return [...tags.values()];
}
