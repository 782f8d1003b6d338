import { useMemo } from 'react';
import { useStore } from 'zustand';
import { known } from '../../../shared/model/facet';
import { useApp } from '../../app';
import { shortKey } from '../eventWords';

/** Gives what people call a key: its alias where the inventory that is loaded knows one, else its id. */
export function useKeyNames(): (key: string | undefined) => string {
  const { keys } = useApp();
  const rows = useStore(keys.store, (state) => state.rows);
  return useMemo(() => {
    const names = new Map<string, string>();
    for (const { arn, aliases } of rows.values()) {
      const [alias] = known(aliases) ?? [];
      if (alias !== undefined) names.set(arn, alias);
    }
    return (key) => (key === undefined ? '' : (names.get(key) ?? shortKey(key)));
  }, [rows]);
}
