import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  DescribeKeyCommand,
  GenerateDataKeyCommand,
  GetKeyLastUsageCommand,
  KMSClient,
} from '@aws-sdk/client-kms';
import { people } from '../../../electron/practice/cloudtrail/history/companyPeople';
import { identityBook } from '../../../electron/practice/cloudtrail/history/people';
import { startPractice, type Practice } from '../../../electron/practice/index';
import { askControl } from './askControl';

let practice: Practice;
let kms: KMSClient;
let trail: CloudTrailClient;

beforeAll(async () => {
  practice = await startPractice({ seed: 'company' });
  const { endpoint, accessKeyId, secretAccessKey } = practice;
  const options = {
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId, secretAccessKey },
  };
  kms = new KMSClient(options);
  trail = new CloudTrailClient(options);
  // So that Event history has the newest of it.
  await askControl(practice, 'clock', { advance: 'PT6M' });
});
afterAll(async () => {
  kms.destroy();
  trail.destroy();
  await practice.close();
});

async function lastUse(alias: string) {
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: alias }));
  const { KeyLastUsage } = await kms.send(
    new GetKeyLastUsageCommand({ KeyId: KeyMetadata?.KeyId }),
  );
  return { arn: KeyMetadata?.Arn, use: KeyLastUsage };
}

async function eventOf(id: string | undefined) {
  const { Events = [] } = await trail.send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventId', AttributeValue: id }],
    }),
  );
  return Events.map((event) => ({
    ...event,
    record: JSON.parse(event.CloudTrailEvent ?? '{}') as Record<string, unknown>,
  }));
}

interface Identities {
  readonly users: { arn: string; accessKeyId: string }[];
  readonly roles: { arn: string }[];
}

describe("the company's history", () => {
  it('was made by users and roles that exist, under their ids, but for one who has left', async () => {
    const { users, roles } = await askControl<Identities>(practice, 'identities');
    const identityAt = identityBook(practice.accountId);
    for (const person of Object.values(people)) {
      const { arn, accessKeyId, sessionContext } = identityAt(person, Date.now());
      if (person.kind === 'user') {
        expect(users).toContainEqual(expect.objectContaining({ arn, accessKeyId }));
      } else {
        const { sessionIssuer } = sessionContext as { sessionIssuer: { arn: string } };
        expect(roles.map((role) => role.arn)).toContain(sessionIssuer.arn);
      }
    }
    expect(users.map(({ arn }) => arn).filter((arn) => arn.includes('bjorn'))).toEqual([]);
  });

  it.each(['alias/prod/payments', 'alias/prod/card-tokens', 'alias/prod/release-signing'])(
    'agrees with what GetKeyLastUsage tells of %s',
    async (alias) => {
      const { arn, use } = await lastUse(alias);
      const [event, ...more] = await eventOf(use?.CloudTrailEventId);
      expect(more).toEqual([]);
      expect(event).toMatchObject({ EventName: use?.Operation, EventTime: use?.Timestamp });
      expect(event?.record).toMatchObject({
        requestID: use?.KmsRequestId,
        resources: [{ ARN: arn }],
      });
      expect(event?.record.errorCode).toBeUndefined();
    },
  );

  it('leaves unused what nobody used, and what failed alone', async () => {
    expect((await lastUse('alias/prod/terminal-pairing')).use).toEqual({});
    expect((await lastUse('alias/legacy/crm')).use).toEqual({});
  });

  it('is overtaken by a use of today, under the id of its event', async () => {
    const alias = 'alias/prod/payments';
    await kms.send(new GenerateDataKeyCommand({ KeyId: alias, KeySpec: 'AES_256' }));
    await askControl(practice, 'clock', { advance: 'PT6M' });
    const { arn, use } = await lastUse(alias);
    const [event] = await eventOf(use?.CloudTrailEventId);
    expect(event?.record).toMatchObject({
      eventName: 'GenerateDataKey',
      requestID: use?.KmsRequestId,
      resources: [{ ARN: arn }],
      userIdentity: { userName: 'practice-operator' },
    });
  });
});
