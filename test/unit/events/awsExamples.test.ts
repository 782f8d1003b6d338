import { describe, expect, it } from 'vitest';
import { readRecord } from '../../../electron/events/record/readRecord';
import type { EventRow } from '../../../shared/model/events/event';
import examples from '../../fixtures/cloudtrail/examples.json';

const key = 'arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const alice = {
  caller: 'Alice',
  callerArn: 'arn:aws:iam::111122223333:user/Alice',
  callerAccount: '111122223333',
  accessKeyId: 'EXAMPLE_KEY_ID',
  ip: '192.0.2.0',
  userAgent: 'AWS Internal',
};
const common: Omit<EventRow, 'eventId' | 'at' | 'name' | 'caller'> = {
  account: '111122223333',
  region: 'us-west-2',
  source: 'kms.amazonaws.com',
  readOnly: false,
  outcome: 'ok',
  keys: [key],
  encryptionContext: {},
  type: 'AwsApiCall',
  dryRun: false,
};

/** What each of AWS's examples says, to the last member that a row has. */
const rows: Readonly<Record<keyof typeof examples, EventRow>> = {
  'decrypt-success': {
    ...common,
    ...alice,
    eventId: 'abcde202-ba1a-467c-b4ba-f729d45ae521',
    at: '2025-11-12T15:16:26Z',
    name: 'Decrypt',
    readOnly: true,
    keyMaterialId: '123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0',
    userAgent: 'aws-sdk-java/2.30.22 md/io#async md/http#AwsCommonRuntime ...',
    encryptionContext: { Department: 'Engineering', Project: 'Alpha' },
    tlsVersion: 'TLSv1.3',
    keyExchange: 'X25519MLKEM768',
    requestId: '12345126-30d5-4b28-98b9-9153da559963',
  },
  'decrypt-failure-incorrect-key': {
    ...common,
    ...alice,
    eventId: 'abcde202-ba1a-467c-b4ba-f729d45ae521',
    at: '2022-11-24T18:57:43Z',
    name: 'Decrypt',
    readOnly: true,
    outcome: 'failed',
    error: 'IncorrectKeyException',
    message: 'The key ID in the request does not identify a CMK that can perform this operation.',
    cause: 'wrong-key',
    encryptionContext: { Department: 'Engineering', Project: 'Alpha' },
    requestId: '22345126-30d5-4b28-98b9-9153da559963',
  },
  'generatedatakey-s3-assumed-role': {
    ...common,
    eventId: '80721262-21a5-49b9-8b63-28740e7ce9c9',
    at: '2015-09-10T23:58:18Z',
    name: 'GenerateDataKey',
    readOnly: true,
    caller: 'Admins/example-user',
    callerArn: 'arn:aws:sts::111122223333:assumed-role/Admins/example-user',
    callerAccount: '111122223333',
    role: 'arn:aws:iam::111122223333:role/Admins',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    mfa: false,
    service: 'internal.amazonaws.com',
    ip: 'internal.amazonaws.com',
    userAgent: 'internal.amazonaws.com',
    encryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::example_bucket/example_object' },
    requestId: 'cea04450-5817-11e5-85aa-97ce46071236',
  },
  'put-key-policy': {
    ...common,
    ...alice,
    eventId: 'c217db1f-903f-4a2f-8f88-9580182d6313',
    at: '2022-09-01T20:06:16Z',
    name: 'PutKeyPolicy',
    requestId: '7bb906fa-dc21-4350-b65c-808ff0f72f55',
  },
  'rotatekey-service-event': {
    ...common,
    eventId: 'a24b3967-ddad-417f-9b22-2332b918db06',
    at: '2025-05-20T20:44:37Z',
    name: 'RotateKey',
    caller: 'AWS Internal',
    service: 'AWS Internal',
    callerAccount: '111122223333',
    ip: 'AWS Internal',
    userAgent: 'AWS Internal',
    type: 'AwsServiceEvent',
  },
  'schedule-key-deletion': {
    ...common,
    ...alice,
    eventId: '3c4226b0-1e81-48a8-a333-7fa5f3cbd118',
    at: '2021-03-23T18:58:30Z',
    name: 'ScheduleKeyDeletion',
    // The example's key is of another Region than the example.
    region: 'us-east-1',
    requestId: 'ee408f36-ea01-422b-ac14-b0f147c68334',
  },
  'schedule-key-deletion-mrk-primary': {
    ...common,
    ...alice,
    eventId: 'abcda5f-396d-494c-9380-0c47860df5f1',
    at: '2021-10-28T17:59:05Z',
    name: 'ScheduleKeyDeletion',
    keys: ['arn:aws:kms:us-west-2:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab'],
    requestId: '12341411-d846-42a6-a476-b1cbe3011f89',
  },
};

describe('AWS’s own example', () => {
  it.each(Object.keys(examples) as (keyof typeof examples)[])('%s is read', (name) => {
    expect(readRecord(examples[name])).toEqual({ row: rows[name] });
  });

  it('is read in every version from 1.02 on, which lacks what came later', () => {
    const { tlsDetails, eventCategory, managementEvent, additionalEventData, ...older } =
      examples['decrypt-success'];
    expect([tlsDetails, eventCategory, managementEvent, additionalEventData]).not.toContain(
      undefined,
    );
    for (let version = 2; version <= 11; version += 1) {
      const eventVersion = `1.${String(version).padStart(2, '0')}`;
      // readOnly and the resource's type came with 1.05, recipientAccountId with 1.02.
      const { readOnly, resources, ...rest } = older;
      const members =
        version < 5
          ? { resources: resources.map(({ type: _type, ...each }) => each) }
          : { readOnly, resources };
      const read = readRecord({ ...rest, ...members, eventVersion });
      const { keyMaterialId, tlsVersion, keyExchange, ...row } = rows['decrypt-success'];
      expect([keyMaterialId, tlsVersion, keyExchange]).not.toContain(undefined);
      expect(read, eventVersion).toEqual({ row });
    }
  });

  it('without any one of its members is a whole row, or is said to be none', () => {
    for (const example of Object.values(examples)) {
      for (const member of Object.keys(example)) {
        const { [member as never]: _gone, ...rest } = example as Record<string, unknown>;
        const read = readRecord(rest);
        const needed = ['eventID', 'eventName', 'eventSource', 'eventTime'].includes(member);
        expect('problem' in read, member).toBe(needed);
      }
    }
  });
});
