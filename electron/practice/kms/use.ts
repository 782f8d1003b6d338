import { AwsError } from '../protocol/awsError';
import type { KmsContext } from './context';
import { grantOfToken } from './grantTokens';
import { requireState } from './keyState';
import { currentMaterial, keyArn, type KeyRecord, type KeyUse, type Material } from './model';
import { algorithmsOf } from './specs';

/**
 * Checks that a key may be used for the operation in the request: usage first, then state, as AWS does.
 * @throws AwsError InvalidKeyUsageException, DisabledException, KMSInvalidStateException
 */
export function requireUsable(context: KmsContext, key: KeyRecord, usage: string): void {
  if (key.keyUsage !== usage) {
    throw new AwsError(
      'InvalidKeyUsageException',
      `${keyArn(key)} key usage is ${key.keyUsage} which is not valid for ${context.operation}.`,
    );
  }
  requireState(context.operation, key);
}

/** @throws AwsError InvalidKeyUsageException where the key's spec does not know the algorithm */
export function requireAlgorithm(key: KeyRecord, algorithm: string): void {
  if (algorithmsOf(key).includes(algorithm)) return;
  throw new AwsError(
    'InvalidKeyUsageException',
    `Algorithm ${algorithm} is incompatible with key spec ${key.keySpec}.`,
  );
}

/** The material that a usable key works with. */
export function materialInUse(key: KeyRecord): Material {
  const material = currentMaterial(key);
  if (!material) throw new AwsError('KMSInternalException', '', 500);
  return material;
}

/** @throws AwsError InvalidGrantTokenException for a token that no grant of the account has */
export function checkGrantTokens(
  context: KmsContext,
  input: { GrantTokens?: string[] | undefined },
): void {
  for (const token of input.GrantTokens ?? []) {
    if (!grantOfToken(context, token)) throw new AwsError('InvalidGrantTokenException');
  }
}

const noteEveryMs = 60_000;

/**
 * Notes a successful use for GetKeyLastUsage, at most once a minute a key: AWS's own answer may lag
 * an hour, and a write for every data key would cost more than the data key.
 */
export function noteUse(context: KmsContext, key: KeyRecord): void {
  const uses = usesOf(context);
  const id = `${key.region}/${key.keyId}`;
  const last = uses.get(id);
  if (last && context.now >= last.at && context.now - last.at < noteEveryMs) return;
  uses.put(id, {
    operation: context.operation,
    at: context.now,
    eventId: context.eventId,
    requestId: context.requestId,
  });
}

/** The last successful use that is known of a key since AWS keeps track; undefined if there is none. */
export function lastUseOf(context: KmsContext, key: KeyRecord): KeyUse | undefined {
  const use = usesOf(context).get(`${key.region}/${key.keyId}`);
  if (use) return use;
  const past = context.pastUse(key);
  return past && past.at >= trackingStart ? past : undefined;
}

/** Since when AWS keeps track of the use of a key; what was before is not known. */
export function trackedSince(key: KeyRecord): number {
  return Math.max(trackingStart, key.createdAt);
}

const trackingStart = Date.parse('2026-04-23T00:00:00Z');

function usesOf(context: KmsContext) {
  return context.account.state.of<KeyUse>('kms-use');
}
