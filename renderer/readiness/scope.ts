import type { ReadinessState } from '../../shared/model/readiness/state';

/** What was read: names of the accounts, number of Regions; undefined where nothing was. */
export function scopeWords(state: ReadinessState | undefined): string | undefined {
  if (!state || state.scope.length === 0) return undefined;
  const regions = new Set(state.scope.flatMap((scope) => scope.regions)).size;
  const names = state.scope.map(({ name }) => name).join(', ');
  return `${names}: ${regions} ${regions === 1 ? 'Region' : 'Regions'}`;
}

/** The oldest answer that any verdict rests on, ISO 8601. */
export function oldestAnswer(state: ReadinessState | undefined): string | undefined {
  return state?.checks
    .flatMap(({ asOf }) => asOf ?? [])
    .sort()
    .at(0);
}
