import { ListPublicKeysCommand } from '@aws-sdk/client-cloudtrail';
import type { AwsGateway, Target } from '../../aws/types';
import type { TrailPublicKey } from './digestFile';
import type { TimeRange } from './trailFiles';

/** CloudTrail's public keys of the target's Region that were in use within the range. */
export async function listPublicKeys(
  gateway: AwsGateway,
  target: Target,
  { since, until }: TimeRange,
): Promise<TrailPublicKey[]> {
  const keys: TrailPublicKey[] = [];
  let token: string | undefined;
  do {
    const { output } = await gateway.send(
      target,
      new ListPublicKeysCommand({
        ...(since !== undefined && { StartTime: new Date(since) }),
        ...(until !== undefined && { EndTime: new Date(until) }),
        ...(token !== undefined && { NextToken: token }),
      }),
    );
    for (const { Fingerprint, Value } of output.PublicKeyList ?? []) {
      if (Fingerprint && Value) keys.push({ fingerprint: Fingerprint, value: Value });
    }
    token = output.NextToken;
  } while (token !== undefined);
  return keys;
}
