import type { InventorySummary } from '../../shared/contract/keys';
import type { KeyRow, ScopeReport } from '../../shared/model/key';

/**
 * Drops what a refresh read through and did not find again, and what lies outside the scope. A part
 * that failed proves nothing: its rows stay, with their age.
 */
export function withoutLost(
  rows: ReadonlyMap<string, KeyRow>,
  seen: ReadonlySet<string>,
  summary: InventorySummary,
  whole: boolean,
): ReadonlyMap<string, KeyRow> {
  const scopes = new Map(summary.scopes.map((scope) => [scopeName(scope), scope.state]));
  return new Map(
    [...rows].filter(([id, row]) => {
      if (seen.has(id)) return true;
      const state = scopes.get(scopeName(row));
      if (state === undefined) return !whole;
      return !isRead({ state });
    }),
  );
}

/** Whether the rows of a scope were read. */
export function isRead({ state }: Pick<ScopeReport, 'state'>): boolean {
  return state === 'complete' || state === 'partial';
}

/** The scopes with what is newly known of some. */
export function mergeScopes(
  old: readonly ScopeReport[],
  fresh: readonly ScopeReport[],
): readonly ScopeReport[] {
  const scopes = new Map(old.map((scope) => [scopeName(scope), scope]));
  for (const scope of fresh) scopes.set(scopeName(scope), scope);
  return [...scopes.values()];
}

/** A scope that was on its way when the refresh ended goes on no longer. */
export function settled(scope: ScopeReport): ScopeReport {
  const open = scope.state === 'running' || scope.state === 'waiting';
  return open ? { ...scope, state: 'cancelled' } : scope;
}

function scopeName({ connection, region }: { connection: string; region: string }): string {
  return `${connection}/${region}`;
}
