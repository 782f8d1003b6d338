import { AwsError } from '../protocol/awsError';

interface Page<T> {
  readonly items: readonly T[];
  readonly Truncated: boolean;
  readonly NextMarker: string | undefined;
}

/**
 * One page of a sorted list. The marker names the last item that was given, so that items which come
 * or go between two pages are neither lost nor given twice.
 * @throws AwsError InvalidMarkerException for a marker that this list never gave
 */
export function page<T>(
  list: readonly T[],
  order: (item: T) => string,
  request: { Limit?: number | undefined; Marker?: string | undefined },
  limits: { default: number; max: number },
): Page<T> {
  const after = request.Marker === undefined ? undefined : readMarker(request.Marker);
  const size = Math.min(request.Limit ?? limits.default, limits.max);
  const from = after === undefined ? 0 : firstAfter(list, order, after);
  const items = list.slice(from, from + size);
  const last = items.at(-1);
  const more = from + size < list.length && last !== undefined;
  return { items, Truncated: more, NextMarker: more ? writeMarker(order(last)) : undefined };
}

/** The list must be sorted by `order`. */
function firstAfter<T>(list: readonly T[], order: (item: T) => string, after: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(list[middle] as T) <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}

const mark = 'practice-marker:';

function writeMarker(last: string): string {
  return Buffer.from(mark + last).toString('base64');
}

function readMarker(marker: string): string {
  const text = Buffer.from(marker, 'base64').toString();
  if (!text.startsWith(mark)) throw new AwsError('InvalidMarkerException');
  return text.slice(mark.length);
}
