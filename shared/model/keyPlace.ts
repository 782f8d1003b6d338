import type { KeyRef } from './key';
import { keyRefString } from './key';
import { findKeyColumn } from './keyColumns';
import { keyFacets } from './keyLens';
import { keyQuerySchema, type KeyQuery } from './keyQuery';

/** Where the operator is on the key screen: what the table shows and which key is open. */
export interface KeyPlace {
  readonly query: KeyQuery;
  readonly open?: KeyRef | undefined;
}

/**
 * The part after `?` of a key screen's address: `q=billing&state=Enabled&state=Disabled&sort=-created`,
 * with `key=CONNECTION/REGION/ID` for the open drawer. The same place always gives the same text.
 */
export function formatKeyPlace({ query, open }: KeyPlace): string {
  const pairs: [string, string][] = [];
  if (query.search !== '') pairs.push(['q', query.search]);
  for (const facet of keyFacets) {
    for (const value of [...(query.filters[facet] ?? [])].sort()) pairs.push([facet, value]);
  }
  const sort = query.sort.map(({ column, desc }) => (desc ? `-${column}` : column));
  if (sort.length > 0) pairs.push(['sort', sort.join(',')]);
  if (open) pairs.push(['key', keyRefString(open)]);
  return pairs.map(([name, value]) => `${name}=${encode(value)}`).join('&');
}

/** Reads such a text; what it does not know or what breaks a limit is left out, never an error. */
export function parseKeyPlace(text: string): KeyPlace {
  const pairs = text.split('&').map(splitPair);
  const all = (name: string) => pairs.filter(([key]) => key === name).map(([, value]) => value);
  const filters: Record<string, string[]> = {};
  for (const facet of keyFacets) {
    const values = [...new Set(all(facet))].filter((value) => value !== '' && value.length <= 200);
    if (values.length > 0) filters[facet] = values.sort().slice(0, 100);
  }
  const query = keyQuerySchema.parse({
    search: (all('q')[0] ?? '').slice(0, 500),
    filters,
    sort: parseSort(all('sort')[0] ?? ''),
  });
  const open = parseKeyRef(all('key')[0] ?? '');
  return open ? { query, open } : { query };
}

/** The reverse of `keyRefString`; a profile's name may contain slashes, Region and id do not. */
export function parseKeyRef(text: string): KeyRef | undefined {
  const match = /^(.+)\/([^/]+)\/([^/]+)$/s.exec(text);
  if (!match) return undefined;
  const [, connection = '', region = '', keyId = ''] = match;
  return { connection, region, keyId };
}

function parseSort(text: string): KeyQuery['sort'] {
  const seen = new Set<string>();
  const sort: KeyQuery['sort'] = [];
  for (const part of text.split(',')) {
    const desc = part.startsWith('-');
    const id = desc ? part.slice(1) : part;
    const column = findKeyColumn(id);
    if (!column || column.exportOnly || seen.has(id)) continue;
    seen.add(id);
    sort.push({ column: id, desc });
  }
  return sort.slice(0, 5);
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), decode(pair.slice(at + 1))];
}

/** Percent-encoding that keeps `,`, `/`, `:` and parentheses readable: they mean nothing inside a hash. */
function encode(value: string): string {
  const wellFormed = value.replace(/[\ud800-\udfff]/gu, '\ufffd');
  return encodeURIComponent(wellFormed).replace(/%(?:2C|2F|3A)/g, decodeURIComponent);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return '';
  }
}
