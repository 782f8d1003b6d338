import { randomUUID } from 'node:crypto';
import { keyArn, type KeyRecord } from '../kms/model';
import { keyResource, trailEvent, type TrailEvent } from './event';

/** Something that KMS does to a key by itself. */
export interface ServiceHappening {
  readonly name:
    'RotateKey' | 'DeleteKey' | 'DeleteExpiredKeyMaterial' | 'SynchronizeMultiRegionKey';
  readonly key: KeyRecord;
  /** When it was due. */
  readonly at: number;
  readonly details?: Readonly<Record<string, unknown>>;
}

const internal = 'AWS Internal';

/**
 * The event of what the service did: without caller and parameters. What the copies of a multi-Region
 * key share is copied by a call of the service's own; since December 2022 a deletion too names the key
 * in its answer (developer guide, ct-synchronize-multi-region-key and ct-delete-key).
 */
export function serviceEvent({ name, key, at, details }: ServiceHappening): TrailEvent {
  const arn = keyArn(key);
  const synchronizes = name === 'SynchronizeMultiRegionKey';
  const answers = synchronizes || name === 'DeleteKey';
  return trailEvent({
    userIdentity: { accountId: key.accountId, invokedBy: internal },
    at,
    source: 'kms.amazonaws.com',
    name,
    region: key.region,
    sourceIp: internal,
    userAgent: internal,
    requestId: synchronizes ? randomUUID() : undefined,
    eventId: randomUUID(),
    responseElements: answers ? { keyId: arn } : null,
    readOnly: false,
    resources: [keyResource(arn)],
    accountId: key.accountId,
    byService: !synchronizes,
    serviceDetails: answers ? undefined : { ...details, keyId: key.keyId },
  });
}
