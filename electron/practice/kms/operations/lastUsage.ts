import type { GetKeyLastUsageRequest, GetKeyLastUsageResponse } from '@aws-sdk/client-kms';
import { keyOnly, operation } from '../context';
import { keyId } from '../members';
import { keyArn } from '../model';
import { usesOf } from '../use';

/** AWS keeps track since 23 April 2026; what was used before and not since is not known. */
const trackingStart = Date.parse('2026-04-23T00:00:00Z');

export const getKeyLastUsage = operation<GetKeyLastUsageRequest, GetKeyLastUsageResponse>({
  name: 'GetKeyLastUsage',
  members: { KeyId: keyId },
  run(input, context) {
    const key = keyOnly(context, input.KeyId);
    const use = usesOf(context).get(`${key.region}/${key.keyId}`);
    return {
      KeyId: keyArn(key),
      KeyLastUsage: use && {
        Operation: use.operation,
        Timestamp: new Date(use.at),
        CloudTrailEventId: use.eventId,
        KmsRequestId: use.requestId,
      },
      TrackingStartDate: new Date(Math.max(trackingStart, key.createdAt)),
      KeyCreationDate: new Date(key.createdAt),
    } as GetKeyLastUsageResponse;
  },
});
