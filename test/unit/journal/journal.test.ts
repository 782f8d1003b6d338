import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openJournal } from '../../../electron/journal/index';
import { openDatabase, openStore } from '../../../electron/store/index';
import { temporaryFolder } from '../store/temporaryFolder';

const now = () => new Date('2026-11-23T12:00:00Z');

function begin(entries = 0) {
  const dataDir = temporaryFolder();
  const store = openStore({ dataDir, now });
  const journal = openJournal({ store, now, operator: 'alice' });
  for (let n = 1; n <= entries; n += 1) {
    journal.append({ kind: 'action', what: `test.step${n}`, facts: { n }, outcome: 'ok' });
  }
  /** Changes the stored rows as someone with the file would: without the triggers. */
  const tamper = (sql: string, ...values: (string | number)[]) => {
    const db = openDatabase(join(dataDir, 'claviger.db'));
    const triggers = db
      .prepare(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'journal'",
      )
      .all();
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
    db.prepare(sql).run(...values);
    for (const trigger of triggers) db.exec(String(trigger['sql']));
    db.close();
  };
  return { dataDir, store, journal, tamper };
}

describe('the journal', () => {
  it('gives each entry number, time, operator and the hash of the one before', () => {
    const { journal } = begin();
    const first = journal.append({
      kind: 'program',
      what: 'program.start',
      facts: {},
      outcome: 'ok',
    });
    const second = journal.append({
      kind: 'aws-write',
      what: 'kms:DisableKey',
      facts: { region: 'eu-central-1' },
      principal: 'arn:aws:iam::111122223333:user/alice',
      requestId: 'r-1',
      outcome: 'failed',
      error: 'denied',
    });
    expect(first).toMatchObject({ seq: 1, at: '2026-11-23T12:00:00.000Z', operator: 'alice' });
    expect(first.previousHash).toBe('0'.repeat(64));
    expect(second).toMatchObject({ seq: 2, previousHash: first.hash, error: 'denied' });
  });

  it('keeps an entry that can wait until the next is written, with its own time and place', () => {
    const { journal, store } = begin();
    const start = { kind: 'program', what: 'program.start', facts: {}, outcome: 'ok' } as const;
    const told: number[] = [];
    journal.onAppend(({ seq }) => told.push(seq));
    journal.appendLater(start);
    expect(store.db.prepare('SELECT seq FROM journal').all()).toEqual([]);
    const next = journal.append({ ...start, kind: 'action', what: 'keys.refresh' });
    expect(next).toMatchObject({ seq: 2, what: 'keys.refresh' });
    journal.appendLater({ ...start, what: 'program.other' });
    journal.flush();
    journal.flush();
    expect(told).toEqual([1, 2, 3]);
  });

  it('writes what it keeps before it is read', async () => {
    const { journal } = begin();
    journal.appendLater({ kind: 'program', what: 'program.start', facts: {}, outcome: 'ok' });
    const context = { signal: new AbortController().signal, progress: () => {} };
    const { entries } = await journal.handlers.list({ limit: 10 }, context);
    expect(entries.map(({ what }) => what)).toEqual(['program.start']);
    expect(await journal.verify()).toMatchObject({ ok: true, entries: 1 });
  });

  it('stores the text whose SHA-256 the documentation says it is', () => {
    const { store, journal } = begin();
    journal.append({
      kind: 'program',
      what: 'program.start',
      facts: { b: 1, a: 'é' },
      outcome: 'ok',
    });
    expect(store.db.prepare('SELECT seq, body, hash FROM journal').get()).toEqual({
      seq: 1,
      body: `{"at":"2026-11-23T12:00:00.000Z","facts":{"a":"é","b":1},"kind":"program","operator":"alice","outcome":"ok","previousHash":"${'0'.repeat(64)}","seq":1,"what":"program.start"}`,
      hash: 'ed9b4a152ba7ab20272161d5fe9c9712d4fe4b739a9ae924dfbebcb514e53296',
    });
  });

  it('refuses to change, remove or insert entries', () => {
    const { store } = begin(3);
    for (const sql of [
      "UPDATE journal SET body = '{}' WHERE seq = 2",
      'DELETE FROM journal',
      "INSERT INTO journal VALUES (9, '{}', '')",
      "INSERT OR REPLACE INTO journal VALUES (2, '{}', '')",
    ]) {
      expect(() => store.db.exec(sql)).toThrow(/append-only/);
    }
  });

  it('makes one chain of the entries of two processes', async () => {
    const { journal, dataDir } = begin(1);
    const otherStore = openStore({ dataDir, now });
    const other = openJournal({ store: otherStore, now, operator: 'bob' });
    for (const writer of [other, journal, journal, other, journal]) {
      writer.append({ kind: 'action', what: 'a.b', facts: {}, outcome: 'ok' });
    }
    expect(await journal.verify()).toMatchObject({ ok: true, entries: 6 });
    otherStore.close();
  });

  it('lists from the newest down, in pages', () => {
    const { journal } = begin(5);
    const context = { signal: new AbortController().signal, progress: () => {} };
    const list = (before?: number) => journal.handlers.list({ before, limit: 2 }, context);
    expect(list()).toMatchObject({ total: 5, entries: [{ seq: 5 }, { seq: 4 }] });
    expect(list(2)).toMatchObject({ entries: [{ seq: 1, what: 'test.step1' }] });
  });

  it('tells its listeners of each entry until they leave', () => {
    const { journal } = begin();
    const seen: number[] = [];
    const leave = journal.onAppend(({ seq }) => seen.push(seq));
    journal.append({ kind: 'action', what: 'a.b', facts: {}, outcome: 'ok' });
    leave();
    journal.append({ kind: 'action', what: 'a.b', facts: {}, outcome: 'ok' });
    expect(seen).toEqual([1]);
  });
});

describe('verification', () => {
  it('passes an untouched chain and names its head', async () => {
    const { journal } = begin(3);
    const { entries } = await journal.handlers.list(
      { limit: 1 },
      { signal: new AbortController().signal, progress: () => {} },
    );
    expect(await journal.verify()).toEqual({ ok: true, entries: 3, headHash: entries[0]?.hash });
    expect(await begin().journal.verify()).toEqual({ ok: true, entries: 0 });
  });

  it.each([
    ['altered', "UPDATE journal SET body = replace(body, 'step2', 'step3') WHERE seq = 2", 2],
    ['removed', 'DELETE FROM journal WHERE seq = 2', 2],
    ['removed at the start', 'DELETE FROM journal WHERE seq = 1', 1],
    ['renumbered', 'UPDATE journal SET seq = -seq WHERE seq = 2', 1],
    ['inserted', 'INSERT INTO journal SELECT 0, body, hash FROM journal WHERE seq = 1', 1],
  ])('finds entries that were %s', async (_what, sql, seq) => {
    const { journal, tamper } = begin(4);
    tamper(sql);
    const result = await journal.verify();
    expect(result.ok).toBe(false);
    expect(result.firstBad?.seq).toBe(seq);
    expect(result.firstBad?.reason).toMatch(/\.$/);
  });

  it('finds two entries that changed places', async () => {
    const { journal, tamper } = begin(4);
    tamper('UPDATE journal SET seq = -2 WHERE seq = 2');
    tamper('UPDATE journal SET seq = 2 WHERE seq = 3');
    tamper('UPDATE journal SET seq = 3 WHERE seq = -2');
    expect(await journal.verify()).toMatchObject({ ok: false, firstBad: { seq: 2 } });
  });

  it('finds a tail that was cut off by the head that was noted', async () => {
    const { journal, tamper } = begin(4);
    const { headHash } = await journal.verify();
    expect(await journal.verify({ expectedHead: headHash })).toMatchObject({ ok: true });
    journal.append({ kind: 'action', what: 'later', facts: {}, outcome: 'ok' });
    expect(await journal.verify({ expectedHead: headHash })).toMatchObject({ ok: true });
    tamper('DELETE FROM journal WHERE seq >= 4');
    expect(await journal.verify()).toMatchObject({ ok: true, entries: 3 });
    expect(await journal.verify({ expectedHead: headHash })).toMatchObject({
      ok: false,
      firstBad: { seq: 4 },
    });
  });

  it('finds any single change to any stored character of an entry', async () => {
    const { journal, store, tamper } = begin(3);
    const rows = store.db.prepare('SELECT body, hash FROM journal').all();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom('body', 'hash'),
        fc.nat(),
        fc.string({ unit: 'grapheme', minLength: 0, maxLength: 2 }),
        async (seq, column, at, replacement) => {
          const text = String(rows[seq - 1]?.[column]);
          const place = at % text.length;
          const changed = text.slice(0, place) + replacement + text.slice(place + 1);
          fc.pre(changed !== text);
          tamper(`UPDATE journal SET ${column} = ? WHERE seq = ?`, changed, seq);
          const result = await journal.verify();
          tamper(`UPDATE journal SET ${column} = ? WHERE seq = ?`, text, seq);
          return !result.ok && result.firstBad?.seq === seq;
        },
      ),
      { numRuns: 60 },
    );
    expect(await journal.verify()).toMatchObject({ ok: true });
  });

  it('tells how far it is, lets others work, and stops when cancelled', async () => {
    const { journal, store } = begin();
    store.transaction(() => {
      for (let n = 0; n < 1200; n += 1) {
        journal.append({ kind: 'action', what: 'a.b', facts: {}, outcome: 'ok' });
      }
    });
    const seen: number[] = [];
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    await journal.verify({ onProgress: ({ checked }) => seen.push(checked) });
    clearInterval(timer);
    expect(seen).toEqual([500, 1000, 1200]);

    const abort = new AbortController();
    await expect(
      journal.verify({ signal: abort.signal, onProgress: () => abort.abort() }),
    ).rejects.toThrow();
  });
});
