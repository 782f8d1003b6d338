import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../../electron/events/coverage';
import { importLogs } from '../../../electron/events/importLogs';
import { openEventStore, type EventStore } from '../../../electron/events/store/eventStore';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { runCli } from '../cli/runCli';
import { openForTest } from '../services/openForTest';

const now = () => new Date('2026-11-24T12:00:00Z');
const dayMs = 86_400_000;
const account = '111122223333';

function record(daysAgo: number, n: number): object {
  return {
    eventVersion: '1.11',
    userIdentity: { type: 'IAMUser', userName: `user-${n}`, accountId: account },
    eventTime: `${new Date(now().getTime() - daysAgo * dayMs).toISOString().slice(0, 19)}Z`,
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    awsRegion: 'eu-central-1',
    eventID: idOf(n),
    recipientAccountId: account,
  };
}
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const log = (...records: object[]) => gzipSync(JSON.stringify({ Records: records }));

function take(store: EventStore, files: Record<string, Buffer>) {
  const { signal } = new AbortController();
  const logs = Object.entries(files).map(([name, bytes]) => ({
    name,
    size: bytes.length,
    bytes,
  }));
  return importLogs(store, logs, { source: 'files', signal });
}

const files = {
  'old.json.gz': log(record(100, 1), record(99, 2)),
  'both.json.gz': log(record(95, 3), record(10, 4), record(96, 5), record(9, 6)),
  'new.json.gz': log(record(2, 7)),
};
const before = new Date(now().getTime() - 90 * dayMs);

async function filled(path = join(temporaryFolder(), 'events.db')) {
  const store = openEventStore(path, now);
  await take(store, files);
  return { path, store };
}

function idsOf(store: EventStore): number[] {
  const table = store.table();
  return [...table.newestFirst()].map((index) => Number(table.row(index).eventId.slice(-3)));
}

describe('events that are older than they are kept', () => {
  it('go, with their records in the raw files; the others keep theirs', async () => {
    const { store, path } = await filled();
    expect(await store.retain(before)).toMatchObject({ events: 4, files: 1 });
    expect(idsOf(store)).toEqual([7, 6, 4]);
    store.close();

    const again = openEventStore(path, now);
    expect(idsOf(again)).toEqual([7, 6, 4]);
    for (const n of [4, 6, 7]) {
      const raw = JSON.parse(again.raw(again.table().ids.find(idOf(n)))) as object;
      expect(raw).toMatchObject({ eventID: idOf(n) });
    }
    again.close();
  });

  it('are seen to be gone by another process that has the events open', async () => {
    const { store, path } = await filled();
    const other = openEventStore(path, now);
    expect(idsOf(other)).toHaveLength(7);
    await store.retain(before);
    expect(idsOf(other)).toEqual([7, 6, 4]);
    await take(other, { 'more.json.gz': log(record(1, 8)) });
    expect(idsOf(store)).toEqual([8, 7, 6, 4]);
    store.close();
    other.close();
  });

  it('make the file smaller', async () => {
    const { store } = await filled();
    const many = Array.from({ length: 5000 }, (_, n) => record(200, 1000 + n));
    await take(store, { 'many.json.gz': log(...many) });
    const { bytes } = store.storage(undefined);
    const forgotten = await store.retain(before);
    expect(forgotten.events).toBe(5004);
    expect(forgotten.bytes).toBeGreaterThan(0);
    expect(store.storage(undefined)).toMatchObject({
      bytes: bytes - forgotten.bytes,
      events: 3,
      files: 2,
      oldest: '2026-11-14T12:00:00.000Z',
    });
    store.close();
  });

  it('leave a coverage that does not reach back further, and gaps that do not either', async () => {
    const { store } = await filled();
    const gaps = [
      { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z', why: 'older' },
      { from: '2026-08-01T00:00:00Z', to: '2026-09-01T00:00:00Z', why: 'across' },
    ];
    store.writeState(`gaps ${account} eu-central-1`, JSON.stringify(gaps));
    await store.retain(before);
    const { coverage, forgotten } = coverageOf(store, now());
    expect(forgotten).toEqual({ before: before.toISOString(), at: now().toISOString() });
    expect(coverage).toMatchObject([
      {
        oldest: '2026-11-14T12:00:00.000Z',
        gaps: [{ from: before.toISOString(), to: '2026-09-01T00:00:00Z' }],
      },
    ]);
    store.close();
  });

  it('are not read again from a bucket, until they are to be kept longer', async () => {
    const { store } = await filled();
    store.writeState('lookup 1 eu-central-1', '{}');
    await store.retain(before);
    expect(store.hasName('old.json.gz')).toBe(true);
    expect(store.readState('lookup 1 eu-central-1')).toBe('{}');
    await store.retain(undefined);
    expect(store.hasName('old.json.gz')).toBe(false);
    expect(store.hasName('both.json.gz')).toBe(false);
    expect(store.readState('lookup 1 eu-central-1')).toBeUndefined();
    expect(await take(store, files)).toMatchObject({ added: 4, duplicates: 3 });
    expect(idsOf(store)).toHaveLength(7);
    await store.retain(before);
    expect(idsOf(store)).toEqual([7, 6, 4]);
    store.close();
  });

  it('are deleted by the window’s call, which stands in the journal with their number', async () => {
    const dataDir = temporaryFolder();
    const { client, close } = await openForTest({ dataDir, now });
    const bytes = new Uint8Array(files['both.json.gz']);
    await client.events.importDropped({ name: 'both.json.gz', bytes });
    expect(await client.events.storage({ days: 90 })).toMatchObject({ events: 4, older: 2 });
    await client.settings.set({ eventRetentionDays: 90 });
    expect(await client.events.retain()).toMatchObject({ events: 2 });
    const { entries } = await client.journal.list({ limit: 20 });
    expect(entries.find(({ what }) => what === 'events.retain')).toMatchObject({
      outcome: 'ok',
      facts: { 'result.events': 2 },
    });
    const old = new Uint8Array(files['old.json.gz']);
    const report = await client.events.importDropped({ name: 'old.json.gz', bytes: old });
    expect(report).toMatchObject({ problems: [], notKept: { events: 2, days: 90 } });
    expect((await client.events.storage({ days: null })).events).toBe(2);
    const after = await client.journal.list({ limit: 20 });
    expect(
      after.entries.filter(({ what }) => what === 'events.retain').map(({ facts }) => facts),
    ).toMatchObject([{ events: 2, days: 90 }, { 'result.events': 2 }]);
    await close();
  });
});

it('the command line keeps events as long as the settings say, and tells what it did not keep', async () => {
  const dataDir = temporaryFolder();
  const { client, close } = await openForTest({ dataDir });
  await client.settings.set({ eventRetentionDays: 90 });
  await close();
  const folder = temporaryFolder();
  const at = (daysAgo: number, n: number) => ({
    ...record(0, n),
    eventTime: `${new Date(Date.now() - daysAgo * dayMs).toISOString().slice(0, 19)}Z`,
  });
  writeFileSync(join(folder, 'log.json.gz'), log(at(100, 1), at(95, 2), at(3, 3)));
  const first = await runCli(dataDir, ['events', 'import', folder, '--json']);
  expect(first.code).toBe(0);
  expect(JSON.parse(first.stdout)).toMatchObject({
    added: 3,
    problems: [],
    notKept: { events: 2, days: 90 },
  });
  expect(first.stderr).toContain('2 events are older than 90 days and were not kept');

  const queried = await runCli(dataDir, ['events', 'query', '--json']);
  expect((JSON.parse(queried.stdout) as { total: number }).total).toBe(1);
  const again = await openForTest({ dataDir });
  const { entries } = await again.client.journal.list({ limit: 10 });
  expect(entries.find(({ what }) => what === 'events.retain')?.facts).toMatchObject({
    'result.events': 2,
  });
}, 60_000);
