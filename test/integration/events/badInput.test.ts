import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventQuerySchema } from '../../../shared/model/events/query';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { askControl } from '../practice/askControl';
import { openForTest } from '../services/openForTest';
import { openOn } from './practiceForTest';
import { bucket, region, trailAccount, type TrailAccount } from './trailCopy';

let account: TrailAccount;
beforeAll(async () => {
  account = await trailAccount(2);
}, 120_000);
afterAll(() => account.close());

const everything = { query: eventQuerySchema.parse({}), offset: 0, limit: 100 };

const decrypt = (members: object) => ({
  eventVersion: '1.08',
  eventTime: '2026-11-24T10:00:00Z',
  eventSource: 'kms.amazonaws.com',
  eventName: 'Decrypt',
  awsRegion: region,
  userIdentity: { type: 'IAMUser', userName: 'ann', accountId: '111122223333' },
  recipientAccountId: '111122223333',
  ...members,
});

/** The services with a file of these records taken in. */
async function taken(...records: object[]) {
  const file = join(temporaryFolder(), 'log.json');
  writeFileSync(file, JSON.stringify({ Records: records }));
  const opened = await openForTest({
    host: {
      saveFile: () => Promise.resolve(null),
      pickPaths: () => Promise.resolve([file]),
      printPage: () => Promise.resolve(new Uint8Array()),
      copyText: () => {},
      openExternal: () => {},
    },
  });
  const report = await opened.client.events.importFiles({ what: 'files' });
  return { ...opened, report };
}

describe('two accounts’ copies of one event', () => {
  it('are kept both, and lead to each other', async () => {
    const sharedEventID = 'shared-1';
    const { client, report } = await taken(
      decrypt({ eventID: 'a', sharedEventID }),
      decrypt({ eventID: 'b', sharedEventID, recipientAccountId: '444455556666' }),
      decrypt({ eventID: 'c', sharedEventID: 'shared-2', recipientAccountId: '444455556666' }),
    );
    expect(report).toMatchObject({ added: 3, duplicates: 0, problems: [] });
    const one = await client.events.event({ eventId: 'a' });
    expect(one.copies).toEqual([{ eventId: 'b', account: '444455556666' }]);
    const other = await client.events.event({ eventId: 'b' });
    expect(other.copies).toEqual([{ eventId: 'a', account: '111122223333' }]);
  });
});

describe('clocks that changed', () => {
  it('do not mix up the order: times of another zone are UTC, no time at all is named', async () => {
    const { client, report } = await taken(
      decrypt({ eventID: 'winter', eventTime: '2026-10-25T02:30:00+01:00' }),
      decrypt({ eventID: 'summer', eventTime: '2026-10-25T02:30:00+02:00' }),
      decrypt({ eventID: 'leap', eventTime: '2016-12-31T23:59:60Z' }),
      decrypt({ eventID: 'number', eventTime: '1' }),
      decrypt({ eventID: 'zoneless', eventTime: '2026-10-25T00:15:00' }),
      decrypt({ eventID: 'between', eventTime: '2026-10-25T01:00:00Z' }),
    );
    const { rows } = await client.events.page(everything);
    expect(rows.map(({ eventId, at }) => [eventId, at])).toEqual([
      ['winter', '2026-10-25T01:30:00Z'],
      ['between', '2026-10-25T01:00:00Z'],
      ['summer', '2026-10-25T00:30:00Z'],
      ['zoneless', '2026-10-25T00:15:00Z'],
    ]);
    expect(report?.problems.map(({ message }) => message)).toEqual([
      '2 records: It has no usable eventTime: this is no CloudTrail event.',
    ]);
  });

  it('ahead of this machine’s are no lag below nothing', async () => {
    const eventTime = new Date(Date.now() + 3_600_000).toISOString();
    const { client } = await taken(decrypt({ eventID: 'ahead', eventTime }));
    const { coverage } = await client.events.coverage();
    expect(coverage[0]?.lagSeconds).toBe(0);
  });
});

describe('a trail’s bucket that another account looks at', () => {
  it('is imported and proven with what that account may read', async () => {
    const { users } = await askControl<{
      users: { accountId: string; accessKeyId: string; secretAccessKey: string }[];
    }>(account.practice, 'identities');
    const partner = users.find(({ accountId }) => accountId === '444455556666');
    if (!partner) throw new Error('The practice account has no partner.');
    const { client } = await openOn({ ...partner, endpoint: account.practice.endpoint }, region);
    const place = { connection: 'environment', region, uri: `s3://${bucket}` };
    const imported = await client.events.importBucket(place);
    expect(imported.problems).toEqual([]);
    expect(imported.added).toBeGreaterThan(2);
    const { rows } = await client.events.page(everything);
    expect(new Set(rows.map((row) => row.account))).toEqual(new Set(['111122223333']));
    expect((await client.events.validateBucket(place)).verdict.value).toBe('pass');
  });

  it('and may not read is told with the permission, and nothing is taken for proven', async () => {
    const { client } = await openOn(account.practice, region);
    const place = { connection: 'environment', region, uri: `s3://${bucket}` };
    await askControl(account.practice, 'deny', { operations: ['s3:ListBucket'] });
    await expect(client.events.importBucket(place)).rejects.toMatchObject({ code: 'denied' });
    await expect(client.events.validateBucket(place)).rejects.toMatchObject({ code: 'denied' });
    await askControl(account.practice, 'deny', { operations: ['s3:GetObject'] });
    await expect(client.events.importBucket(place)).rejects.toMatchObject({ code: 'denied' });
    const report = await client.events.validateBucket(place);
    await askControl(account.practice, 'deny', { operations: [] });
    expect(report.verdict.value).toBe('cannot-tell');
    expect(report.unknowns[0]?.why).toContain('s3:GetObject');
  });

  it('and that refuses its public keys proves nothing', async () => {
    const { client } = await openOn(account.practice, region);
    await askControl(account.practice, 'deny', { operations: ['cloudtrail:ListPublicKeys'] });
    const place = { connection: 'environment', region, uri: `s3://${bucket}` };
    const report = await client.events.validateBucket(place);
    await askControl(account.practice, 'deny', { operations: [] });
    expect(report.verdict.value).toBe('cannot-tell');
    expect(report.unknowns.map(({ why }) => why).join()).toContain('cloudtrail:ListPublicKeys');
  });
});
