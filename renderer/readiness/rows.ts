import { severities, type Check } from '../../shared/model/readiness/check';
import { checkOf } from '../../shared/model/readiness/checks';
import { requirementsFor } from '../../shared/model/readiness/frameworks';
import type { CheckState } from '../../shared/model/readiness/state';
import { compareVerdicts } from '../../shared/model/verdict';
import type { ReadinessPlace } from './place';

/** A check with how it stands. */
export interface CheckRow {
  readonly check: Check;
  readonly state: CheckState;
}

/** The checks that main has judged; one that this window does not know is none of its. */
export function checkRows(states: readonly CheckState[]): CheckRow[] {
  return states.flatMap((state) => {
    const check = checkOf(state.id);
    return check ? [{ check, state }] : [];
  });
}

/** What search and filters leave, in each group the gravest first. */
export function shownRows(rows: readonly CheckRow[], place: ReadinessPlace): CheckRow[] {
  const words = place.search.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => fits(row, place, words)).sort(gravestFirst);
}

function fits(
  { check, state }: CheckRow,
  place: ReadinessPlace,
  words: readonly string[],
): boolean {
  if (place.verdicts.length > 0 && !place.verdicts.includes(state.verdict.value)) return false;
  if (place.groups.length > 0 && !place.groups.includes(check.group)) return false;
  if (place.framework && requirementsFor(check, place.framework).length === 0) return false;
  const text =
    `${check.id} ${check.question} ${check.why} ${state.verdict.reason} ${state.care?.owner ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function gravestFirst(a: CheckRow, b: CheckRow): number {
  return (
    compareVerdicts(a.state.verdict.value, b.state.verdict.value) ||
    severities.indexOf(a.check.severity) - severities.indexOf(b.check.severity)
  );
}

/** `2 waived` of a check's failing things; nothing where none is. The verdict's reason has the other numbers. */
export function waivedWords({ counts, waived }: Pick<CheckState, 'counts' | 'waived'>): string {
  if (waived === 0) return '';
  return counts.fail === 1 ? 'waived' : `${waived} waived`;
}
