import type { EndpointRow } from '../../../shared/model/tls/fleet';
import { parseHash } from '../../app/location';
import { createEndpointLens } from './lens';
import { applyEndpointQuery, parseQuery } from './query';

/** The endpoint after (1) or before (-1) one in the list as its address orders and filters it. */
export function neighbourOf(
  id: string,
  by: 1 | -1,
  rows: ReadonlyMap<string, EndpointRow>,
  listPlace: string,
): string | undefined {
  const all = Array.from(rows.values(), createEndpointLens(Date.now()));
  const { views } = applyEndpointQuery(all, parseQuery(parseHash(listPlace).search));
  const index = views.findIndex((view) => view.id === id);
  return index < 0 ? undefined : views[index + by]?.id;
}
