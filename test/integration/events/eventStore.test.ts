import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { importLogs } from '../../../electron/events/importLogs';
import { logsOf } from '../../../electron/events/logFolder';
import { openEventStore, type EventStore } from '../../../electron/events/store/eventStore';
import { pageOf } from '../../../electron/events/table/answers';
import { matchEvents } from '../../../electron/events/table/filter';
import { openDatabase } from '../../../electron/store/index';
import type { ImportReport } from '../../../shared/model/events/coverage';
import { eventQuerySchema } from '../../../shared/model/events/query';
import { temporaryFolder } from '../../unit/store/temporaryFolder';

const now = () => new Date('2026-11-24T12:00:00Z');

/** A log record as CloudTrail writes it, in short. */
function record(n: number, members: object = {}): object {
  return {
    eventVersion: '1.11',
    userIdentity: { type: 'IAMUser', userName: 'ann', accountId: '111122223333' },
    eventTime: new Date(1.764e12 + n * 1000).toISOString().slice(0, 19) + 'Z',
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    awsRegion: 'eu-central-1',
    eventID: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    recipientAccountId: '111122223333',
    ...members,
  };
}

const log = (...numbers: number[]) => JSON.stringify({ Records: numbers.map((n) => record(n)) });

async function take(store: EventStore, ...paths: string[]): Promise<ImportReport> {
  const { signal } = new AbortController();
  return importLogs(store, logsOf(paths, signal), { source: 'files', signal });
}

function idsOf(store: EventStore): string[] {
  const table = store.table();
  const match = matchEvents(table, eventQuerySchema.parse({}));
  return pageOf(table, match, 0, 500).map(({ eventId }) => eventId.slice(-3));
}

describe('log files', () => {
  it('of a folder are taken in, each event once, and are there again after a restart', async () => {
    const folder = temporaryFolder();
    const logs = join(folder, 'AWSLogs', '1');
    mkdirSync(join(logs, 'CloudTrail-Digest'), { recursive: true });
    writeFileSync(join(logs, 'a.json.gz'), gzipSync(log(1, 2, 3)));
    writeFileSync(join(logs, 'b.json'), log(3, 4));
    writeFileSync(join(logs, 'notes.txt'), 'not a log');
    writeFileSync(join(logs, 'CloudTrail-Digest', 'd.json.gz'), gzipSync('{"logFiles":[]}'));
    symlinkSync(logs, join(logs, 'round'));
    const path = join(folder, 'events.db');
    const store = openEventStore(path, now);
    const report = await take(store, folder);
    expect(report).toMatchObject({ files: 2, events: 5, added: 4, duplicates: 1, problems: [] });
    expect(await take(store, folder)).toMatchObject({ added: 0, duplicates: 5 });
    expect(idsOf(store)).toEqual(['004', '003', '002', '001']);
    store.close();

    const again = openEventStore(path, now);
    expect(idsOf(again)).toEqual(['004', '003', '002', '001']);
    const place = again.table().ids.find('00000000-0000-4000-8000-000000000002');
    expect(JSON.parse(again.raw(place))).toEqual(record(2));
    again.close();
  });

  it('are seen by another process that has the events open, and by nobody when writing fails', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'events.db');
    const one = openEventStore(path, now);
    const other = openEventStore(path, now);
    writeFileSync(join(folder, 'a.json'), log(1, 2));
    await take(one, join(folder, 'a.json'));
    expect(idsOf(other)).toEqual(['002', '001']);
    // The other goes on from there: numbers of words agree.
    writeFileSync(join(folder, 'b.json'), JSON.stringify([record(5, { eventName: 'Encrypt' })]));
    await take(other, join(folder, 'b.json'));
    expect(idsOf(one)).toEqual(['005', '002', '001']);
    expect(one.table().row(2).name).toBe('Encrypt');

    const blocker = openDatabase(path);
    blocker.exec("CREATE TRIGGER full BEFORE INSERT ON part BEGIN SELECT RAISE(ABORT, 'no'); END");
    writeFileSync(join(folder, 'c.json'), log(9));
    await expect(take(one, join(folder, 'c.json'))).rejects.toThrow();
    expect(idsOf(one)).toEqual(['005', '002', '001']);
    blocker.exec('DROP TRIGGER full');
    blocker.close();
    await take(one, join(folder, 'c.json'));
    expect(idsOf(other)).toEqual(['009', '005', '002', '001']);
    one.close();
    other.close();
  });

  it('that are broken give what is whole of them, and are named', async () => {
    const folder = temporaryFolder();
    const whole = gzipSync(
      JSON.stringify({ Records: Array.from({ length: 300 }, (_, n) => record(n)) }),
    );
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 40, 60);
    const cases: [string, Buffer | string, events: number, problem: RegExp | undefined][] = [
      ['whole.json.gz', whole, 300, undefined],
      ['cut.json.gz', whole.subarray(0, whole.length - 400), 1, /cut off or damaged after \d+ rec/],
      ['damaged.json.gz', damaged, 0, /no whole gzip file/],
      ['half.json', log(501, 502).slice(0, -20), 1, /cut off or damaged after one record/],
      [
        'lines.json',
        [record(601), record(602)].map((r) => JSON.stringify(r)).join('\n'),
        2,
        undefined,
      ],
      ['foreign.json', '{"Statement":[]}', 0, /JSON, but no CloudTrail records/],
      ['empty.json', '', 0, /It is empty/],
      ['text.json', 'hello', 0, /It is no JSON/],
      ['one.json', JSON.stringify(record(701)), 1, undefined],
      [
        'lookup.json',
        JSON.stringify({ Events: [{ CloudTrailEvent: JSON.stringify(record(801)) }, {}] }),
        1,
        /1 of 2 events hold no record/,
      ],
      [
        'missing.json',
        JSON.stringify({ Records: [record(901), { eventName: 'x' }, 7] }),
        1,
        /no usable eventID|no JSON object/,
      ],
    ];
    const store = openEventStore(join(folder, 'events.db'), now);
    for (const [name, bytes, events, problem] of cases) {
      const file = join(folder, name);
      writeFileSync(file, bytes);
      const report = await take(store, file);
      // How much of a cut file is whole depends on how it was packed.
      if (name === 'cut.json.gz') expect(report.events).toBeGreaterThan(events);
      else expect(report.events, name).toBe(events);
      if (problem) expect(report.problems[0]?.message, name).toMatch(problem);
      else expect(report.problems, name).toEqual([]);
    }
    store.close();
    expect(statSync(join(folder, 'events.db')).size).toBeGreaterThan(0);
  });

  it('stop coming when they are cancelled, and what was read stays', async () => {
    const folder = temporaryFolder();
    const abort = new AbortController();
    const store = openEventStore(join(folder, 'events.db'), now);
    async function* endless() {
      for (let n = 0; ; n += 1) {
        if (n === 10) abort.abort();
        yield await Promise.resolve({
          name: `f${n}`,
          size: 600_000,
          bytes: Buffer.from(log(n)),
        });
      }
    }
    await expect(
      importLogs(store, endless(), { source: 'files', signal: abort.signal }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(idsOf(store).length).toBeGreaterThan(3);
    store.close();
  });

  it('of no such path are told of in a sentence, and so is a folder without any', async () => {
    const store = openEventStore(join(temporaryFolder(), 'events.db'), now);
    const empty = temporaryFolder();
    const report = await take(store, '/no/such/file', empty);
    expect(report).toMatchObject({ files: 0, events: 0 });
    expect(report.problems).toEqual([
      { what: '/no/such/file', message: 'It is not there.' },
      { what: empty, message: expect.stringContaining('no log file') as string },
    ]);
    store.close();
  });

  it('beside what cannot be read are kept, and that is named: a closed folder, a pipe, a path that is gone', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'open'));
    writeFileSync(join(folder, 'open', 'log.json'), log(1, 2));
    const pipe = join(folder, 'pipe.json');
    execFileSync('mkfifo', [pipe]);
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o000 });
    const store = openEventStore(join(temporaryFolder(), 'events.db'), now);
    const report = await take(store, '/gone', pipe, folder);
    chmodSync(closed, 0o700);
    expect(report).toMatchObject({ files: 1, added: 2 });
    const named = report.problems.map(({ what }) => what);
    // Root reads whatever it likes.
    expect(named).toEqual(['/gone', pipe, ...(process.getuid?.() === 0 ? [] : [closed])]);
    expect(report.problems[1]?.message).toContain('neither a file nor a folder');
    store.close();
  });

  it('are for nobody else to read, whatever the folder allows', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    const path = join(folder, 'events.db');
    const store = openEventStore(path, now);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600);
    store.close();
  });
});
