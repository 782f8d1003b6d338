import type { AwsError } from '../protocol/awsError';
import type { Answer } from '../server/answer';
import type { HttpRequest } from '../sigv4/verify';
import type { Estate } from './estate';

/** A service of which the practice account has only what looks; `E` is what it looks at. */
export interface EdgeService<E = Estate> {
  /** As the scope of a signature names it. */
  readonly scope: string;
  /** As permissions begin, where they do not begin as the scope. */
  readonly prefix?: string;
  /** The Region in which CloudTrail logs a service that is one for all of them. */
  readonly home?: string;
  /** As CloudTrail names it: `elasticloadbalancing.amazonaws.com`. */
  readonly source: string;
  /** As faults are aimed at them: `elasticloadbalancing:DescribeListeners`. */
  readonly operations: readonly string[];
  /** Reads a request without answering it. @throws AwsError for one that the service does not have */
  read(request: HttpRequest, region: string): EdgeCall<E>;
  /** An error in the service's own form. */
  refuse(error: AwsError, requestId: string): Answer;
  readonly throttled: () => AwsError;
}

export interface EdgeCall<E = Estate> {
  readonly operation: string;
  /** The permission and what it is for (service authorization reference). */
  readonly action: string;
  readonly resource: string;
  /** For CloudTrail. */
  readonly parameters: object | null;
  readonly answer: (estate: E, requestId: string) => Answer;
}

/** The service that a request is signed for. */
export function scopeOf({ headers }: HttpRequest): string | undefined {
  return /\/([a-z0-9]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1];
}

/** A page of a list. A marker is the number of entries before the page, as text; `undefined` where it is none. */
export function pageOf<T>(
  list: readonly T[],
  marker: string | null,
  size: number,
): { readonly items: readonly T[]; readonly next?: string } | undefined {
  const from = marker === null || marker === '' ? 0 : readMarker(marker);
  if (from === undefined || from > list.length) return undefined;
  const end = from + size;
  const items = list.slice(from, end);
  return end < list.length ? { items, next: writeMarker(end) } : { items };
}

function writeMarker(at: number): string {
  return Buffer.from(`page ${at}`).toString('base64url');
}

function readMarker(text: string): number | undefined {
  const at = /^page (\d{1,9})$/.exec(Buffer.from(text, 'base64url').toString())?.[1];
  return at === undefined ? undefined : Number(at);
}
