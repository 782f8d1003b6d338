import type { EventLog } from './eventLog';
import type { EventCaller } from './identity';
import type { Client } from './kmsCalls';
import { recordCall } from './recorder';

/** One call that STS answered. */
export interface StsCall {
  readonly form: URLSearchParams;
  readonly caller: EventCaller;
  readonly region: string;
  readonly requestId: string;
  readonly client: Client;
  readonly at: number;
  /** The XML of the answer. */
  readonly body?: string;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Records it; of the credentials that STS gave the access key id alone, never the secret. */
export function recordSts(log: EventLog, { form, body, ...call }: StsCall): void {
  const name = form.get('Action') ?? '';
  const role = form.get('RoleArn');
  recordCall(log, {
    ...call,
    source: 'sts.amazonaws.com',
    name,
    readOnly: true,
    requestParameters: parameters(form),
    responseElements: body === undefined ? null : elements(name, body),
    resources: role
      ? [{ accountId: role.split(':')[4] ?? '', type: 'AWS::IAM::Role', ARN: role }]
      : undefined,
  });
}

const recorded = ['RoleArn', 'RoleSessionName', 'DurationSeconds', 'ExternalId', 'SourceIdentity'];
recorded.push('SerialNumber', 'Policy');

function parameters(form: URLSearchParams): object | null {
  const members = recorded.flatMap((name) => {
    const value = form.get(name);
    if (value === null) return [];
    const member = name.charAt(0).toLowerCase() + name.slice(1);
    return [[member, name === 'DurationSeconds' ? Number(value) : value] as const];
  });
  return members.length > 0 ? Object.fromEntries(members) : null;
}

function elements(name: string, body: string): object | null {
  const of = (tag: string) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(body)?.[1];
  const accessKeyId = of('AccessKeyId');
  if (accessKeyId === undefined) return null;
  const credentials = { accessKeyId, expiration: of('Expiration') };
  if (name !== 'AssumeRole') return { credentials };
  return {
    credentials,
    assumedRoleUser: { assumedRoleId: of('AssumedRoleId'), arn: of('Arn') },
  };
}
