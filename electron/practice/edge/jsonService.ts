import { AwsError } from '../protocol/awsError';
import { writeJson } from '../protocol/json';
import type { Members } from '../protocol/rules';
import { validateInput } from '../protocol/validate';
import { jsonError, parseJson } from '../server/routing';
import { pageOf, type EdgeService } from './service';

/** One operation of a service that speaks a JSON protocol. */
export interface JsonOperation<E> {
  readonly members: Members;
  /** What its permission is for; `*` where it knows no resources. */
  readonly resource?: (input: never, region: string) => string;
  readonly run: (input: never, estate: E) => object;
}

/** Makes a service that speaks AWS's JSON protocol, 1.1 or 1.0. */
export function jsonService<E>(options: {
  readonly scope: string;
  readonly version: '1.0' | '1.1';
  /** `DynamoDB_20120810`, of the header that names the operation. */
  readonly target: string;
  /** What error types begin with: `com.amazonaws.dynamodb.v20120810#`. */
  readonly errorPrefix?: string;
  readonly operations: Readonly<Record<string, JsonOperation<E>>>;
}): EdgeService<E> {
  const { scope, target, operations, errorPrefix } = options;
  const contentType = `application/x-amz-json-${options.version}`;
  return {
    scope,
    source: `${scope}.amazonaws.com`,
    operations: Object.keys(operations).map((name) => `${scope}:${name}`),
    read({ headers, body }, region) {
      const [service, name = ''] = (headers['x-amz-target'] ?? '').split('.');
      const known = service === target && Object.hasOwn(operations, name);
      const operation = known ? operations[name] : undefined;
      if (!operation) throw new AwsError('UnknownOperationException');
      const given = parseJson(body);
      const input = validateInput(given, operation.members) as never;
      return {
        operation: name,
        action: `${scope}:${name}`,
        resource: operation.resource?.(input, region) ?? '*',
        parameters: given as object,
        answer: (estate) => ({
          status: 200,
          contentType,
          body: writeJson(operation.run(input, estate)),
        }),
      };
    },
    refuse(error) {
      const answer = { ...jsonError(error), contentType };
      if (errorPrefix === undefined) return answer;
      const body = { __type: errorPrefix + error.code, message: error.message };
      return { ...answer, body: JSON.stringify(body) };
    },
    throttled: () => new AwsError('ThrottlingException', 'Rate exceeded'),
  };
}

/** A page of a list, or the error of a wrong token. */
export function jsonPage<T>(
  list: readonly T[],
  token: string | undefined,
  size: number,
  wrong: () => AwsError,
): { readonly items: readonly T[]; readonly next?: string } {
  const page = pageOf(list, token ?? null, size);
  if (!page) throw wrong();
  return page;
}
