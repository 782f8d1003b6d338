import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openJournal } from '../../../electron/journal/index';
import { openStore } from '../../../electron/store/index';
import { temporaryFolder } from '../../unit/store/temporaryFolder';

const now = () => new Date('2026-11-23T12:00:00Z');

/** A file system of one MiB; undefined where this user may not mount one. */
function smallDisk(): string | undefined {
  const folder = temporaryFolder();
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'claviger-test', folder]);
  if (mount.status !== 0) return undefined;
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  return folder;
}

describe('a disk that is really full', () => {
  it('loses no entry that was acknowledged, and takes new ones when there is space', async ({
    skip,
  }) => {
    const disk = smallDisk() ?? skip('mounting needs root');
    const store = openStore({ dataDir: disk, now });
    const journal = openJournal({ store, now, operator: 'alice' });
    const append = () =>
      journal.append({
        kind: 'action',
        what: 'a.b',
        facts: { text: 'x '.repeat(200) },
        outcome: 'ok',
      });
    append();
    const ballast = join(disk, 'ballast');
    let acknowledged = 1;
    expect(() => writeFileSync(ballast, Buffer.alloc(2_000_000))).toThrow(/ENOSPC/);
    expect(() => {
      for (;;) {
        append();
        acknowledged += 1;
      }
    }).toThrow(expect.objectContaining({ code: 'disk-full' }));
    expect(await journal.verify()).toMatchObject({ ok: true, entries: acknowledged });
    expect(await store.maintain()).toEqual([
      expect.stringMatching(/^No backup of the database was made\. The disk is full/),
    ]);
    store.close();

    rmSync(ballast);
    const again = openStore({ dataDir: disk, now });
    expect(again.notices).toEqual([]);
    const reopened = openJournal({ store: again, now, operator: 'alice' });
    expect(await reopened.verify()).toMatchObject({ ok: true, entries: acknowledged });
    reopened.append({ kind: 'action', what: 'a.b', facts: {}, outcome: 'ok' });
    again.close();
  });

  it('is said in a sentence when the database cannot even be made', ({ skip }) => {
    const disk = smallDisk() ?? skip('mounting needs root');
    expect(() => writeFileSync(join(disk, 'ballast'), Buffer.alloc(2_000_000))).toThrow(/ENOSPC/);
    expect(() => openStore({ dataDir: join(disk, 'data'), now })).toThrow(
      expect.objectContaining({ code: 'disk-full' }),
    );
  });
});
