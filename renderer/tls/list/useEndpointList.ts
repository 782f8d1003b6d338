import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { EndpointRow } from '../../../shared/model/tls/fleet';
import { createEndpointLens, type EndpointView } from './lens';
import { applyEndpointQuery, type EndpointList, type EndpointQuery } from './query';

/** Days left are counted anew so often, in milliseconds. */
const ageEveryMs = 10 * 60_000;

/** The rows that a query shows. A row that has not changed keeps its view, and so its element. */
export function useEndpointList(
  rows: ReadonlyMap<string, EndpointRow>,
  query: EndpointQuery,
): EndpointList & { readonly all: readonly EndpointView[] } {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), ageEveryMs);
    return () => clearInterval(timer);
  }, []);
  const lens = useMemo(() => createEndpointLens(nowMs), [nowMs]);
  const all = useMemo(() => Array.from(rows.values(), lens), [rows, lens]);
  // Typing stays ahead of the table where there are very many rows.
  const asked = useDeferredValue(query);
  return useMemo(() => ({ ...applyEndpointQuery(all, asked), all }), [all, asked]);
}
