import { AwsError } from '../protocol/awsError';
import type { Keyring } from './keyring';
import { keyArn, type AliasRecord, type KeyRecord } from './model';

/** Where a KeyId is looked up: in the Region of the request; in another account for its ARNs alone. */
export interface Scope {
  readonly ring: Keyring;
  readonly region: string;
  readonly accountId: string;
  /** The keys of an account, where there is such an account here. */
  readonly ringOf?: (accountId: string) => Keyring | undefined;
  /** AWS's answer for what is not found in another account than the caller's. */
  readonly elsewhere?: (accountId: string) => Error | undefined;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const multiRegionId = /^mrk-[0-9a-f]{32}$/i;

/**
 * Finds the key that a KeyId names: key id, key ARN, alias name or alias ARN.
 * @throws AwsError NotFoundException in AWS's words for each form.
 */
export function resolveKey(scope: Scope, keyId: string): KeyRecord {
  const { resource, fromArn, accountId } = splitArn(scope, keyId);
  if (accountId !== scope.accountId) return keyElsewhere(scope, keyId, resource, accountId);
  if (resource.startsWith('alias/')) return aliasTarget(scope, resource);
  const id = fromArn ? resource.slice('key/'.length) : resource;
  if (!uuid.test(id) && !multiRegionId.test(id)) {
    throw new AwsError(
      'NotFoundException',
      fromArn ? `Invalid keyId ${id}` : `Invalid keyId '${id}'`,
    );
  }
  const key = scope.ring.find(scope.region, id);
  if (!key) {
    const hidden = scope.elsewhere?.(scope.accountId);
    if (hidden) throw hidden;
    const arn = keyArn({ region: scope.region, accountId: scope.accountId, keyId: id });
    throw new AwsError('NotFoundException', `Key '${arn}' does not exist`);
  }
  return key;
}

/**
 * The same for an operation that takes no alias.
 * @throws AwsError InvalidArnException for an alias, NotFoundException.
 */
export function resolveKeyOnly(scope: Scope, keyId: string): KeyRecord {
  if (isAlias(keyId)) {
    throw new AwsError('InvalidArnException', 'Key Aliases are not supported for this operation.');
  }
  return resolveKey(scope, keyId);
}

export function isAlias(keyId: string): boolean {
  return keyId.startsWith('alias/') || keyId.includes(':alias/');
}

export function aliasArn(scope: { region: string; accountId: string }, name: string): string {
  return `arn:aws:kms:${scope.region}:${scope.accountId}:${name}`;
}

/** @throws AwsError NotFoundException */
export function findAlias(scope: Scope, name: string): AliasRecord {
  const alias = scope.ring.findAlias(scope.region, name);
  if (!alias) {
    const hidden = scope.elsewhere?.(scope.accountId);
    if (hidden) throw hidden;
    throw new AwsError('NotFoundException', `Alias ${aliasArn(scope, name)} is not found.`);
  }
  return alias;
}

/** Another account's key, by an ARN; what is not there cannot be told from what is not allowed. */
function keyElsewhere(scope: Scope, keyId: string, resource: string, accountId: string): KeyRecord {
  const ring = scope.ringOf?.(accountId);
  const id = resource.startsWith('alias/')
    ? ring?.findAlias(scope.region, resource)?.targetKeyId
    : resource.slice('key/'.length);
  const key = id === undefined ? undefined : ring?.find(scope.region, id);
  if (key) return key;
  throw (
    scope.elsewhere?.(accountId) ??
    new AwsError('NotFoundException', `Key '${keyId}' does not exist`)
  );
}

function aliasTarget(scope: Scope, name: string): KeyRecord {
  return resolveKey(scope, findAlias(scope, name).targetKeyId);
}

function splitArn(
  scope: Scope,
  keyId: string,
): { resource: string; fromArn: boolean; accountId: string } {
  if (!keyId.startsWith('arn:')) {
    return { resource: keyId, fromArn: false, accountId: scope.accountId };
  }
  const [, partition, service, region, accountId = '', ...rest] = keyId.split(':');
  const resource = rest.join(':');
  if (partition !== 'aws') throw new AwsError('NotFoundException', `Invalid arn ${partition}`);
  if (service !== 'kms' || !/^(key|alias)\/./.test(resource)) {
    throw new AwsError('NotFoundException', `Invalid arn ${keyId}`);
  }
  if (region !== scope.region) throw new AwsError('NotFoundException', `Invalid arn ${region}`);
  return { resource, fromArn: true, accountId };
}
