import { granteesText } from '../../shared/model/events/watch/grantChanges';
import { summarizeGrants } from '../../shared/model/grantSummary';
import type { KeyMetadata } from '../../shared/model/key';
import type { FacetName, KeyFacets } from '../../shared/model/keyDifferences';
import {
  noRotationHistoryReason,
  noRotationStatusReason,
} from '../../shared/model/keyRotationRules';
import type { Answer, Caller } from './caller';
import type { LiveRow, ToldTexts } from './liveRow';
import {
  policySummary,
  readGrants,
  readHistory,
  readMetadata,
  readPolicyText,
  readRotation,
  readTags,
} from './reads';

/** The API behind each facet of a row; it is also the permission. */
export const operationOf: Readonly<Record<FacetName, string>> = {
  metadata: 'kms:DescribeKey',
  aliases: 'kms:ListAliases',
  tags: 'kms:ListResourceTags',
  rotation: 'kms:GetKeyRotationStatus',
  history: 'kms:ListKeyRotations',
  policy: 'kms:GetKeyPolicy',
  grants: 'kms:ListGrants',
};

/** The facets that take one call a key; aliases come in one sweep. */
export const perKeyFacets = [
  'metadata',
  'tags',
  'rotation',
  'history',
  'policy',
  'grants',
] as const satisfies readonly FacetName[];
export type PerKeyFacet = (typeof perKeyFacets)[number];

/** Asked as soon as a key is listed; the others wait for DescribeKey, which says whether they apply. */
export const askedAtOnce = ['metadata', 'policy', 'grants'] as const;
export const askedByKind = ['tags', 'rotation', 'history'] as const;

type Value<N extends PerKeyFacet> = Extract<KeyFacets[N], { status: 'known' }>['value'];

/** What asks for each facet. */
export const readers: {
  readonly [N in PerKeyFacet]: (
    caller: Caller,
    identity: LiveRow['identity'],
    /** Takes the texts behind summaries, where somebody wants them. */
    told?: ToldTexts,
  ) => Promise<Answer<Value<N>>>;
} = {
  metadata: (caller, { keyId }) => readMetadata(caller, keyId),
  tags: (caller, { keyId }) => readTags(caller, keyId),
  rotation: (caller, { keyId }) => readRotation(caller, keyId),
  history: (caller, { keyId }) => readHistory(caller, keyId),
  policy: async (caller, { keyId, accountId }, told) => {
    const answer = await readPolicyText(caller, keyId);
    if (told) told.policy = answer.value;
    return { ...answer, value: policySummary(answer.value, accountId) };
  },
  grants: async (caller, { keyId, accountId }, told) => {
    const answer = await readGrants(caller, keyId);
    if (told)
      told.grantees = granteesText(answer.value.flatMap((each) => each.granteePrincipal ?? []));
    return { ...answer, value: summarizeGrants(answer.value, accountId) };
  },
};

/** Why an API does not apply to a kind of key, as a sentence; undefined where it has to be asked. */
export function notApplicable(
  name: (typeof askedByKind)[number],
  metadata: KeyMetadata,
): string | undefined {
  if (name === 'rotation') return noRotationStatusReason(metadata);
  if (name === 'history') return noRotationHistoryReason(metadata);
  return metadata.keyManager === 'AWS' ? 'AWS manages this key; it cannot be tagged.' : undefined;
}
