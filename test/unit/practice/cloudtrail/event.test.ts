import { describe, expect, it } from 'vitest';
import { trailEvent, writtenDate } from '../../../../electron/practice/cloudtrail/event';
import { userIdentity, userNameOf } from '../../../../electron/practice/cloudtrail/identity';
import {
  kmsRequestParameters,
  kmsResponseElements,
} from '../../../../electron/practice/cloudtrail/kmsParameters';

const arn = 'arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const alice = {
  accountId: '111122223333',
  accessKeyId: 'EXAMPLE_KEY_ID',
  arn: 'arn:aws:iam::111122223333:user/Alice',
  userId: 'EX_PRINCIPAL_ID',
};

describe('an event', () => {
  it("has the members of AWS's example of a decryption, with its values", () => {
    const event = trailEvent({
      userIdentity: userIdentity(alice),
      at: Date.parse('2025-11-12T15:16:26Z'),
      source: 'kms.amazonaws.com',
      name: 'Decrypt',
      region: 'us-west-2',
      sourceIp: '192.0.2.0',
      userAgent: 'aws-sdk-java/2.30.22',
      requestParameters: kmsRequestParameters('Decrypt', {
        KeyId: arn,
        CiphertextBlob: 'AQICAH',
        EncryptionContext: { Department: 'Engineering', Project: 'Alpha' },
      }),
      responseElements: kmsResponseElements('Decrypt', { Plaintext: Buffer.from('x') }, arn),
      additional: { keyMaterialId: '12'.repeat(32) },
      requestId: '12345126-30d5-4b28-98b9-9153da559963',
      eventId: 'abcde202-ba1a-467c-b4ba-f729d45ae521',
      readOnly: true,
      resources: [{ accountId: '111122223333', type: 'AWS::KMS::Key', ARN: arn }],
      accountId: '111122223333',
      host: 'kms.us-west-2.amazonaws.com',
    });
    expect(JSON.parse(JSON.stringify(event))).toEqual({
      eventVersion: '1.11',
      userIdentity: {
        type: 'IAMUser',
        principalId: 'EX_PRINCIPAL_ID',
        arn: 'arn:aws:iam::111122223333:user/Alice',
        accountId: '111122223333',
        accessKeyId: 'EXAMPLE_KEY_ID',
        userName: 'Alice',
      },
      eventTime: '2025-11-12T15:16:26Z',
      eventSource: 'kms.amazonaws.com',
      eventName: 'Decrypt',
      awsRegion: 'us-west-2',
      sourceIPAddress: '192.0.2.0',
      userAgent: 'aws-sdk-java/2.30.22',
      requestParameters: {
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
        keyId: arn,
        encryptionContext: { Department: 'Engineering', Project: 'Alpha' },
      },
      responseElements: null,
      additionalEventData: { keyMaterialId: '12'.repeat(32) },
      requestID: '12345126-30d5-4b28-98b9-9153da559963',
      eventID: 'abcde202-ba1a-467c-b4ba-f729d45ae521',
      readOnly: true,
      resources: [{ accountId: '111122223333', type: 'AWS::KMS::Key', ARN: arn }],
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: '111122223333',
      eventCategory: 'Management',
      tlsDetails: {
        tlsVersion: 'TLSv1.3',
        cipherSuite: 'TLS_AES_128_GCM_SHA256',
        clientProvidedHostHeader: 'kms.us-west-2.amazonaws.com',
        keyExchange: 'X25519MLKEM768',
      },
    });
  });

  it('says of a session who issued it, when, and whether with MFA', () => {
    const identity = userIdentity({
      ...alice,
      arn: 'arn:aws:sts::111122223333:assumed-role/Admins/example-user',
      userId: 'AROACKCEVSQ6C2EXAMPLE:example-user',
      identity: {
        entityArn: 'arn:aws:iam::111122223333:role/Admins',
        uniqueId: 'AROACKCEVSQ6C2EXAMPLE',
        session: { issuedAt: Date.parse('2015-09-10T23:12:48Z') },
      },
    });
    expect(identity).toEqual({
      type: 'AssumedRole',
      principalId: 'AROACKCEVSQ6C2EXAMPLE:example-user',
      arn: 'arn:aws:sts::111122223333:assumed-role/Admins/example-user',
      accountId: '111122223333',
      accessKeyId: 'EXAMPLE_KEY_ID',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROACKCEVSQ6C2EXAMPLE',
          arn: 'arn:aws:iam::111122223333:role/Admins',
          accountId: '111122223333',
          userName: 'Admins',
        },
        attributes: { creationDate: '2015-09-10T23:12:48Z', mfaAuthenticated: 'false' },
      },
    });
    expect(userNameOf(identity)).toBe('example-user');
  });

  it("writes parameters and answers as AWS's examples of changes have them", () => {
    expect(kmsRequestParameters('PutKeyPolicy', { KeyId: 'k', Policy: '{ }' })).toEqual({
      keyId: 'k',
      policyName: 'default',
      policy: '{ }',
      bypassPolicyLockoutSafetyCheck: false,
    });
    expect(
      kmsResponseElements(
        'ScheduleKeyDeletion',
        {
          KeyId: arn,
          KeyState: 'PendingDeletion',
          DeletionDate: new Date('2021-04-12T18:58:30Z'),
          PendingWindowInDays: 20,
        },
        arn,
      ),
    ).toEqual({
      keyId: arn,
      keyState: 'PendingDeletion',
      deletionDate: 'Apr 12, 2021 18:58:30 PM',
      pendingWindowInDays: 20,
    });
    expect(
      kmsRequestParameters('ImportKeyMaterial', {
        KeyId: 'k',
        ImportToken: 'secret',
        EncryptedKeyMaterial: 'secret',
        ValidTo: Date.parse('2025-05-21T05:47:45Z') / 1000,
      }),
    ).toEqual({ keyId: 'k', validTo: 'May 21, 2025, 5:47:45 AM' });
    expect(writtenDate(new Date('2022-08-10T22:38:27Z'))).toBe('Aug 10, 2022, 10:38:27 PM');
  });

  it('never has data, ciphertext, material or tokens, whatever the operation', () => {
    const secret = 'c2VjcmV0';
    const input = Object.fromEntries(
      ['Plaintext', 'CiphertextBlob', 'Message', 'Signature', 'Mac', 'GrantTokens'].map((name) => [
        name,
        secret,
      ]),
    );
    for (const operation of ['Encrypt', 'Decrypt', 'Sign', 'Verify', 'VerifyMac', 'ReEncrypt']) {
      expect(JSON.stringify(kmsRequestParameters(operation, input))).not.toContain(secret);
    }
  });
});
