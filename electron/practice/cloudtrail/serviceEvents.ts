import { randomUUID } from 'node:crypto';
import { keyArn, type KeyRecord } from '../kms/model';
import { keyResource, trailEvent, type TrailEvent } from './event';

/** Something that KMS does to a key by itself. */
export interface ServiceHappening {
  readonly name: 'RotateKey' | 'DeleteKey' | 'DeleteExpiredKeyMaterial';
  readonly key: KeyRecord;
  /** When it was due. */
  readonly at: number;
  readonly details?: Readonly<Record<string, unknown>>;
}

const internal = 'AWS Internal';

/** The event of what the service did: without caller, request and parameters. */
export function serviceEvent({ name, key, at, details }: ServiceHappening): TrailEvent {
  return trailEvent({
    userIdentity: { accountId: key.accountId, invokedBy: internal },
    at,
    source: 'kms.amazonaws.com',
    name,
    region: key.region,
    sourceIp: internal,
    userAgent: internal,
    eventId: randomUUID(),
    readOnly: false,
    resources: [keyResource(keyArn(key))],
    accountId: key.accountId,
    serviceDetails: { ...details, keyId: key.keyId },
  });
}
