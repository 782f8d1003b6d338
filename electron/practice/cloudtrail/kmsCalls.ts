import { randomUUID } from 'node:crypto';
import { resolveKey } from '../kms/keyId';
import type { Kms } from '../kms/index';
import { currentMaterial, keyArn, type KeyRecord } from '../kms/model';
import { keyResource, trailEvent, type EventResource, type TrailEvent } from './event';
import { userIdentity, type EventCaller } from './identity';
import { isReadOnly, kmsRequestParameters, kmsResponseElements } from './kmsParameters';

/** What is known of the program that called. */
export interface Client {
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly host?: string | undefined;
}

/** One call that KMS answered. */
export interface KmsCall {
  readonly operation: string;
  readonly input: unknown;
  readonly region: string;
  readonly caller: EventCaller;
  readonly requestId: string;
  readonly client: Client;
  readonly at: number;
  readonly answer?: object | undefined;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
  /** Of the event in the account of the key. */
  readonly eventId: string;
  /** The key that the ciphertext of the call was made with, however the call ended. */
  readonly ciphertextOf?: KeyRecord | undefined;
}

type Members = Readonly<Record<string, unknown>>;

/** The events that a KMS call leaves: one, and a copy for the key's owner if that is another account. */
export function kmsEvents(ringOf: Kms['ringOf'], call: KmsCall): TrailEvent[] {
  const { operation, caller } = call;
  const input = isMembers(call.input) ? call.input : {};
  const answer = call.answer as Members | undefined;
  const key = keyOf(ringOf, call, input, answer);
  const arn = key && keyArn(key);
  const readOnly = isReadOnly(operation);
  const owner = key?.accountId ?? caller.accountId;
  const denied = call.error?.code === 'AccessDeniedException';
  const shared = owner !== caller.accountId && !denied;
  const identity = userIdentity(caller);
  const requestParameters = kmsRequestParameters(operation, input);
  const responseElements = call.error ? null : kmsResponseElements(operation, answer, arn);
  const more = call.error ? undefined : additional(operation, input, answer, key);
  const involved = resources(call, input, key, ringOf);
  const sharedEventId = shared ? randomUUID() : undefined;
  // Member by member: this runs for every request, and copying by spread takes five times as long.
  const eventFor = (accountId: string, eventId = call.eventId) =>
    trailEvent({
      userIdentity: identity,
      at: call.at,
      source: 'kms.amazonaws.com',
      name: operation,
      region: call.region,
      sourceIp: call.client.sourceIp,
      userAgent: call.client.userAgent,
      error: call.error,
      requestParameters,
      responseElements,
      additional: more,
      requestId: call.requestId,
      eventId,
      readOnly,
      resources: involved,
      accountId,
      host: call.client.host,
      sharedEventId,
    });
  return shared
    ? [eventFor(caller.accountId, randomUUID()), eventFor(owner)]
    : [eventFor(caller.accountId)];
}

/** The key that a call is about: what its answer names, or else what its input names. */
function keyOf(
  ringOf: Kms['ringOf'],
  { operation, region, caller, ciphertextOf }: KmsCall,
  input: Members,
  answer: Members | undefined,
): KeyRecord | undefined {
  const metadata = (answer?.KeyMetadata ?? answer?.ReplicaKeyMetadata) as Members | undefined;
  const named =
    metadata?.KeyId ?? input.KeyId ?? input.TargetKeyId ?? answer?.KeyId ?? input.AliasName;
  if (typeof named === 'string') return find(ringOf, region, caller.accountId, named);
  return operation === 'Decrypt' ? ciphertextOf : undefined;
}

function find(
  ringOf: Kms['ringOf'],
  region: string,
  accountId: string,
  named: string,
): KeyRecord | undefined {
  const account = named.startsWith('arn:') ? (named.split(':')[4] ?? accountId) : accountId;
  const ring = ringOf(account);
  if (!ring) return undefined;
  try {
    return resolveKey({ ring, region, accountId: account, ringOf }, named);
  } catch {
    return undefined;
  }
}

function resources(
  call: KmsCall,
  input: Members,
  key: KeyRecord | undefined,
  ringOf: Kms['ringOf'],
): EventResource[] {
  const found = key ? [keyResource(keyArn(key))] : [];
  if (typeof input.AliasName === 'string' && input.AliasName.startsWith('alias/')) {
    const account = key?.accountId ?? call.caller.accountId;
    found.push(keyResource(`arn:aws:kms:${call.region}:${account}:${input.AliasName}`));
  }
  if (call.operation === 'ReEncrypt') {
    // Source first, then destination.
    const named = (id: unknown) =>
      typeof id === 'string' ? find(ringOf, call.region, call.caller.accountId, id) : undefined;
    return [call.ciphertextOf ?? named(input.SourceKeyId), named(input.DestinationKeyId)].flatMap(
      (one) => (one ? [keyResource(keyArn(one))] : []),
    );
  }
  return found;
}

const withMaterial = new Set([
  'Encrypt',
  'Decrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
]);

function additional(
  operation: string,
  input: Members,
  answer: Members | undefined,
  key: KeyRecord | undefined,
): object | undefined {
  if (operation === 'ReEncrypt') {
    return {
      destinationKeyMaterialId: answer?.DestinationKeyMaterialId,
      sourceKeyMaterialId: answer?.SourceKeyMaterialId,
    };
  }
  if (operation === 'RetireGrant') return { grantId: input.GrantId };
  if (!withMaterial.has(operation) || key?.keySpec !== 'SYMMETRIC_DEFAULT') return undefined;
  return { keyMaterialId: answer?.KeyMaterialId ?? currentMaterial(key)?.id };
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
