import { useMemo } from 'react';
import { eventFacets } from '../../shared/model/events/event';
import { eventQuerySchema, type EventQuery } from '../../shared/model/events/query';
import { navigate, usePlace } from '../app/location';

export const eventViews = ['list', 'triage', 'watch', 'post-quantum', 'trust'] as const;
export type EventView = (typeof eventViews)[number];

/** Where the operator is on the event screen, as the URL hash says it. */
export interface EventPlace {
  readonly view: EventView;
  readonly query: EventQuery;
  /** The event whose drawer is open; in the watch the alert. */
  readonly open?: string | undefined;
}

/** The part after `?`: `q=decrypt&outcome=denied&since=...&event=ID`. The same place gives the same text. */
export function formatEventPlace({ view, query, open }: EventPlace): string {
  const params = new URLSearchParams();
  if (view !== 'list') params.set('view', view);
  if (query.search !== '') params.set('q', query.search);
  for (const facet of eventFacets) {
    for (const value of [...(query.filters[facet] ?? [])].sort()) params.append(facet, value);
  }
  if (query.since !== undefined) params.set('since', query.since);
  if (query.until !== undefined) params.set('until', query.until);
  if (open !== undefined) params.set('event', open);
  return params.toString();
}

/** The address of all events of a key. */
export function keyEventsPlace(arn: string): string {
  const query = eventQuerySchema.parse({ filters: { key: [arn] } });
  return `/events?${formatEventPlace({ view: 'list', query })}`;
}

/** Reads such a text; what it does not know or what breaks a limit is left out, never an error. */
export function parseEventPlace(text: string): EventPlace {
  const params = new URLSearchParams(text);
  const filters = Object.fromEntries(
    eventFacets.flatMap((facet) => {
      const values = [...new Set(params.getAll(facet))].slice(0, 100);
      return values.length > 0 ? [[facet, values]] : [];
    }),
  );
  const parsed = eventQuerySchema.safeParse({
    search: (params.get('q') ?? '').slice(0, 500),
    filters,
    since: params.get('since') ?? undefined,
    until: params.get('until') ?? undefined,
  });
  const view = eventViews.find((each) => each === params.get('view')) ?? 'list';
  const open = params.get('event') ?? undefined;
  return {
    view,
    query: parsed.data ?? eventQuerySchema.parse({}),
    ...(open !== undefined && { open }),
  };
}

/** The present place, and the function that goes elsewhere; with `replace` back does not stop here. */
export function useEventPlace(): [EventPlace, (place: EventPlace, replace?: boolean) => void] {
  const { search } = usePlace();
  const place = useMemo(() => parseEventPlace(search), [search]);
  return [place, goTo];
}

function goTo(place: EventPlace, replace = false): void {
  const search = formatEventPlace(place);
  navigate(search ? `/events?${search}` : '/events', { replace });
}
