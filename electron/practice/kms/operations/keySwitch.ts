import type { DisableKeyRequest, EnableKeyRequest } from '@aws-sdk/client-kms';
import { keyOnly, operation } from '../context';
import { requireState } from '../keyState';
import { keyId } from '../members';
import type { KeyState } from '../model';

const switchTo = (name: string, state: KeyState) =>
  operation<EnableKeyRequest & DisableKeyRequest>({
    name,
    members: { KeyId: keyId },
    run(input, context) {
      const key = keyOnly(context, input.KeyId);
      requireState(context.operation, key);
      context.ring.put({ ...key, state });
      return undefined;
    },
  });

/** A rotation that was due while the key was disabled runs as soon as it is enabled. */
export const enableKey = switchTo('EnableKey', 'Enabled');
export const disableKey = switchTo('DisableKey', 'Disabled');
