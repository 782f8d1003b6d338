import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { createKeyFilter, type KeyResult } from '../../shared/model/keyFilter';
import { createKeyLens, type KeyView } from '../../shared/model/keyLens';
import type { KeyQuery } from '../../shared/model/keyQuery';
import type { Settings } from '../../shared/contract/settings';
import { accountNow, type KeysState } from './store';

/** Verdicts are read anew so often: what was read a day ago turns stale while the window stays open. */
const ageEveryMs = 10 * 60_000;

/** The rows that a query shows, with their verdicts at the present time of their accounts. */
export function useKeyResult(
  { rows, clockOffsets }: Pick<KeysState, 'rows' | 'clockOffsets'>,
  query: KeyQuery,
  { environmentTag, ownerTag }: Pick<Settings, 'environmentTag' | 'ownerTag'>,
): KeyResult & { readonly all: readonly KeyView[] } {
  const nowMs = useSlowClock();
  const lens = useMemo(
    () =>
      createKeyLens({
        now: ({ connection }) => accountNow({ clockOffsets }, connection, nowMs),
        environmentTag,
        ownerTag,
      }),
    [clockOffsets, nowMs, environmentTag, ownerTag],
  );
  const all = useMemo(() => Array.from(rows.values(), lens), [rows, lens]);
  // Typing stays ahead of the table where there are very many rows.
  const asked = useDeferredValue(query);
  const [filter] = useState(createKeyFilter);
  return useMemo(() => ({ ...filter(all, asked), all }), [filter, all, asked]);
}

function useSlowClock(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), ageEveryMs);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
