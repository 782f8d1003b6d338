import {
  defineCheck,
  weekHours,
  type Check,
  type CheckFacts,
  type JudgeContext,
} from '../../check';
import type { Item } from '../../item';
import type { PostureScope } from '../../sources';

export type PostureFacts = Omit<CheckFacts, 'group' | 'shelfLifeHours' | 'topics' | 'nothing'> &
  Partial<Pick<CheckFacts, 'group' | 'shelfLifeHours' | 'topics'>>;

/** A check over how an account keeps its data, its people and its certificates. */
export function postureCheck({
  judge,
  ...facts
}: PostureFacts & {
  readonly judge: (posture: readonly PostureScope[], context: JudgeContext) => Item[];
}): Check {
  return defineCheck({
    group: 'at-rest',
    topics: ['at-rest'],
    shelfLifeHours: weekHours,
    nothing: 'No account was read.',
    ...facts,
    reads: ['posture'],
    judge: ({ posture }, context) => judge(posture, context),
  });
}
