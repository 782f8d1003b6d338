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

/** `3 fail, 1 cannot be told` of a check's things; nothing where it has one thing or none. */
export function thingsWords({ counts, waived }: Pick<CheckState, 'counts' | 'waived'>): string {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (all < 2) return waived > 0 ? 'waived' : '';
  const parts = [
    counts.fail > 0 && `${counts.fail} fail${waived > 0 ? ` (${waived} waived)` : ''}`,
    counts['cannot-tell'] > 0 && `${counts['cannot-tell']} cannot be told`,
    counts.stale > 0 && `${counts.stale} stale`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? `${parts.join(', ')} of ${all}` : `${all}`;
}
