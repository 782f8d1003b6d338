import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatOf, migrate } from '../../../electron/store/migrate';
import { migrations } from '../../../electron/store/migrations/index';
import { openDatabase, openStore, tryLock } from '../../../electron/store/index';
import { temporaryFolder } from './temporaryFolder';

const noon = () => new Date('2026-11-23T12:00:00Z');
const newest = migrations.length;

describe('opening the store', () => {
  it('makes folder and file for the owner alone, with WAL and full sync', () => {
    const dataDir = join(temporaryFolder(), 'deep', 'data');
    const store = openStore({ dataDir, now: noon });
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'claviger.db')).mode & 0o777).toBe(0o600);
    expect(store.db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(store.db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(store.db.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 });
    expect(store.notices).toEqual([]);
    store.close();
  });

  it('leaves the mode of a folder that was there as it was', () => {
    const dataDir = join(temporaryFolder(), 'shared');
    mkdirSync(dataDir, { mode: 0o755 });
    openStore({ dataDir, now: noon }).close();
    expect(statSync(dataDir).mode & 0o777).toBe(0o755);
  });

  it('says so where the folder cannot be made', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(() => openStore({ dataDir: join(file, 'data'), now: noon })).toThrow(
      expect.objectContaining({ code: 'file-failed' }),
    );
  });
});

describe('migrations', () => {
  it('are numbered 1, 2, 3, ... without a gap', () => {
    expect(migrations.map(({ version }) => version)).toEqual(
      migrations.map((_migration, index) => index + 1),
    );
  });

  it.each(Array.from({ length: newest + 1 }, (_, from) => from))(
    'bring format %i to the newest, the same as a new one, and keep what was stored',
    (from) => {
      const dataDir = temporaryFolder();
      const path = join(dataDir, 'claviger.db');
      const old = openDatabase(path);
      migrate(old, { migrations: migrations.slice(0, from) });
      if (from >= 1) old.exec("INSERT INTO journal VALUES (1, '{}', 'abc')");
      if (from >= 2) old.exec("INSERT INTO setting VALUES ('a', '1')");
      old.close();

      const store = openStore({ dataDir, now: noon });
      const fresh = openStore({ dataDir: temporaryFolder(), now: noon });
      expect(formatOf(store.db)).toBe(newest);
      expect(schemaOf(store.db)).toEqual(schemaOf(fresh.db));
      if (from >= 1) expect(store.db.prepare('SELECT hash FROM journal').all()).toHaveLength(1);
      if (from >= 2) expect(store.db.prepare('SELECT name FROM setting').all()).toHaveLength(1);
      store.close();
      fresh.close();
      const backups = from > 0 && from < newest ? readdirSync(join(dataDir, 'backups')) : [];
      expect(backups).toHaveLength(from > 0 && from < newest ? 1 : 0);
    },
  );

  it('undo a step that fails, and stop there', () => {
    const db = openDatabase(join(temporaryFolder(), 'a.db'));
    const steps = [
      { version: 1, name: 'good', sql: 'CREATE TABLE good (x)' },
      { version: 2, name: 'bad', sql: 'CREATE TABLE half (x); SELECT * FROM nowhere' },
    ];
    expect(() => migrate(db, { migrations: steps })).toThrow(/nowhere/);
    expect(formatOf(db)).toBe(1);
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").all()).toEqual([]);
    db.close();
  });

  it('refuse a database of a newer program and leave it as it is', () => {
    const dataDir = temporaryFolder();
    openStore({ dataDir, now: noon }).close();
    const db = openDatabase(join(dataDir, 'claviger.db'));
    db.exec(`PRAGMA user_version = ${newest + 1}`);
    db.close();
    expect(() => openStore({ dataDir, now: noon })).toThrow(/newer version of Claviger/);
    expect(readdirSync(dataDir).filter((name) => name.includes('damaged'))).toEqual([]);
  });
});

describe('a transaction', () => {
  it('keeps all or nothing, and joins the one around it', () => {
    const store = openStore({ dataDir: temporaryFolder(), now: noon });
    const put = store.db.prepare('INSERT INTO setting VALUES (?, ?)');
    expect(() =>
      store.transaction(() => {
        store.transaction(() => put.run('a', '1'));
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(store.db.prepare('SELECT * FROM setting').all()).toEqual([]);
    expect(store.transaction(() => put.run('a', '1').changes)).toBe(1);
    store.close();
  });

  it('refuses work that waits', () => {
    const store = openStore({ dataDir: temporaryFolder(), now: noon });
    expect(() => store.transaction(() => Promise.resolve())).toThrow(/cannot wait/);
    store.close();
  });
});

describe('a damaged database', () => {
  /** A store with one setting and one backup of it, then a second setting that no backup has. */
  async function filled(): Promise<string> {
    const dataDir = temporaryFolder();
    const store = openStore({ dataDir, now: noon });
    store.db.exec("INSERT INTO setting VALUES ('before', '1')");
    expect(await store.maintain()).toEqual([]);
    store.db.exec("INSERT INTO setting VALUES ('after', '1')");
    store.close();
    return dataDir;
  }
  const names = (dataDir: string) => {
    const store = openStore({ dataDir, now: noon });
    const rows = store.db.prepare('SELECT name FROM setting ORDER BY name').all();
    const { notices } = store;
    store.close();
    return { rows: rows.map(({ name }) => name), notices };
  };

  it.each([
    ['is no database at all', () => Buffer.from('not a database, '.repeat(500))],
    ['has lost its header', (whole: Buffer) => whole.fill(0, 0, 16)],
    ['was cut in the middle', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
    ['has rubbish in every page but the first', (whole: Buffer) => whole.fill(0xa5, 4096)],
    ['has a broken page of the schema', (whole: Buffer) => whole.fill(0xff, 100, 200)],
  ])('that %s is set aside and the newest backup takes its place', async (_what, damage) => {
    const dataDir = await filled();
    const path = join(dataDir, 'claviger.db');
    const damagedBytes = damage(readFileSync(path));
    writeFileSync(path, damagedBytes);

    const { rows, notices } = names(dataDir);
    expect(rows).toEqual(['before']);
    expect(notices).toEqual([
      expect.stringMatching(
        /^The database was damaged.*damaged-20261123T120000Z.*backup claviger-/,
      ),
    ]);
    expect(readFileSync(`${path}.damaged-20261123T120000Z`)).toEqual(damagedBytes);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(names(dataDir).notices).toEqual([]);
  });

  it('is replaced by an empty one where there is no sound backup', async () => {
    const dataDir = await filled();
    const [backup] = readdirSync(join(dataDir, 'backups'));
    writeFileSync(join(dataDir, 'backups', backup!), 'rubbish');
    writeFileSync(join(dataDir, 'claviger.db'), 'rubbish');
    const { rows, notices } = names(dataDir);
    expect(rows).toEqual([]);
    expect(notices).toEqual([expect.stringMatching(/there was no backup/)]);
  });

  it('is not touched while another process has it open', async () => {
    const dataDir = await filled();
    const other = tryLock(join(dataDir, 'claviger.lock'), 'shared');
    writeFileSync(join(dataDir, 'claviger.db'), 'rubbish');
    expect(() => openStore({ dataDir, now: noon })).toThrow(/another Claviger process/);
    expect(readFileSync(join(dataDir, 'claviger.db'), 'utf8')).toBe('rubbish');
    other?.release();
    expect(names(dataDir).rows).toEqual(['before']);
  });
});

describe('backups', () => {
  it('are made once a day, and the newest three are kept', async () => {
    const dataDir = temporaryFolder();
    for (const day of ['20', '21', '21', '22', '23', '24']) {
      const store = openStore({ dataDir, now: () => new Date(`2026-11-${day}T08:00:00Z`) });
      expect(await store.maintain()).toEqual([]);
      store.close();
    }
    expect(readdirSync(join(dataDir, 'backups')).sort()).toEqual([
      'claviger-20261122T080000Z.db',
      'claviger-20261123T080000Z.db',
      'claviger-20261124T080000Z.db',
    ]);
    for (const name of readdirSync(join(dataDir, 'backups'))) {
      expect(statSync(join(dataDir, 'backups', name)).mode & 0o777).toBe(0o600);
    }
  });
});

function schemaOf(db: ReturnType<typeof openDatabase>) {
  return db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
}
