import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unreadName } from '../../../electron/events/coverage';
import { openEventStore } from '../../../electron/events/store/eventStore';
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

  it('takes no silence for good news: what matches no event, and what a source left out', async () => {
    const dataDir = temporaryFolder();
    const log = join(temporaryFolder(), 'log.json');
    const record = {
      eventID: 'one',
      eventTime: '2026-11-24T10:00:00Z',
      eventSource: 'kms.amazonaws.com',
      eventName: 'Decrypt',
      awsRegion: region,
      recipientAccountId: '111122223333',
      userIdentity: { type: 'IAMUser', userName: 'ann' },
    };
    writeFileSync(log, JSON.stringify([record]));
    await runCli(dataDir, ['events', 'import', log]);
    const whole = await runCli(dataDir, ['events', 'triage']);
    expect(whole).toMatchObject({ code: 0, stderr: '' });
    expect(whole.stdout).toContain('1 events, the newest of 2026-11-24T10:00:00Z');
    const none = await runCli(dataDir, ['events', 'triage', '--where', 'caller=bob']);
    expect(none.code).toBe(3);
    expect(none.stderr).toContain('None of the 1 stored events matches');

    const store = openEventStore(join(dataDir, 'events.db'), () => new Date());
    store.writeState(unreadName('111122223333', 'eu-west-1'), 'Its log files were refused.');
    store.close();
    for (const verb of ['triage', 'watch']) {
      const told = await runCli(dataDir, ['events', verb, '--json']);
      expect(told.code).toBe(3);
      expect(told.stderr).toContain('Not covered: 111122223333 eu-west-1: Its log files');
      expect(JSON.parse(told.stdout)).toMatchObject({
        notCovered: [{ region: 'eu-west-1', why: 'Its log files were refused.' }],
      });
    }
  });

  it.each([
    [['events', 'import'], 2, 'Name a log file or a folder.'],
    [['events', 'import', '/no/such'], 1, '/no/such: It is not there.'],
    [['events', 'query', '--where', 'colour=red'], 2, '--where takes FACET=VALUE'],
    [['events', 'query', '--limit', 'few'], 2, '--limit takes a whole number'],
    [['events', 'query', '--search', 'colour:red'], 1, 'There is no field colour'],
    [['events', 'triage', '--since', 'now'], 2, 'now is no time'],
    [['events', 'triage', '--since', '2026-02-31'], 2, '2026-02-31 is no time'],
    [['events', 'pq', '--since', '2026-02-02', '--until', '2026-02-01'], 2, 'is after --until'],
    [['events', 'query', '--where', 'outcome=Failed'], 2, 'takes ok, denied, throttled, failed'],
    [['events', 'import', ''], 2, 'An empty path names nothing.'],
    [['events', 'import', '.', '--since', '2026-01-01'], 2, '--since goes with --s3 and --athena'],
    [['events', 'import', '.', '--practice'], 2, '--practice goes with --lookup'],
    [['events', 'import', '--lookup', '--key', 'x'], 2, '--key goes with --athena only'],
    [['events', 'import', '--s3', 'bucket'], 2, 'bucket is no bucket'],
    [['events', 'triage'], 3, 'No event is stored, so nothing can be said.'],
    [['events', 'watch'], 3, 'No event is stored, so nothing can be said.'],
    [['events', 'pq'], 3, 'No event is stored, so nothing can be said.'],
  ])('%j ends with a sentence', async (args, code, sentence) => {
    const ended = await runCli(temporaryFolder(), args);
    expect(ended.stderr).toContain(sentence);
    expect(ended.code).toBe(code);
  });
});
