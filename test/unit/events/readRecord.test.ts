import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecord } from '../../../electron/events/record/readRecord';
import { eventRowSchema, type EventRow } from '../../../shared/model/events/event';

const key = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** A Decrypt by a user, as version 1.11 has it; what a test gives replaces members. */
function record(members: object = {}): object {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      arn: 'arn:aws:iam::111122223333:user/team/ann',
      accountId: '111122223333',
      accessKeyId: 'AKIAEXAMPLE',
      userName: 'ann',
    },
    eventTime: '2026-11-24T10:00:01Z',
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    awsRegion: 'eu-central-1',
    sourceIPAddress: '192.0.2.7',
    userAgent: 'aws-cli/2.9',
    requestParameters: {
      keyId: key,
      encryptionContext: { bucket: 'invoices', purpose: 'archive' },
      encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    },
    responseElements: null,
    additionalEventData: { keyMaterialId: 'a'.repeat(64) },
    requestID: 'request-1',
    eventID: 'event-1',
    readOnly: true,
    resources: [{ accountId: '111122223333', type: 'AWS::KMS::Key', ARN: key }],
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
    tlsDetails: { tlsVersion: 'TLSv1.3', keyExchange: 'X25519MLKEM768' },
    ...members,
  };
}

function read(members: object = {}): EventRow {
  const result = readRecord(record(members));
  if ('problem' in result) throw new Error(result.problem);
  return result.row;
}

const session = {
  type: 'AssumedRole',
  arn: 'arn:aws:sts::111122223333:assumed-role/payments-app/i-0abc',
  accountId: '111122223333',
  sessionContext: {
    attributes: { mfaAuthenticated: 'true' },
    sessionIssuer: {
      type: 'Role',
      arn: 'arn:aws:iam::111122223333:role/payments-app',
      userName: 'payments-app',
    },
  },
};

describe('a CloudTrail record', () => {
  it('is read to its last member', () => {
    expect(read()).toEqual({
      eventId: 'event-1',
      at: '2026-11-24T10:00:01Z',
      account: '111122223333',
      region: 'eu-central-1',
      source: 'kms.amazonaws.com',
      name: 'Decrypt',
      readOnly: true,
      outcome: 'ok',
      keys: [key],
      keyMaterialId: 'a'.repeat(64),
      caller: 'ann',
      callerArn: 'arn:aws:iam::111122223333:user/team/ann',
      callerAccount: '111122223333',
      accessKeyId: 'AKIAEXAMPLE',
      ip: '192.0.2.7',
      userAgent: 'aws-cli/2.9',
      encryptionContext: { bucket: 'invoices', purpose: 'archive' },
      tlsVersion: 'TLSv1.3',
      keyExchange: 'X25519MLKEM768',
      type: 'AwsApiCall',
      dryRun: false,
      requestId: 'request-1',
    });
  });

  it('names a session by role and session, and the service that called for it', () => {
    const row = read({ userIdentity: { ...session, invokedBy: 's3.amazonaws.com' } });
    expect(row).toMatchObject({
      caller: 'payments-app/i-0abc',
      role: 'arn:aws:iam::111122223333:role/payments-app',
      service: 's3.amazonaws.com',
      mfa: true,
    });
  });

  it.each([
    [{ type: 'Root', accountId: '1' }, 'root'],
    [{ type: 'AWSService', invokedBy: 'rds.amazonaws.com' }, 'rds.amazonaws.com'],
    [{ type: 'AWSAccount', accountId: '444455556666' }, 'account 444455556666'],
    [{ type: 'IAMUser', arn: 'arn:aws:iam::1:user/a/b/bob' }, 'bob'],
    [{ accountId: '1', invokedBy: 'AWS Internal' }, 'AWS Internal'],
    [{}, 'unknown'],
    [null, 'unknown'],
  ])('with the identity %j is called %s', (userIdentity, caller) => {
    expect(read({ userIdentity }).caller).toBe(caller);
  });

  it.each([
    [undefined, '', 'ok', undefined],
    ['AccessDenied', 'no', 'denied', 'denied'],
    ['AccessDeniedException', 'no', 'denied', 'denied'],
    ['ThrottlingException', 'slow', 'throttled', 'throttled'],
    ['IncorrectKeyException', '', 'failed', 'wrong-key'],
    ['InvalidCiphertextException', '', 'failed', 'wrong-context-or-tampered'],
    ['DisabledException', `${key} is disabled.`, 'failed', 'disabled'],
    ['DisabledException', `${key} is pending deletion.`, 'failed', 'pending-deletion'],
    ['KMSInvalidStateException', `${key} is pending deletion.`, 'failed', 'pending-deletion'],
    ['KMSInvalidStateException', `${key} is pending import because`, 'failed', 'pending-import'],
    ['KMSInvalidStateException', `${key} is unavailable.`, 'failed', 'other-state'],
    ['KeyUnavailableException', '', 'failed', 'key-store-away'],
    ['SomethingNewException', '', 'failed', 'other'],
  ])('with the error %s reads as it is', (errorCode, errorMessage, outcome, cause) => {
    const row = read({ errorCode, errorMessage });
    expect([row.outcome, row.cause]).toEqual([outcome, cause]);
  });

  it('of a tested permission is marked as one', () => {
    expect(read({ errorCode: 'DryRunOperationException' }).dryRun).toBe(true);
  });

  it('of a management call names the key that the answer names', () => {
    const alias = { requestParameters: { keyId: 'alias/app' }, resources: [] };
    expect(read(alias).keys).toEqual(['alias/app']);
    expect(read({ ...alias, responseElements: { keyId: key } }).keys).toEqual([key]);
    const id = { requestParameters: { keyId: '1234abcd-12ab-34cd-56ef-1234567890ab' } };
    expect(read(id).keys).toEqual([key]);
  });

  it('of version 1.02, without the newer members, is read', () => {
    const row = read({
      eventVersion: '1.02',
      resources: [{ ARN: key, accountId: '111122223333' }],
      recipientAccountId: undefined,
      readOnly: undefined,
      tlsDetails: undefined,
      additionalEventData: undefined,
      eventType: undefined,
    });
    expect(row).toMatchObject({ account: '111122223333', readOnly: true, keys: [key] });
    expect(row.keyExchange).toBeUndefined();
  });

  it('that is none is named as such', () => {
    expect(readRecord({ hello: 'world' })).toEqual({
      problem:
        'It has no usable eventID, eventName, eventSource, eventTime: this is no CloudTrail event.',
    });
    expect(readRecord([])).toEqual({ problem: 'It is no JSON object.' });
    expect(readRecord(record({ eventTime: 'yesterday' }))).toHaveProperty('problem');
  });

  it('of any JSON gives a valid row or a sentence', () => {
    const members = fc.record(
      Object.fromEntries(Object.keys(record()).map((name) => [name, fc.jsonValue()])),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), members.map(record)), (value) => {
        const result = readRecord(value);
        if ('row' in result) expect(eventRowSchema.safeParse(result.row).error).toBeUndefined();
        else expect(result.problem).toMatch(/\.$/);
      }),
      { numRuns: 2000 },
    );
  });
});
