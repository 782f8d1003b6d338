import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { importLogs } from '../../../electron/events/importLogs';
import type { LogToImport } from '../../../electron/events/parse/parseLogs';
import { startParsers } from '../../../electron/events/parse/parsers';
import { openEventStore } from '../../../electron/events/store/eventStore';
import { openDatabase } from '../../../electron/store/index';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { runCli, startCli } from '../cli/runCli';

const now = () => new Date('2026-11-24T12:00:00Z');
const parser = new URL('../../../dist/main/events-parser.js', import.meta.url);
const threads = startParsers(parser);
afterAll(() => threads.close());
/** The same threads for all imports. */
const parsers = { ...threads, close: async () => {} };

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A record that says in which file it is, so that one can see which copy of an event was taken. */
function record(n: number, file: number): object {
  return {
    userIdentity: { type: 'IAMUser', userName: `user-${n % 7}`, accountId: '111122223333' },
    eventTime: new Date(1.764e12 + n * 1000).toISOString().slice(0, 19) + 'Z',
    eventSource: 'kms.amazonaws.com',
    eventName: ['Decrypt', 'Encrypt', 'GenerateDataKey'][n % 3],
    awsRegion: 'eu-central-1',
    requestParameters: { encryptionContext: { file: `${file}` } },
    // Some ids are no UUIDs.
    eventID: n % 5 === 0 ? `odd-${n}` : idOf(n),
    recipientAccountId: '111122223333',
  };
}

describe('log files read in several threads', () => {
  it('make the same table as one after the other, in any order and with any duplicates', async () => {
    const files = fc.array(fc.array(fc.nat(40), { maxLength: 12 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(files, fc.boolean(), async (numbers, together) => {
        const logs = numbers.map((each, file) => {
          const text = JSON.stringify({ Records: each.map((n) => record(n, file)) });
          const bytes = file % 2 === 0 ? gzipSync(text) : Buffer.from(text);
          // As if they were large: then each is a list of its own, and they are read beside each other.
          return { name: `log-${file}`, bytes, size: together ? 600_000 : 3_000_000 };
        });
        const expected = new Map<number, number>();
        for (const [file, each] of numbers.entries()) {
          for (const n of each) if (!expected.has(n)) expected.set(n, file);
        }

        const path = join(temporaryFolder(), 'events.db');
        const store = openEventStore(path, now);
        const { signal } = new AbortController();
        const report = await importLogs(store, logs, { source: 'files', signal, parsers });
        const all = numbers.flat().length;
        expect(report).toMatchObject({
          files: numbers.length,
          events: all,
          added: expected.size,
          duplicates: all - expected.size,
        });
        const table = store.table();
        expect(table.length).toBe(expected.size);
        for (const [index, [n, file]] of [...expected].entries()) {
          const wanted = record(n, file) as {
            eventID: string;
            eventName: string;
            eventTime: string;
          };
          expect(JSON.parse(store.raw(index))).toEqual(wanted);
          expect(table.row(index)).toMatchObject({
            eventId: wanted.eventID,
            at: wanted.eventTime,
            name: wanted.eventName,
            caller: `user-${n % 7}`,
            encryptionContext: { file: `${file}` },
          });
          expect(table.ids.find(wanted.eventID)).toBe(index);
        }
        // Read anew from the database it is the same.
        const again = openEventStore(path, now);
        expect(again.table().length).toBe(table.length);
        for (let i = 0; i < table.length; i += 1) {
          expect(again.table().row(i)).toEqual(table.row(i));
        }
        again.close();
        store.close();
      }),
      { numRuns: 40 },
    );
  });

  it('of which one breaks its thread are named, and the others are read', async () => {
    const store = openEventStore(join(temporaryFolder(), 'events.db'), now);
    const { signal } = new AbortController();
    const logs = [1, 2, 3].map((n) => ({
      name: `log-${n}`,
      size: 600_000,
      bytes: Buffer.from(JSON.stringify({ Records: [record(n, n)] })),
    }));
    const breaking = {
      ...parsers,
      parse: (list: readonly LogToImport[]) =>
        list.some(({ name }) => name === 'log-2')
          ? Promise.reject(new Error('out of memory'))
          : parsers.parse(list),
    };
    const report = await importLogs(store, logs, { source: 'files', signal, parsers: breaking });
    expect(report).toMatchObject({ files: 3, added: 2 });
    expect(report.problems).toEqual([
      { what: 'log-2', message: expect.stringMatching(/could not be read/) as string },
    ]);
    store.close();
  });
});

describe('an import that is cancelled', () => {
  it('ends with its threads, and keeps what was written', async () => {
    const store = openEventStore(join(temporaryFolder(), 'events.db'), now);
    const abort = new AbortController();
    async function* endless() {
      for (let n = 0; ; n += 1) {
        if (n === 20) abort.abort();
        const bytes = Buffer.from(JSON.stringify({ Records: [record(n, n)] }));
        yield await Promise.resolve({ name: `log-${n}`, bytes, size: 3_000_000 });
      }
    }
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on('warning', onWarning);
    const { signal } = abort;
    const own = startParsers(parser);
    await expect(
      importLogs(store, endless(), { source: 'files', signal, parsers: own }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(store.table().length).toBeGreaterThan(0);
    store.close();
    await new Promise(setImmediate);
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });
});

describe('an import that is killed', () => {
  it('leaves whole files only, and the next one goes on from there', async () => {
    const folder = temporaryFolder();
    const logs = join(folder, 'logs');
    mkdirSync(logs);
    const perFile = 1000;
    const files = 90;
    for (let file = 0; file < files; file += 1) {
      const Records = Array.from({ length: perFile }, (_, n) => record(file * perFile + n, file));
      const name = `${String(file).padStart(3, '0')}.json.gz`;
      writeFileSync(join(logs, name), gzipSync(JSON.stringify({ Records }), { level: 1 }));
    }
    // Nobody writes into this one, so that the import is still under way when it is killed.
    const endless = join(folder, 'endless.json');
    expect(spawnSync('mkfifo', [endless]).status).toBe(0);
    const dataDir = join(folder, 'data');
    const child = startCli(dataDir, ['events', 'import', logs, endless]);
    const exited = once(child, 'exit');
    const path = join(dataDir, 'events.db');
    await expect.poll(() => partsIn(path), { timeout: 60_000 }).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await exited;

    const store = openEventStore(path, now);
    const counts = new Map<number, number>();
    const table = store.table();
    for (let i = 0; i < table.length; i += 1) {
      const file = table.columns.file.at(i);
      counts.set(file, (counts.get(file) ?? 0) + 1);
    }
    expect(new Set(counts.keys())).toEqual(new Set(store.sources().keys()));
    expect(new Set(counts.values())).toEqual(new Set([perFile]));
    expect(counts.size).toBeLessThan(files);
    store.close();

    const ended = await runCli(dataDir, ['events', 'import', logs, '--json']);
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      files,
      added: (files - counts.size) * perFile,
      duplicates: counts.size * perFile,
      problems: [],
    });
  }, 120_000);
});

function partsIn(path: string): number {
  if (!existsSync(path)) return 0;
  const db = openDatabase(path, { readOnly: true });
  try {
    return Number(db.prepare('SELECT COUNT(*) AS n FROM part').get()?.['n']);
  } catch {
    return 0; // not there yet, or just being made
  } finally {
    db.close();
  }
}
