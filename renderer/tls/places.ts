/** Which of the TLS screens an address names. */
export type TlsPlace =
  | { readonly kind: 'list' }
  | { readonly kind: 'report'; readonly id: string }
  | { readonly kind: 'compare' };

/** Reads the path of a place: `/tls`, `/tls/endpoint/ID`, `/tls/compare`; anything else is the list. */
export function parseTlsPath(path: string): TlsPlace {
  const [, , screen, id] = path.split('/');
  if (screen === 'compare') return { kind: 'compare' };
  return screen === 'endpoint' && id ? { kind: 'report', id: decode(id) } : { kind: 'list' };
}

/** The address of an endpoint's report; of one stored scan where `scan` is given. */
export function reportPlace(id: string, scan?: number): string {
  const path = `/tls/endpoint/${encodeURIComponent(id)}`;
  return scan === undefined ? path : `${path}?scan=${scan}`;
}

/** The address of a comparison of two stored scans; with one missing the screen asks for it. */
export function comparePlace(from?: number, to?: number): string {
  const query = new URLSearchParams();
  if (from !== undefined) query.set('from', String(from));
  if (to !== undefined) query.set('to', String(to));
  return query.size > 0 ? `/tls/compare?${query}` : '/tls/compare';
}

/** The number of a scan in a query; undefined for what is none. */
export function scanNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
