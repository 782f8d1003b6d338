import type { GetKeyLastUsageRequest, GetKeyLastUsageResponse } from '@aws-sdk/client-kms';
import { keyOnly, operation } from '../context';
import { keyId } from '../members';
import { keyArn } from '../model';
import { lastUseOf, trackedSince } from '../use';

export const getKeyLastUsage = operation<GetKeyLastUsageRequest, GetKeyLastUsageResponse>({
  name: 'GetKeyLastUsage',
  members: { KeyId: keyId },
  run(input, context) {
    const key = keyOnly(context, input.KeyId);
    const use = lastUseOf(context, key);
    return {
      KeyId: keyArn(key),
      // An empty object, where there is none.
      KeyLastUsage: {
        Operation: use?.operation,
        Timestamp: use && new Date(use.at),
        CloudTrailEventId: use?.eventId,
        KmsRequestId: use?.requestId,
      },
      TrackingStartDate: new Date(trackedSince(key)),
      KeyCreationDate: new Date(key.createdAt),
    } as GetKeyLastUsageResponse;
  },
});
