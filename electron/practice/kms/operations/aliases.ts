import type {
  CreateAliasRequest,
  DeleteAliasRequest,
  ListAliasesRequest,
  ListAliasesResponse,
  UpdateAliasRequest,
} from '@aws-sdk/client-kms';
import { AwsError, validationError } from '../../protocol/awsError';
import { keyOnly, operation, type KmsContext } from '../context';
import { aliasArn, findAlias, isAlias } from '../keyId';
import { requireState } from '../keyState';
import { aliasName, keyId, limit, marker, optionalKeyId } from '../members';
import type { KeyRecord } from '../model';
import { page } from '../paging';
import { specOf } from '../specs';

const aliasesPerKey = 50;

export const createAlias = operation<CreateAliasRequest>({
  name: 'CreateAlias',
  members: { AliasName: aliasName, TargetKeyId: keyId },
  run(input, context) {
    requireOwnName(input.AliasName);
    requireAlias(context, input.AliasName);
    const key = target(context, input.TargetKeyId);
    if (context.ring.findAlias(context.region, input.AliasName)) {
      throw new AwsError(
        'AlreadyExistsException',
        `An alias with the name ${aliasArn(context, input.AliasName)} already exists`,
      );
    }
    requireState(context.operation, key);
    requireRoom(context, key);
    context.ring.putAlias({
      region: context.region,
      name: input.AliasName,
      targetKeyId: key.keyId,
      createdAt: context.now,
      updatedAt: context.now,
    });
    return undefined;
  },
});

export const updateAlias = operation<UpdateAliasRequest>({
  name: 'UpdateAlias',
  members: { AliasName: aliasName, TargetKeyId: keyId },
  run(input, context) {
    requireOwnName(input.AliasName);
    requireAlias(context, input.AliasName);
    const alias = findAlias(context, input.AliasName);
    const key = target(context, input.TargetKeyId);
    requireState(context.operation, key);
    const before = context.ring.find(context.region, alias.targetKeyId);
    if (before) context.access.requireKey(context, before, undefined);
    if (before) requireSameKind(input.AliasName, before, key);
    if (alias.targetKeyId !== key.keyId) requireRoom(context, key);
    context.ring.putAlias({ ...alias, targetKeyId: key.keyId, updatedAt: context.now });
    return undefined;
  },
});

export const deleteAlias = operation<DeleteAliasRequest>({
  name: 'DeleteAlias',
  members: { AliasName: aliasName },
  run(input, context) {
    requireOwnName(input.AliasName);
    requireAlias(context, input.AliasName);
    const alias = findAlias(context, input.AliasName);
    const key = context.ring.find(context.region, alias.targetKeyId);
    if (key) context.access.requireKey(context, key, undefined);
    context.ring.removeAlias(alias);
    return undefined;
  },
});

export const listAliases = operation<ListAliasesRequest, ListAliasesResponse>({
  name: 'ListAliases',
  members: { KeyId: optionalKeyId, Limit: limit, Marker: marker },
  run(input, context) {
    context.access.requireResource(context, context.operation, '*');
    const key = input.KeyId === undefined ? undefined : keyOnly(context, input.KeyId);
    const aliases = key ? context.ring.aliasesOfKey(key) : context.ring.aliasesOf(context.region);
    const { items, ...rest } = page(aliases, ({ name }) => name, input, { default: 50, max: 100 });
    return {
      Aliases: items.map((alias) => ({
        AliasName: alias.name,
        AliasArn: aliasArn(context, alias.name),
        TargetKeyId: alias.targetKeyId,
        CreationDate: new Date(alias.createdAt),
        LastUpdatedDate: new Date(alias.updatedAt),
      })),
      ...rest,
    };
  },
});

/** Names under alias/aws/ are AWS's own. */
function requireOwnName(name: string): void {
  if (!name.startsWith('alias/')) {
    throw validationError(
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  }
  if (name === 'alias/') throw new AwsError('InvalidAliasNameException');
  if (name.startsWith('alias/aws/')) throw new AwsError('NotAuthorizedException');
}

/** Aliases are changed with a permission for the alias, in an IAM policy, and one for each key. */
function requireAlias(context: KmsContext, name: string): void {
  context.access.requireResource(context, context.operation, aliasArn(context, name));
}

function target(context: KmsContext, targetKeyId: string): KeyRecord {
  if (isAlias(targetKeyId)) throw validationError('Aliases must refer to keys. Not aliases');
  return keyOnly(context, targetKeyId);
}

function requireRoom(context: KmsContext, key: KeyRecord): void {
  if (context.ring.aliasesOfKey(key).length >= aliasesPerKey)
    throw new AwsError('LimitExceededException');
}

/** An alias may move only between keys that are used alike. */
function requireSameKind(name: string, before: KeyRecord, after: KeyRecord): void {
  const differ = (what: string, from: string, to: string) =>
    validationError(
      `Alias ${name} cannot be changed from a CMK with key ${what} ${from} to a CMK with key ${what} ${to}. The key ${what} of the current CMK and the new CMK must be the same.`,
    );
  if (before.keyUsage !== after.keyUsage) {
    throw differ('usage', before.keyUsage, after.keyUsage);
  }
  if (typeOf(before) !== typeOf(after)) throw differ('type', typeOf(before), typeOf(after));
}

function typeOf(key: KeyRecord): string {
  const { family } = specOf(key);
  return family === 'symmetric' || family === 'hmac' ? family.toUpperCase() : 'ASYMMETRIC';
}
