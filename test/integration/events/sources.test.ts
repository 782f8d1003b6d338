import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventQuery } from '../../../shared/model/events/query';
import { eventQuerySchema } from '../../../shared/model/events/query';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { runCli } from '../cli/runCli';
import { openOn } from './practiceForTest';
import { bucket, region, trailAccount, type TrailAccount } from './trailCopy';

let account: TrailAccount;
beforeAll(async () => {
  account = await trailAccount(2);
}, 120_000);
afterAll(() => account.close());

const all: EventQuery = eventQuerySchema.parse({});

const open = () => openOn(account.practice, region);

describe('a trail’s bucket', () => {
  it('is imported, and the next time only what is missing', async () => {
    const { client } = await open();
    const place = { connection: 'environment', region, uri: `s3://${bucket}` };
    const first = await client.events.importBucket(place);
    expect(first.problems).toEqual([]);
    expect(first.added).toBeGreaterThan(2);
    const { rows, total } = await client.events.page({ query: all, offset: 0, limit: 100 });
    expect(total).toBe(first.added);
    expect(rows.map(({ name }) => name)).toContain('CreateKey');
    const { coverage } = await client.events.coverage();
    expect(coverage).toMatchObject([{ region, sources: ['bucket'], events: total, gaps: [] }]);

    const found = rows.find(({ name }) => name === 'CreateKey');
    const { raw } = await client.events.event({ eventId: found?.eventId ?? '' });
    expect(JSON.parse(raw)).toMatchObject({ eventName: 'CreateKey', eventID: found?.eventId });
    expect(await client.events.importBucket(place)).toMatchObject({ files: 0, added: 0 });
  });

  it('of a name that is none, or not there, is told in a sentence', async () => {
    const { client } = await open();
    const place = { connection: 'environment', region, uri: 'bucket' };
    await expect(client.events.importBucket(place)).rejects.toMatchObject({ code: 'bad-request' });
    await expect(
      client.events.importBucket({ ...place, uri: 's3://no-such-bucket' }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is proven with the keys that CloudTrail gives', async () => {
    const { client } = await open();
    const place = { connection: 'environment', region, uri: `s3://${bucket}` };
    const report = await client.events.validateBucket(place);
    expect(report.verdict.value).toBe('pass');
  });
});

describe('the event history', () => {
  it('is asked for the watched changes first, and is cancelled at once', async () => {
    const { client } = await open();
    const abort = new AbortController();
    const asked: string[] = [];
    // At 10 % of two requests a second a whole sweep would take minutes.
    await expect(
      client.events.lookup(undefined, {
        signal: abort.signal,
        onProgress({ what, done, expected }) {
          asked.push(what);
          expect(expected).toBeGreaterThanOrEqual(25);
          if (done > 0) abort.abort();
        },
      }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    // The plan first, then what was asked.
    expect(asked).toEqual([region, `${region} ScheduleKeyDeletion`]);
  });
});

describe('claviger events', () => {
  it('imports, queries and groups', async () => {
    const dataDir = temporaryFolder();
    const folder = temporaryFolder();
    await account.copyTo(folder);
    const imported = await runCli(dataDir, ['events', 'import', folder, '--json']);
    // The public keys beside the logs are no log.
    expect(imported.code).toBe(3);
    expect(imported.stderr).toContain('keys.json: It holds JSON, but no CloudTrail records.');
    const { added } = JSON.parse(imported.stdout) as { added: number };
    const query = await runCli(dataDir, ['events', 'query', '--where', 'name=CreateKey', '--json']);
    expect(query.code).toBe(0);
    const found = JSON.parse(query.stdout) as { total: number; events: { name: string }[] };
    expect(found.total).toBe(2);
    expect(found.events.map(({ name }) => name)).toEqual(['CreateKey', 'CreateKey']);
    const text = await runCli(dataDir, ['events', 'query', '--limit', '1']);
    expect(text.stdout).toContain(`1 of ${added} events`);
    const triage = await runCli(dataDir, ['events', 'triage', '--json']);
    expect(triage.code).toBe(0);
    expect(JSON.parse(triage.stdout)).toMatchObject({ events: added, groups: [] });
    expect((await runCli(dataDir, ['events', 'watch'])).code).toBe(0);

    const log = join(folder, 'change.json');
    const change = (eventName: string, eventSource: string, requestParameters: object) => ({
      eventID: eventName,
      eventName,
      eventSource,
      eventTime: '2026-11-24T10:00:00Z',
      userIdentity: { type: 'IAMUser', userName: 'mallory' },
      requestParameters,
    });
    const excluded = { excludeManagementEventSources: ['kms.amazonaws.com'] };
    writeFileSync(
      log,
      JSON.stringify([
        change('DisableKey', 'kms.amazonaws.com', {}),
        change('PutEventSelectors', 'cloudtrail.amazonaws.com', { eventSelectors: [excluded] }),
      ]),
    );
    await runCli(dataDir, ['events', 'import', log]);
    const watch = await runCli(dataDir, ['events', 'watch', '--json']);
    expect(watch.code).toBe(1);
    const { alerts } = JSON.parse(watch.stdout) as { alerts: { rule: string }[] };
    expect(alerts.map(({ rule }) => rule).sort()).toEqual(['key-disabled', 'kms-left-out']);
  });

  it.each([
    [['events', 'import'], 2, 'Name a log file or a folder.'],
    [['events', 'import', '/no/such'], 1, 'There is no /no/such.'],
    [['events', 'query', '--where', 'colour=red'], 2, '--where takes FACET=VALUE'],
    [['events', 'query', '--limit', 'few'], 2, '--limit takes a whole number'],
    [['events', 'query', '--search', 'colour:red'], 1, 'There is no field colour'],
    [['events', 'triage', '--since', 'now'], 2, 'now is no time'],
  ])('%j ends with a sentence', async (args, code, sentence) => {
    const ended = await runCli(temporaryFolder(), args);
    expect(ended.stderr).toContain(sentence);
    expect(ended.code).toBe(code);
  });
});
