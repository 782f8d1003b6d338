import { describe, expect, it } from 'vitest';
import { openJournal } from '../../../electron/journal/index';
import { storeError } from '../../../electron/store/errors';
import { openStore } from '../../../electron/store/index';
import { temporaryFolder } from './temporaryFolder';

const now = () => new Date('2026-11-23T12:00:00Z');

describe('a full disk', () => {
  it('is said in a sentence, loses nothing, and is over when there is space again', async () => {
    const dataDir = temporaryFolder();
    const store = openStore({ dataDir, now });
    const journal = openJournal({ store, now, operator: 'alice' });
    const pages = Number(store.db.prepare('PRAGMA page_count').get()?.['page_count']);
    store.db.exec(`PRAGMA max_page_count = ${pages + 3}`);

    let written = 0;
    const append = () => {
      journal.append({
        kind: 'action',
        what: 'a.b',
        facts: { n: written, text: 'x y '.repeat(100) },
        outcome: 'ok',
      });
      written += 1;
    };
    expect(() => {
      for (;;) append();
    }).toThrow(
      expect.objectContaining({
        code: 'disk-full',
        message: expect.stringMatching(/Free some space/),
      }),
    );
    expect(written).toBeGreaterThan(0);
    expect(await journal.verify()).toMatchObject({ ok: true, entries: written });

    store.db.exec('PRAGMA max_page_count = 100000');
    append();
    expect(await journal.verify()).toMatchObject({ ok: true, entries: written });
    store.close();
  });
});

describe('errors of SQLite and of files', () => {
  const sqlite = (errcode: number, more = {}) => Object.assign(new Error(), { errcode, ...more });

  it.each([
    ['SQLITE_FULL', sqlite(13), 'disk-full'],
    ['SQLITE_IOERR_SHMSIZE', sqlite(4874), 'disk-full'],
    ['an IOERR that the system says is ENOSPC', sqlite(10, { systemErrno: 28 }), 'disk-full'],
    ['ENOSPC', Object.assign(new Error(), { code: 'ENOSPC' }), 'disk-full'],
    ['EDQUOT', Object.assign(new Error(), { code: 'EDQUOT' }), 'disk-full'],
    ['SQLITE_CORRUPT_INDEX', sqlite(779), 'store-corrupt'],
    ['SQLITE_NOTADB', sqlite(26), 'store-corrupt'],
    ['SQLITE_BUSY_SNAPSHOT', sqlite(517), 'conflict'],
    ['SQLITE_READONLY', sqlite(8), 'file-failed'],
    ['SQLITE_IOERR_READ', sqlite(266), 'file-failed'],
    ['EACCES', Object.assign(new Error(), { code: 'EACCES' }), 'file-failed'],
  ])('%s have a code and a sentence', (_name, error, code) => {
    expect(storeError(error)).toMatchObject({
      name: 'AppError',
      code,
      message: expect.stringMatching(/\.$/),
    });
  });

  it('that only a defect can cause stay what they are', () => {
    const constraint = sqlite(19);
    expect(storeError(constraint)).toBe(constraint);
    const typeError = new TypeError('x');
    expect(storeError(typeError)).toBe(typeError);
  });
});
