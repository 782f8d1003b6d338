import type { Connection } from '../../shared/contract/accounts';
import type { AccountsState } from './store';

/** The title bar's words for what is chosen: `Practice account`, `111122223333 · 3 Regions`. */
export function scopeSummary(
  chosen: readonly Connection[],
  identities: AccountsState['identities'],
  status: AccountsState['status'],
): { title: string; detail: string } {
  const [only] = chosen;
  if (!only) {
    return {
      title: status === 'loading' ? 'Reading accounts' : 'No account chosen',
      detail: '',
    };
  }
  const regions = new Set(chosen.flatMap((connection) => connection.regions));
  const [region] = regions;
  const regionText = regions.size === 1 && region ? region : `${regions.size} Regions`;
  if (chosen.length > 1) return { title: `${chosen.length} accounts`, detail: regionText };
  const identity = identities[only.id];
  const account = identity?.status === 'known' ? `${identity.identity.accountId} \u00b7 ` : '';
  return { title: only.name, detail: `${account}${regionText}` };
}
