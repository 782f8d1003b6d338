import { useCallback, useMemo, useSyncExternalStore } from 'react';

/** A place in the window, as its URL hash says it: `#/keys?state=Enabled`. */
export interface Place {
  readonly path: string;
  /** Without the question mark. */
  readonly search: string;
}

/** Reads a URL hash. Whatever it holds, a place comes out; the empty hash is `/`. */
export function parseHash(hash: string): Place {
  const text = hash.replace(/^#?\/*/, '');
  const mark = text.indexOf('?');
  return mark < 0
    ? { path: `/${text}`, search: '' }
    : { path: `/${text.slice(0, mark)}`, search: text.slice(mark + 1) };
}

/** Goes to a place: `/keys?state=Enabled`. `replace` leaves no step for the back button. */
export function navigate(to: string, { replace = false }: { replace?: boolean } = {}): void {
  const { path, search } = parseHash(to);
  const hash = search ? `#${path}?${search}` : `#${path}`;
  if (hash === location.hash) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', hash);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

/** The present place; follows links, back and forward. */
export function usePlace(): Place {
  const hash = useSyncExternalStore(subscribe, currentHash);
  return useMemo(() => parseHash(hash), [hash]);
}

/** wouter's location hook: the path in the hash and the function that changes it. */
export function useHashPath(): [string, typeof navigate] {
  return [usePlace().path, navigate];
}

/** wouter's search hook: what stands behind the question mark in the hash. */
export function useHashSearch(): string {
  return usePlace().search;
}

/**
 * The query of the present place and a function that sets it without leaving the path. Filters and
 * sort `replace`, so that back leaves the screen; an opened drawer does not.
 */
export function useQuery(): [
  URLSearchParams,
  (query: URLSearchParams, options?: { replace?: boolean }) => void,
] {
  const { search } = usePlace();
  const query = useMemo(() => new URLSearchParams(search), [search]);
  const setQuery = useCallback((next: URLSearchParams, options?: { replace?: boolean }) => {
    navigate(`${parseHash(location.hash).path}?${next}`, options);
  }, []);
  return [query, setQuery];
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  addEventListener('popstate', listener);
  return () => {
    removeEventListener('hashchange', listener);
    removeEventListener('popstate', listener);
  };
}

function currentHash(): string {
  return location.hash;
}
