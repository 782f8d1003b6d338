import { checks } from '../../../shared/model/readiness/checks/index';
import type { Check } from '../../../shared/model/readiness/check';
import { requirementsFor } from '../../../shared/model/readiness/frameworks';
import { reportedPitfalls } from '../../../shared/model/readiness/pitfalls/reported';
import { countVerdicts } from '../../../shared/model/readiness/rollUp';
import { scoreGroups } from '../../../shared/model/readiness/score';
import type {
  ReadinessReport,
  ReportCheck,
  ReportSelection,
} from '../../../shared/model/readiness/report/report';
import type { ItemState } from '../../../shared/model/readiness/state';
import type { Board } from '../board';
import type { PeopleStore } from '../store/people';

export interface ReportParts {
  readonly board: Board;
  readonly people: PeopleStore;
  readonly now: () => Date;
  readonly operator: string;
  readonly version: string;
}

/** The things that a report on paper has room for. */
const printedThings = 5000;

/**
 * The checklist as a report. It is judged anew first, so that checks and things are of one moment.
 * With `printed`, things beyond the first 5,000 that pass or do not apply are left out, and counted.
 */
export async function composeReport(
  parts: ReportParts,
  selection: ReportSelection,
  { printed = false }: { readonly printed?: boolean } = {},
): Promise<ReadinessReport> {
  const { board, now, operator, version } = parts;
  await board.evaluate([], true);
  const state = board.state(false);
  const states = new Map(state.checks.map((one) => [one.id, one]));
  const hashes = board.documents.hashes();
  const chosen: ReportCheck[] = [];
  const verdicts: { group: Check['group']; value: ReportCheck['verdict']['value'] }[] = [];
  let room = printed ? printedThings : Number.POSITIVE_INFINITY;
  for (const { id, group } of checks.filter((check) => isChosen(check, selection))) {
    const one = states.get(id);
    if (!one) continue;
    const things = thingsOf(await board.gravestFirst(id), hashes, room);
    room = Math.max(0, room - things.items.length);
    chosen.push({ ...one, ...things, attestations: parts.people.attestations(id) });
    verdicts.push({ group, value: one.verdict.value });
    await new Promise(setImmediate);
  }
  const { evaluatedAt, scope, sources, manifestSha256 } = state;
  const journalSeq = board.journalSeq();
  const writtenAt = now().toISOString();
  return {
    writtenAt,
    version,
    operator,
    evaluatedAt: evaluatedAt ?? writtenAt,
    selection,
    scope,
    sources,
    ...(manifestSha256 !== undefined && { manifestSha256 }),
    ...(journalSeq !== undefined && { journalSeq }),
    counts: countVerdicts(verdicts),
    groups: scoreGroups(verdicts).filter(({ id }) => verdicts.some(({ group }) => group === id)),
    pitfalls: isWhole(selection) ? reportedPitfalls(state.checks) : [],
    checks: chosen,
  };
}

function isWhole({ framework, groups = [] }: ReportSelection): boolean {
  return framework === undefined && groups.length === 0;
}

function isChosen(check: Check, { framework, groups }: ReportSelection): boolean {
  if (groups && groups.length > 0 && !groups.includes(check.group)) return false;
  return framework === undefined || requirementsFor(check, framework).length > 0;
}

/** What fails, cannot be told or is stale, whatever its number; of the rest what there is room for. */
function thingsOf(
  all: readonly ItemState[],
  hashes: ReadonlyMap<string, string>,
  room: number,
): Pick<ReportCheck, 'items' | 'leftOut'> {
  const items = all
    .filter(
      ({ verdict: { value } }, at) => at < room || (value !== 'pass' && value !== 'not-applicable'),
    )
    .map((item) => ({ ...item, sha256: item.evidence.flatMap((id) => hashes.get(id) ?? []) }));
  return { items, leftOut: all.length - items.length };
}
