import type {
  DescribeKeyRequest,
  DescribeKeyResponse,
  ListKeysRequest,
  ListKeysResponse,
  UpdateKeyDescriptionRequest,
} from '@aws-sdk/client-kms';
import { required } from '../../protocol/rules';
import { anyKey, keyOnly, operation, type KmsContext } from '../context';
import { aliasArn } from '../keyId';
import { requireState } from '../keyState';
import { newManagedKey, putManagedKey, serviceOfAlias } from '../managedKeys';
import { description, grantTokens, keyId, limit, marker } from '../members';
import { describe } from '../metadata';
import { keyArn } from '../model';
import { page } from '../paging';
import { checkGrantTokens } from '../use';

export const describeKey = operation<DescribeKeyRequest, DescribeKeyResponse>({
  name: 'DescribeKey',
  members: { KeyId: keyId, GrantTokens: grantTokens },
  run(input, context) {
    checkGrantTokens(context, input);
    bringToLife(context, input.KeyId);
    return { KeyMetadata: describe(context.ring, anyKey(context, input.KeyId)) };
  },
});

/** A reserved alias without a key gets its AWS managed key when it is described (API reference). */
function bringToLife(context: KmsContext, named: string): void {
  const service = serviceOfAlias(named.replace(aliasArn(context, ''), ''));
  if (service === undefined || context.ring.findAlias(context.region, `alias/aws/${service}`)) {
    return;
  }
  const key = newManagedKey(context.accountId, context.region, service, context.now);
  context.access.requireKey(context, key, named);
  putManagedKey(context.ring, key);
}

export const listKeys = operation<ListKeysRequest, ListKeysResponse>({
  name: 'ListKeys',
  members: { Limit: limit, Marker: marker },
  run(input, context) {
    const keys = context.ring.keysOf(context.region);
    const { items, ...rest } = page(keys, (key) => key.keyId, input, { default: 100, max: 1000 });
    return { Keys: items.map((key) => ({ KeyId: key.keyId, KeyArn: keyArn(key) })), ...rest };
  },
});

export const updateKeyDescription = operation<UpdateKeyDescriptionRequest>({
  name: 'UpdateKeyDescription',
  members: { KeyId: keyId, Description: required(description) },
  run(input, context) {
    const key = keyOnly(context, input.KeyId);
    requireState(context.operation, key);
    context.ring.put({ ...key, description: input.Description });
    return undefined;
  },
});
