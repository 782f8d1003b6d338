import type { EventRow } from '../../../shared/model/events/event';
import { causeOf, outcomeOf } from '../../../shared/model/events/failure';
import { list, record, text, type Json } from './json';
import { readCaller } from './readCaller';

/**
 * Reads a CloudTrail record of version 1.00 or later as a row. Members that are missing or of another
 * kind than documented are left out; a record without id, time, name or source is none: then the
 * sentence says what is missing. Source: CloudTrail user guide, "CloudTrail record contents".
 */
export function readRecord(value: unknown): { row: EventRow } | { problem: string } {
  const raw = record(value);
  if (!raw) return { problem: 'It is no JSON object.' };
  const eventId = text(raw['eventID']);
  const name = text(raw['eventName']);
  const source = text(raw['eventSource']);
  const at = timeOf(raw['eventTime']);
  const missing = [
    !eventId && 'eventID',
    !name && 'eventName',
    !source && 'eventSource',
    !at && 'eventTime',
  ].filter((member) => member !== false);
  if (!eventId || !name || !source || !at) {
    return { problem: `It has no usable ${missing.join(', ')}: this is no CloudTrail event.` };
  }
  const identity = record(raw['userIdentity']) ?? {};
  const parameters = record(raw['requestParameters']) ?? {};
  const extra = record(raw['additionalEventData']) ?? {};
  const tls = record(raw['tlsDetails']) ?? {};
  const error = text(raw['errorCode']);
  const message = text(raw['errorMessage']);
  const callerAccount = text(identity['accountId']);
  const row: EventRow = {
    eventId,
    at,
    account: text(raw['recipientAccountId']) ?? callerAccount ?? '',
    region: text(raw['awsRegion']) ?? '',
    source,
    name,
    readOnly: readOnlyOf(raw['readOnly'], name),
    outcome: outcomeOf(error),
    error,
    message,
    cause: error === undefined ? undefined : causeOf(error, message ?? ''),
    keys: keysOf(raw, parameters, source),
    keyMaterialId: text(extra['keyMaterialId']),
    ...readCaller(identity),
    callerAccount,
    ip: text(raw['sourceIPAddress']),
    userAgent: text(raw['userAgent']),
    encryptionContext: contextOf(parameters),
    tlsVersion: text(tls['tlsVersion']),
    keyExchange: text(tls['keyExchange']),
    type: text(raw['eventType']) ?? 'AwsApiCall',
    dryRun: error === 'DryRunOperationException' || parameters['dryRun'] === true,
    sharedEventId: text(raw['sharedEventID']),
    requestId: text(raw['requestID']),
  };
  return { row };
}

/**
 * ISO 8601 UTC to the second, as CloudTrail writes it; LookupEvents' number of seconds too. A time
 * without a zone is UTC, whatever the clock of this machine: so is all that CloudTrail writes.
 */
function timeOf(value: Json | undefined): string | undefined {
  const at = typeof value === 'number' ? value * 1000 : isoTime(text(value) ?? '');
  if (!Number.isFinite(at) || Math.abs(at) > 8.64e15) return undefined;
  if (typeof value === 'string' && asWritten.test(value)) return value;
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

function isoTime(written: string): number {
  const [, time, zone] = timeParts.exec(written) ?? [];
  return time === undefined ? Number.NaN : Date.parse(`${time.replace(' ', 'T')}${zone ?? 'Z'}`);
}

const timeParts = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?$/;

const asWritten = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\dZ$/;

/** Records before version 1.05 do not say it. */
function readOnlyOf(value: Json | undefined, name: string): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  return /^(Get|List|Describe|Lookup|Decrypt|Encrypt|Generate|Verify|Sign|ReEncrypt)/.test(name);
}

/** Key ARNs of `resources`, then keys of the request that none of these is. */
function keysOf(
  raw: Readonly<Record<string, Json>>,
  parameters: Readonly<Record<string, Json>>,
  source: string,
): string[] {
  const named: string[] = [];
  for (const each of list(raw['resources'])) {
    const resource = record(each);
    const arn = text(resource?.['ARN']) ?? text(resource?.['ResourceName']);
    const type = text(resource?.['type']) ?? text(resource?.['ResourceType']);
    if (arn && isKey(arn, type) && !named.includes(arn)) named.push(arn);
  }
  if (source !== 'kms.amazonaws.com') return named;
  const ask = (key: string | undefined) => {
    if (key && !named.some((arn) => arn === key || arn.endsWith(`/${key}`))) named.push(key);
  };
  ask(text(record(raw['responseElements'])?.['keyId']));
  for (const member of askedMembers) ask(text(parameters[member]));
  ask(text(record(raw['serviceEventDetails'])?.['keyId']));
  if (named.length === 1) return named;
  // An alias in the request adds nothing where the record names the key itself.
  const arns = named.filter((key) => key.startsWith('arn:') && !key.includes(':alias/'));
  return arns.length > 0 ? arns : named;
}

const askedMembers = ['keyId', 'sourceKeyId', 'destinationKeyId', 'targetKeyId'];

function isKey(arn: string, type: string | undefined): boolean {
  return type === 'AWS::KMS::Key' || /^arn:[\w-]+:kms:[\w-]*:\d*:key\//.test(arn);
}

/** The encryption context; ReEncrypt has two, of which the source's names what is opened. */
function contextOf(parameters: Readonly<Record<string, Json>>): Record<string, string> {
  const said =
    record(parameters['encryptionContext']) ??
    record(parameters['sourceEncryptionContext']) ??
    record(parameters['destinationEncryptionContext']) ??
    {};
  const context: [string, string][] = [];
  for (const [name, value] of Object.entries(said)) {
    const words = text(value);
    if (words !== undefined) context.push([name, words]);
  }
  // Not member by member: a context may well be named `__proto__`.
  return Object.fromEntries(context);
}
