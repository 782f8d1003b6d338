import { AwsError } from '../protocol/awsError';
import { writeXml, type Xml } from '../s3/xml';
import type { Answer } from '../server/answer';
import { queryError } from '../sts/index';
import { pageOf, type EdgeService } from './service';

/** One operation of a service that speaks the Query protocol. */
export interface QueryOperation<E> {
  /** What its permission is for; `*` where it knows no resources. */
  readonly resource?: (region: string) => string;
  /** The members of its result. */
  readonly run: (form: URLSearchParams, estate: E) => Xml[];
}

/** Makes a service that speaks AWS's Query protocol with XML. */
export function queryService<E>(options: {
  readonly scope: string;
  readonly namespace: string;
  readonly home?: string;
  readonly operations: Readonly<Record<string, QueryOperation<E>>>;
  /** How a result and an error are wrapped, where it is not as usual. */
  readonly wrap?: (name: string, result: Xml[], requestId: string) => Xml[];
  readonly refuse?: (error: AwsError, requestId: string) => Answer;
  readonly throttled?: () => AwsError;
}): EdgeService<E> {
  const { scope, namespace, operations, wrap = wrapped } = options;
  return {
    scope,
    source: `${scope}.amazonaws.com`,
    ...(options.home !== undefined && { home: options.home }),
    operations: Object.keys(operations).map((name) => `${scope}:${name}`),
    read({ body }, region) {
      const form = new URLSearchParams(Buffer.from(body).toString());
      const name = form.get('Action') ?? '';
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (!operation) {
        throw new AwsError(
          'InvalidAction',
          `Could not find operation ${name.slice(0, 100)} for version ${form.get('Version')?.slice(0, 20) ?? 'NO_VERSION_SPECIFIED'}`,
        );
      }
      return {
        operation: name,
        action: `${scope}:${name}`,
        resource: operation.resource?.(region) ?? '*',
        parameters: parametersOf(form),
        answer: (estate, requestId) =>
          xmlAnswer(200, [`${name}Response`, wrap(name, operation.run(form, estate), requestId)]),
      };
    },
    refuse:
      options.refuse ??
      ((error, requestId) => {
        const { status, xml } = queryError(error, requestId, namespace);
        return { status, contentType: 'text/xml', body: xml };
      }),
    throttled: options.throttled ?? (() => new AwsError('Throttling', 'Rate exceeded')),
  };

  function xmlAnswer(status: number, root: Xml): Answer {
    return { status, contentType: 'text/xml', body: writeXml(root, namespace) };
  }
}

function wrapped(name: string, result: Xml[], requestId: string): Xml[] {
  return [
    [`${name}Result`, result],
    ['ResponseMetadata', [['RequestId', requestId]]],
  ];
}

/** As CloudTrail keeps them. */
function parametersOf(form: URLSearchParams): object | null {
  const parameters = [...form].filter(([key]) => key !== 'Action' && key !== 'Version');
  if (parameters.length === 0) return null;
  return Object.fromEntries(
    parameters.map(([key, value]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      value.slice(0, 300),
    ]),
  );
}

/** An element where there is a value. */
export function optionalXml(name: string, value: Xml[1] | undefined): Xml[] {
  return value === undefined ? [] : [[name, value]];
}

/** `Filter.member.1=a`, or EC2's `Owner.1=self`. */
export function listed(form: URLSearchParams, name: string): string[] {
  const start = new RegExp(`^${name}(\\.member)?\\.\\d+$`);
  return [...form].filter(([key]) => start.test(key)).map(([, value]) => value);
}

/** A page of a list by the size and the marker that a form names, or the error of a wrong one. */
export function formPage<T>(
  list: readonly T[],
  form: URLSearchParams,
  by: {
    readonly size: string;
    readonly marker: string;
    readonly least: number;
    readonly most: number;
    readonly usual: number;
    /** The code that both errors have. */
    readonly code: string;
  },
): { readonly items: readonly T[]; readonly next?: string } {
  const given = form.get(by.size);
  const size = given === null ? by.usual : /^\d{1,4}$/.test(given) ? Number(given) : -1;
  if (size < by.least || size > by.most) {
    throw new AwsError(
      by.code,
      `Invalid value ${given?.slice(0, 20)} for ${by.size}. Must be between ${by.least} and ${by.most}`,
    );
  }
  const page = pageOf(list, form.get(by.marker), size);
  if (!page) throw new AwsError(by.code, `Invalid value for ${by.marker}.`);
  return page;
}
