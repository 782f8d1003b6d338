import { day } from '../../keyVerdictParts';
import type { Verdict } from '../../verdict';
import type { Check, EvidenceOf, JudgeContext } from '../check';
import type { Item } from '../item';
import { rollUp } from '../rollUp';
import { sourceNames, type ReadinessEvidence, type SourceId } from '../sources';

export interface JudgedCheck {
  readonly check: Check;
  readonly verdict: Verdict;
  readonly items: readonly Item[];
}

/**
 * Judges one check. A source that was never read makes it `cannot-tell`; a pass, and a "not
 * applicable" that was read from something, is `stale` once that is older than the check's shelf
 * life. A fail stays one until it is read anew.
 */
export function judgeCheck(
  check: Check,
  evidence: ReadinessEvidence,
  context: JudgeContext,
): JudgedCheck {
  return summedUp(check, evidence, [...agedItems(check, evidence, context)]);
}

/** The same, with a pause after so many things: one check over 10,000 keys takes too long at once. */
export async function judgeInPortions(
  check: Check,
  evidence: ReadinessEvidence,
  context: JudgeContext,
  pause: () => Promise<unknown>,
): Promise<JudgedCheck> {
  const items: Item[] = [];
  for (const item of agedItems(check, evidence, context)) {
    items.push(item);
    if (items.length % portion === 0) await pause();
  }
  return summedUp(check, evidence, items);
}

const portion = 1000;

function* agedItems(
  check: Check,
  evidence: ReadinessEvidence,
  context: JudgeContext,
): Generator<Item> {
  if (missingOf(check, evidence).length > 0) return;
  yield* unread(check, evidence);
  const shelfLifeMs = check.shelfLifeHours * 3_600_000;
  const limits = new Map<string | undefined, string>();
  for (const item of check.judge(evidence as EvidenceOf<SourceId>, context)) {
    const { connection } = item.subject;
    let oldest = limits.get(connection);
    if (oldest === undefined) {
      oldest = new Date(context.now(connection).getTime() - shelfLifeMs).toISOString();
      limits.set(connection, oldest);
    }
    yield aged(item, oldest);
  }
}

function summedUp(check: Check, evidence: ReadinessEvidence, items: readonly Item[]): JudgedCheck {
  const missing = missingOf(check, evidence);
  if (missing.length > 0) {
    const what = missing.map((source) => sourceNames[source]).join(' and ');
    const reason = `Not read yet: ${what}.`;
    return { check, items, verdict: { value: 'cannot-tell', reason, remedy: 'Run the checks.' } };
  }
  const verdict = rollUp(
    items.map((item) => item.verdict),
    check.nothing,
  );
  return { check, verdict, items };
}

function missingOf({ reads }: Check, evidence: ReadinessEvidence): SourceId[] {
  return reads.filter((source) => evidence[source] === undefined);
}

/** A source whose last reading came to nothing: what is there is older, and may be otherwise now. */
function unread({ reads }: Check, { problems }: ReadinessEvidence): Item[] {
  return reads.flatMap((source): Item[] => {
    const problem = problems?.[source];
    if (problem === undefined) return [];
    const name = sourceNames[source];
    return [
      {
        subject: { kind: 'organisation', id: `source ${source}`, name },
        verdict: { value: 'cannot-tell', reason: `Reading ${name} failed: ${problem}` },
        evidence: [],
      },
    ];
  });
}

/** @param oldest what was read before does not count any more, ISO 8601 UTC */
function aged(item: Item, oldest: string): Item {
  const { verdict, asOf } = item;
  const counts = verdict.value === 'pass' || (verdict.value === 'not-applicable' && asOf);
  if (!counts || (asOf !== undefined && asOf >= oldest)) return item;
  const when = asOf === undefined ? 'at an unknown time' : `on ${day(asOf)}`;
  return {
    ...item,
    verdict: {
      value: 'stale',
      reason: `Last read ${when}: too long ago to count. Then: ${verdict.reason}`,
      remedy: 'Run the checks.',
    },
  };
}
