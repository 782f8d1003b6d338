import type { TrailCheck } from '../../../events/trailCheck';
import { defineCheck, type Check, type CheckFacts } from '../../check';
import type { Item } from '../../item';
import type { TrailScope } from '../../sources';

type TrailFacts = Omit<CheckFacts, 'group' | 'nothing' | 'view' | 'question'> & {
  /** The question of the trail check that it takes over; its rule is judged there. */
  readonly trailCheck: string;
  readonly question: string;
};

/** A check that takes over one question of the trail check, for each account and Region. */
export function trailCheckOf({ trailCheck, ...facts }: TrailFacts): Check {
  return defineCheck({
    group: 'audit',
    nothing: 'No Region was read.',
    view: 'events',
    ...facts,
    reads: ['trails'],
    judge: ({ trails }) => trails.map((scope) => itemOf(scope, trailCheck)),
  });
}

function itemOf(scope: TrailScope, id: string): Item {
  const { connection, account, region, answer } = scope;
  const found = 'checks' in answer ? answer.checks.find((one) => one.id === id) : undefined;
  const place = `${connection}/${region}`;
  const asOf = found && oldest(found);
  return {
    subject: {
      kind: 'account-region',
      id: place,
      name: `${account ?? connection} ${region}`,
      connection,
      ...(account !== undefined && { account }),
      region,
    },
    verdict:
      found?.verdict ??
      ('checks' in answer
        ? { value: 'cannot-tell', reason: 'The trail check did not answer this.' }
        : { value: 'cannot-tell', reason: answer.message }),
    evidence: [trailDocumentId(place)],
    ...(asOf !== undefined && { asOf }),
  };
}

export function trailDocumentId(place: string): string {
  return `trails ${place}`;
}

function oldest({ evidence }: TrailCheck): string | undefined {
  return evidence.map(({ asOf }) => asOf).toSorted()[0];
}
