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
  const missing = check.reads.filter((source) => evidence[source] === undefined);
  if (missing.length > 0) {
    const what = missing.map((source) => sourceNames[source]).join(' and ');
    const reason = `Not read yet: ${what}.`;
    return {
      check,
      items: [],
      verdict: { value: 'cannot-tell', reason, remedy: 'Run the checks.' },
    };
  }
  const items = [
    ...unread(check, evidence),
    ...check
      .judge(evidence as EvidenceOf<SourceId>, context)
      .map((item) => aged(item, check, context)),
  ];
  const verdict = rollUp(
    items.map((item) => item.verdict),
    check.nothing,
  );
  return { check, verdict, items };
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

function aged(item: Item, { shelfLifeHours }: Check, { now }: JudgeContext): Item {
  const { verdict, asOf, subject } = item;
  const counts = verdict.value === 'pass' || (verdict.value === 'not-applicable' && asOf);
  if (!counts) return item;
  const ageMs =
    asOf === undefined ? Number.NaN : now(subject.connection).getTime() - Date.parse(asOf);
  if (ageMs <= shelfLifeHours * 3_600_000) return item;
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
