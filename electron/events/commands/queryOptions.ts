import { eventFacets, failureCauses, outcomes } from '../../../shared/model/events/event';
import { eventQuerySchema, type EventQuery } from '../../../shared/model/events/query';
import { UsageError, type CommandOptions } from '../../command';
import { spanOf } from './time';

/** The options by which commands name events. */
export const queryOptions = {
  where: { type: 'string', multiple: true },
  search: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
} as const satisfies CommandOptions;

export const queryUsage = `  --where FACET=VALUE   may be repeated; facets: ${eventFacets.join(', ')};
                        an empty VALUE stands for "the event does not say"
  --search TEXT         words that must occur; field:value; -word for what must not
  --since TIME          2026-11-01 or 2026-11-01T12:00:00Z
  --until TIME`;

/** Facets whose values are the program's own words: another one would find nothing, and look like good news. */
const closedFacets: Readonly<Record<string, readonly string[]>> = {
  outcome: outcomes,
  cause: ['', ...failureCauses],
};

/** The query that they make. Throws UsageError. */
export function queryOf(values: {
  where?: string[] | undefined;
  search?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
}): EventQuery {
  const filters: Partial<Record<string, string[]>> = {};
  for (const text of values.where ?? []) {
    const [facet = '', ...rest] = text.split('=');
    if (!(eventFacets as readonly string[]).includes(facet) || rest.length === 0) {
      throw new UsageError(`--where takes FACET=VALUE; facets are ${eventFacets.join(', ')}.`);
    }
    const value = rest.join('=');
    const known: readonly string[] | undefined = closedFacets[facet];
    if (known && !known.includes(value)) {
      throw new UsageError(`--where ${facet}= takes ${known.join(', ')}.`);
    }
    (filters[facet] ??= []).push(value);
  }
  const { since, until } = spanOf(values);
  const iso = (at: number | undefined) => (at === undefined ? at : new Date(at).toISOString());
  const query = eventQuerySchema.safeParse({
    search: values.search ?? '',
    filters,
    since: iso(since),
    until: iso(until),
  });
  if (!query.success) throw new UsageError('The search or the filters are too long.');
  return query.data;
}
