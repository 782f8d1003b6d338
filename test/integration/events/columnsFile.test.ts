import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importLogs } from '../../../electron/events/importLogs';
import { columnsFile } from '../../../electron/events/store/columnsFile';
import { openEventStore, type EventStore } from '../../../electron/events/store/eventStore';
import { createTableHandlers } from '../../../electron/events/tableHandlers';
import { openDatabase } from '../../../electron/store/index';
import { eventFacets } from '../../../shared/model/events/event';
import { eventQuerySchema } from '../../../shared/model/events/query';
import { temporaryFolder } from '../../unit/store/temporaryFolder';

const now = () => new Date('2026-11-24T12:00:00Z');
const startMs = Date.parse('2026-11-01T00:00:00Z');

/** Not in the order of their time; every tenth fails; contexts and callers repeat. */
function record(n: number): object {
  return {
    eventVersion: '1.11',
    userIdentity: { type: 'IAMUser', userName: `user-${n % 300}`, accountId: '111122223333' },
    eventTime: `${new Date(startMs + ((n * 7919) % 1_000_000) * 1000).toISOString().slice(0, 19)}Z`,
    eventSource: 'kms.amazonaws.com',
    eventName: n % 3 === 0 ? 'Decrypt' : 'GenerateDataKey',
    awsRegion: n % 2 === 0 ? 'eu-central-1' : 'eu-west-1',
    ...(n % 10 === 0 && { errorCode: 'DisabledException', errorMessage: `key ${n % 7} – ü` }),
    requestParameters: { encryptionContext: n % 4 === 0 ? undefined : { bucket: `b-${n % 900}` } },
    // Some ids are no UUIDs.
    eventID: n % 1000 === 0 ? `odd-${n}` : `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    recipientAccountId: '111122223333',
  };
}

async function take(store: EventStore, from: number, to: number): Promise<void> {
  const Records = Array.from({ length: to - from }, (_, i) => record(from + i));
  const bytes = Buffer.from(JSON.stringify({ Records }));
  const { signal } = new AbortController();
  const log = { name: `${from}.json`, bytes, size: bytes.length };
  await importLogs(store, [log], { source: 'files', signal });
}

const queries = [
  {},
  { filters: { name: ['Decrypt'], outcome: ['failed'] } },
  { filters: { context: [''] } },
  { search: 'user-7 bucket' },
  { search: 'ü', until: '2026-11-08T00:00:00Z' },
].map((query) => eventQuerySchema.parse(query));

/** All that the window and a command ask, of some queries. */
function answers(store: EventStore): unknown {
  const handlers = createTableHandlers(store, now);
  const context = { signal: new AbortController().signal, progress: () => {} };
  const of = queries.map((query) => [
    handlers.page({ query, offset: 0, limit: 300 }, context),
    handlers.page({ query, offset: 500, limit: 50 }, context),
    handlers.facets({ query, facets: [...eventFacets] }, context),
    handlers.histogram({ query, buckets: 50 }, context),
  ]);
  const raws = [0, 1, 1000, store.table().length - 1].map((index) => store.raw(index));
  return { of, raws, coverage: handlers.coverage(undefined, context) };
}

function answersAt(path: string): unknown {
  const store = openEventStore(path, now);
  try {
    return answers(store);
  } finally {
    store.close();
  }
}

const events = 6000;
let original: string;
let expected: unknown;

beforeAll(async () => {
  original = join(mkdtempSync(join(tmpdir(), 'claviger-test-')), 'events.db');
  const store = openEventStore(original, now);
  await take(store, 0, 4000);
  await take(store, 4000, events);
  expected = answers(store);
  await store.keep();
  store.close();
});
afterAll(() => rmSync(dirname(original), { recursive: true, force: true }));

/** The database and its file, to be spoilt. */
function copies(): { path: string; file: string } {
  const folder = temporaryFolder();
  cpSync(dirname(original), folder, { recursive: true });
  return { path: join(folder, 'events.db'), file: join(folder, 'events.columns') };
}

/** Makes the parts unreadable: what is answered then comes from the file. */
function breakParts(path: string): void {
  const db = openDatabase(path);
  db.exec("UPDATE part_column SET bytes = x'' WHERE name = 'at'");
  db.close();
}

function keyOf(path: string): string {
  const db = openDatabase(path);
  const row = db.prepare("SELECT value FROM state WHERE name = 'columns'").get();
  db.close();
  return String(row?.['value']);
}

describe('the events as they stood in memory', () => {
  it('are read from the file, and answer as the parts do', () => {
    const { path } = copies();
    breakParts(path);
    expect(answersAt(path)).toEqual(expected);
  });

  it('are those of the file and of every part that came after it', async () => {
    const { path } = copies();
    const store = openEventStore(path, now);
    await take(store, events, events + 50);
    await take(store, events + 50, events + 100);
    const together = answers(store);
    await store.keep(); // too few to be worth it
    store.close();
    expect(keyOf(path)).toBe(keyOf(original));
    expect(answersAt(path)).toEqual(together);

    rmSync(path.replace('.db', '.columns'));
    expect(answersAt(path)).toEqual(together);
  });

  it.each<[string, (file: string) => void]>([
    ['is missing', (file) => rmSync(file)],
    ['is empty', (file) => truncateSync(file)],
    ['is cut off in its head', (file) => truncateSync(file, 100)],
    ['is cut off in the middle', (file) => truncateSync(file, 100_000)],
    ['lacks its last byte', (file) => truncateSync(file, readFileSync(file).length - 1)],
    ['is something else', (file) => writeFileSync(file, 'hello')],
    ['has one bit that is another', (file) => spoil(file, 200_000)],
    ['has other values', (file) => spoil(file, readFileSync(file).length - 2000)],
    ['has another sum', (file) => spoil(file, readFileSync(file).length - 3)],
    [
      'is of another version',
      (file) => {
        const bytes = readFileSync(file);
        bytes.write('2', bytes.indexOf('claviger events 1') + 16);
        writeFileSync(file, bytes);
      },
    ],
  ])('come from the database where the file %s, and the file is made anew', async (_, change) => {
    const { path, file } = copies();
    change(file);
    const store = openEventStore(path, now);
    expect(answers(store)).toEqual(expected);
    await store.keep();
    store.close();
    breakParts(path);
    expect(answersAt(path)).toEqual(expected);
  });

  it('do not come from bytes after the end of what was written', () => {
    const { path, file } = copies();
    appendFileSync(file, 'more');
    breakParts(path);
    expect(answersAt(path)).toEqual(expected);
  });

  it('come from the database where a crash left a newer file than the database knows', async () => {
    const { path } = copies();
    const store = openEventStore(path, now);
    await take(store, events, events + 1000);
    const more = answers(store);
    // As if the power went between the file and its key.
    await columnsFile(path).write('3  another', store.table().image());
    store.close();
    expect(answersAt(path)).toEqual(more);
  });

  it('leave nothing of a writing that was ended in the middle', async () => {
    const { path, file } = copies();
    const part = join(dirname(file), '.events.columns.0a1b2c3d4e5f.part');
    writeFileSync(part, 'half');
    const store = openEventStore(path, now);
    await take(store, events, events + 1000);
    await store.keep();
    store.close();
    expect(existsSync(part)).toBe(false);
  });

  it('come from the database where that is another one, or one of before, and the file goes', async () => {
    const { path, file } = copies();
    for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
    const store = openEventStore(path, now);
    await take(store, 50, 60);
    expect(store.table().length).toBe(10);
    store.close();
    expect(existsSync(file)).toBe(false);
  });

  it('never have what was forgotten, here or in another process', async () => {
    const { path, file } = copies();
    const store = openEventStore(path, now);
    const other = openEventStore(path, now);
    expect(other.table().length).toBe(events);
    const { events: gone } = await store.retain(new Date('2026-11-02T00:00:00Z'));
    expect(gone).toBeGreaterThan(300);
    expect(existsSync(file)).toBe(false);
    // The other one writes what it has: it looks first.
    await other.keep();
    const left = answers(store);
    expect(answers(other)).toEqual(left);
    store.close();
    other.close();
    expect(answersAt(path)).toEqual(left);
  });
});

function spoil(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}
