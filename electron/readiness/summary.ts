import type { JudgeContext } from '../../shared/model/readiness/check';
import type { JudgedCheck } from '../../shared/model/readiness/judge/judgeCheck';
import type { Item } from '../../shared/model/readiness/item';
import { nextSteps, type OpenCheck } from '../../shared/model/readiness/nextSteps';
import { holds, type Care, type Waiver } from '../../shared/model/readiness/people';
import { countVerdicts } from '../../shared/model/readiness/rollUp';
import { scoreGroups } from '../../shared/model/readiness/score';
import type { CheckState, ItemState, ReadinessState } from '../../shared/model/readiness/state';
import type { PeopleStore } from './store/people';
import type { Judged } from './evaluator';

/** The part of the state that comes from judged checks and from what people have recorded. */
export type Summary = Pick<ReadinessState, 'counts' | 'groups' | 'checks' | 'next'>;

/** Adds up what was judged, check after check with a turn for the event loop; `now` is this machine's time. */
export async function summarise(
  judged: Judged,
  people: PeopleStore,
  context: JudgeContext,
  now: Date,
): Promise<Summary> {
  const checks: CheckState[] = [];
  const open: OpenCheck[] = [];
  for (const one of judged.values()) {
    const { check, items } = one;
    const cares = people.allCare(check.id);
    checks.push(checkState(one, cares, context, now));
    open.push({
      check,
      failing: items.filter((item) => item.verdict.value === 'fail' && !waiverOf(item, cares, now)),
      untold: items.filter(({ verdict }) => verdict.value === 'cannot-tell'),
      stale: items.filter(({ verdict }) => verdict.value === 'stale').length,
    });
    await new Promise(setImmediate);
  }
  const all = [...judged.values()];
  return {
    counts: countVerdicts(all.map(({ verdict }) => verdict)),
    groups: scoreGroups(
      all.map(({ check, verdict }) => ({ group: check.group, value: verdict.value })),
    ),
    checks,
    next: nextSteps(open),
  };
}

function checkState(
  { check, verdict, items }: JudgedCheck,
  cares: ReadonlyMap<string, Care>,
  context: JudgeContext,
  now: Date,
): CheckState {
  let asOf: string | undefined;
  let freshMs = Number.POSITIVE_INFINITY;
  for (const item of items) {
    if (item.asOf !== undefined && (asOf === undefined || item.asOf < asOf)) ({ asOf } = item);
    freshMs = Math.min(freshMs, freshFor(item, check.shelfLifeHours * 3_600_000, context));
  }
  const care = cares.get('');
  return {
    id: check.id,
    verdict,
    counts: countVerdicts(items.map((item) => item.verdict)),
    waived: items.filter((item) => item.verdict.value === 'fail' && waiverOf(item, cares, now))
      .length,
    ...(asOf !== undefined && { asOf }),
    ...(Number.isFinite(freshMs) && {
      freshUntil: new Date(now.getTime() + freshMs).toISOString(),
    }),
    ...(care && { care }),
  };
}

/** How long an item stays as it is, in milliseconds; for ever where age changes nothing of it. */
function freshFor({ verdict, asOf, subject }: Item, shelfLifeMs: number, context: JudgeContext) {
  const ages = verdict.value === 'pass' || verdict.value === 'not-applicable';
  if (!ages || asOf === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(0, Date.parse(asOf) + shelfLifeMs - context.now(subject.connection).getTime());
}

/** The waiver that covers a thing today: its own, else the whole check's. */
export function waiverOf(
  { subject }: Item,
  cares: ReadonlyMap<string, Care>,
  now: Date,
): Waiver | undefined {
  return [cares.get(subject.id)?.waiver, cares.get('')?.waiver].find(
    (waiver) => waiver !== undefined && holds(waiver, now),
  );
}

export function itemState(item: Item, cares: ReadonlyMap<string, Care>, now: Date): ItemState {
  const care = cares.get(item.subject.id);
  const waiver = item.verdict.value === 'fail' ? waiverOf(item, cares, now) : undefined;
  return { ...item, ...(care && { care }), ...(waiver && { waiver }) };
}

/**
 * A stored state as it reads now: what rests on answers that have grown too old since is stale. How
 * many of a check's things that are, only judging tells.
 */
export function agedState(state: ReadinessState, now: Date, groupOf: GroupOf): ReadinessState {
  const checks = state.checks.map((check) => {
    const { verdict, freshUntil } = check;
    const ages = verdict.value === 'pass' || verdict.value === 'not-applicable';
    if (!ages || freshUntil === undefined || now.toISOString() <= freshUntil) return check;
    const reason = `Too long ago to count. Then: ${verdict.reason}`;
    return { ...check, verdict: { value: 'stale' as const, reason, remedy: 'Run the checks.' } };
  });
  return {
    ...state,
    checks,
    counts: countVerdicts(checks.map(({ verdict }) => verdict)),
    groups: scoreGroups(
      checks.flatMap(({ id, verdict }) => {
        const group = groupOf(id);
        return group === undefined ? [] : [{ group, value: verdict.value }];
      }),
    ),
  };
}

export type GroupOf = (check: string) => JudgedCheck['check']['group'] | undefined;
