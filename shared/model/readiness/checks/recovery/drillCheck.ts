import { day } from '../../../keyVerdictParts';
import type { Verdict } from '../../../verdict';
import { defineCheck, type Check, type CheckFacts } from '../../check';
import type { DrillFact, DrillRecord } from '../../sources';

/** A quarter: how long a drill counts. */
export const quarterDays = 92;

export function drillCheck({
  rule,
  further = () => [],
  withoutAny,
  ...facts
}: Pick<CheckFacts, 'id' | 'question' | 'why' | 'severity' | 'effort'> & {
  readonly remedy: string;
  /** What no drill at all comes to; `cannot-tell` where that is another check's failure. */
  readonly withoutAny?: 'fail';
  /** Judges the newest drill that is over. */
  readonly rule: (latest: DrillFact, now: Date) => Verdict;
  /** Judges further things of the record, each by itself. */
  readonly further?: (
    record: DrillRecord,
    now: Date,
  ) => readonly { readonly id: string; readonly name: string; readonly verdict: Verdict }[];
}): Check {
  const { remedy, ...others } = facts;
  return defineCheck({
    group: 'recovery',
    shelfLifeHours: 24,
    topics: ['recovery'],
    permissions: [],
    nothing: 'No drill is on record.',
    view: 'drills',
    ...others,
    remedy: {
      console: remedy,
      cli: 'None: a drill is run by people, in the window.',
      terraform: 'None: a drill is run by people, in the window.',
    },
    reads: ['drills'],
    judge({ drills: record }, { now }) {
      const { asOf, drills } = record;
      const latest = drills.toSorted((a, b) => (a.closedAt < b.closedAt ? 1 : -1))[0];
      const verdict: Verdict = latest
        ? rule(latest, now())
        : { value: withoutAny ?? 'cannot-tell', reason: 'No drill is on record.', remedy };
      const subject = {
        kind: 'organisation',
        id: 'organisation',
        name: 'The organisation',
      } as const;
      const evidence = [drillDocumentId];
      return [
        { subject, verdict, evidence, asOf },
        ...further(record, now()).map(({ id, name, verdict: own }) => ({
          subject: { kind: 'resource', id, name } as const,
          verdict: own,
          evidence,
          asOf,
        })),
      ];
    },
  });
}

export function named({ name, closedAt }: DrillFact): string {
  return `${name} of ${day(closedAt)}`;
}

export const drillDocumentId = 'drills record';
