import type { PracticeRequest } from '../../shared/contract/practice';

/** What of the requests is to be listed; empty lists leave everything. */
export interface RequestFilter {
  readonly search: string;
  readonly outcomes: readonly string[];
  readonly operations: readonly string[];
}

/** The requests that a filter leaves, in their order. */
export function filterRequests(
  requests: readonly PracticeRequest[],
  { search, outcomes, operations }: RequestFilter,
): readonly PracticeRequest[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && outcomes.length === 0 && operations.length === 0) return requests;
  return requests.filter(
    (request) =>
      (outcomes.length === 0 || outcomes.includes(request.outcome)) &&
      (operations.length === 0 || operations.includes(request.operation)) &&
      words.every((word) => textOf(request).includes(word)),
  );
}

function textOf(request: PracticeRequest): string {
  const { operation, region, key, principal, error, requestId, userAgent } = request;
  return [operation, region, key, principal, error, requestId, userAgent].join(' ').toLowerCase();
}
