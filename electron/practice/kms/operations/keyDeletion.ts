import type {
  CancelKeyDeletionRequest,
  CancelKeyDeletionResponse,
  ScheduleKeyDeletionRequest,
  ScheduleKeyDeletionResponse,
} from '@aws-sdk/client-kms';
import { validationError } from '../../protocol/awsError';
import { integer, optional } from '../../protocol/rules';
import { keyOnly, operation } from '../context';
import { requireState } from '../keyState';
import { dayMs } from '../lifecycle';
import { keyId } from '../members';
import { keyArn, type KeyRecord } from '../model';

const defaultWindowDays = 30;

export const scheduleKeyDeletion = operation<
  ScheduleKeyDeletionRequest,
  ScheduleKeyDeletionResponse
>({
  name: 'ScheduleKeyDeletion',
  members: { KeyId: keyId, PendingWindowInDays: optional(integer(1, 365)) },
  run(input, context) {
    const days = input.PendingWindowInDays ?? defaultWindowDays;
    if (days < 7 || days > 30) {
      throw validationError('PendingWindowInDays must be between 7 and 30');
    }
    const key = keyOnly(context, input.KeyId);
    requireState(context.operation, key);
    const waits =
      key.multiRegion?.primaryRegion === key.region && context.ring.related(key).length > 1;
    const pending: KeyRecord = waits
      ? { ...key, state: 'PendingReplicaDeletion', pendingWindowDays: days }
      : { ...key, state: 'PendingDeletion', deletionDate: context.now + days * dayMs };
    context.ring.put(pending);
    return {
      KeyId: keyArn(key),
      DeletionDate: pending.deletionDate === undefined ? undefined : new Date(pending.deletionDate),
      KeyState: pending.state,
      PendingWindowInDays: days,
    };
  },
});

/** The key comes back disabled: using it again is a decision of its own (EnableKey). */
export const cancelKeyDeletion = operation<CancelKeyDeletionRequest, CancelKeyDeletionResponse>({
  name: 'CancelKeyDeletion',
  members: { KeyId: keyId },
  run(input, context) {
    const key = keyOnly(context, input.KeyId);
    requireState(context.operation, key);
    context.ring.put({
      ...key,
      state: lacksMaterial(key) ? 'PendingImport' : 'Disabled',
      deletionDate: undefined,
      pendingWindowDays: undefined,
    });
    return { KeyId: keyArn(key) };
  },
});

/** Imported material was never there, or one version of it is gone. */
export function lacksMaterial(key: KeyRecord): boolean {
  return (
    key.origin === 'EXTERNAL' &&
    (key.materials.length === 0 ||
      key.materials.some(
        ({ state, imported }) =>
          !state.startsWith('PENDING') && imported?.state === 'PENDING_IMPORT',
      ))
  );
}
