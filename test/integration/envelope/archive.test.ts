import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pack as createPack, type Header, type Pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { archiveMark } from '../../../electron/envelope/archive/mark';
import { all } from '../../unit/envelope/localKms';
import { openWorkbench, type Workbench } from './workbench';

const big = randomBytes(2_500_000);

function makeFolder(bench: Workbench, name = 'case'): string {
  const folder = join(bench.folder, name);
  mkdirSync(join(folder, 'sub', 'empty'), { recursive: true });
  writeFileSync(join(folder, 'big.bin'), big);
  writeFileSync(join(folder, 'Größe ✓.txt'), 'umlauts');
  writeFileSync(join(folder, 'sub', 'run.sh'), '#!/bin/sh\n');
  chmodSync(join(folder, 'sub', 'run.sh'), 0o755);
  writeFileSync(join(folder, 'nothing'), '');
  symlinkSync('../big.bin', join(folder, 'sub', 'link'));
  utimesSync(join(folder, 'big.bin'), 1_700_000_000, 1_700_000_000);
  return folder;
}

describe('a folder', () => {
  it('becomes one archive and comes out as it was', async () => {
    const bench = await openWorkbench();
    const source = await bench.source(makeFolder(bench));
    expect(source).toMatchObject({ kind: 'folder', files: 4, bytes: big.length + 17 });
    const [sealed] = await bench.encrypt({ sources: [source.id], keys: [await bench.newKey()] });
    expect(sealed).toMatchObject({ state: 'done', format: 'esdk', files: 4 });
    expect(readFileSync(sealed?.path ?? '').includes('run.sh')).toBe(false);

    const envelope = await bench.source(sealed?.path ?? '');
    const place = await bench.source(bench.dataDir);
    const [opened] = await bench.decrypt({ sources: [envelope.id], place: place.id });
    const out = join(bench.dataDir, 'case');
    expect(opened).toMatchObject({ state: 'done', path: out, files: 4 });
    expect(readFileSync(join(out, 'big.bin')).equals(big)).toBe(true);
    expect(statSync(join(out, 'big.bin')).mtimeMs).toBe(1_700_000_000_000);
    expect(readFileSync(join(out, 'Größe ✓.txt'), 'utf8')).toBe('umlauts');
    expect(readdirSync(join(out, 'sub', 'empty'))).toEqual([]);
    expect(readlinkSync(join(out, 'sub', 'link'))).toBe('../big.bin');
    expect(statSync(join(out, 'sub', 'run.sh')).mode & 0o777).toBe(0o700);
    expect(statSync(join(out, 'big.bin')).mode & 0o777).toBe(0o600);
    expect(bench.defects).toEqual([]);
  });

  it('becomes an envelope for each file, where that is wanted', async () => {
    const bench = await openWorkbench();
    const source = await bench.source(makeFolder(bench));
    const place = await bench.source(bench.dataDir);
    const items = await bench.encrypt({
      sources: [source.id],
      keys: [await bench.newKey()],
      folders: 'each-file',
      place: place.id,
    });
    expect(items.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
    expect(existsSync(join(bench.dataDir, 'case', 'sub', 'run.sh.envelope.json'))).toBe(true);
  });

  it('is not written over a folder that is there', async () => {
    const bench = await openWorkbench();
    const source = await bench.source(makeFolder(bench));
    const [sealed] = await bench.encrypt({ sources: [source.id], keys: [await bench.newKey()] });
    const envelope = await bench.source(sealed?.path ?? '');
    const [opened] = await bench.decrypt({ sources: [envelope.id], replace: true });
    expect(opened?.error?.code).toBe('conflict');
    expect(readFileSync(join(source.path, 'big.bin')).equals(big)).toBe(true);
    expect(readdirSync(bench.folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

it('hides the name of a file, and gives it back', async () => {
  const bench = await openWorkbench();
  const source = await bench.file('board-minutes.txt', 'secret');
  const [sealed] = await bench.encrypt({
    sources: [source.id],
    keys: [await bench.newKey()],
    hideNames: true,
  });
  expect(sealed?.path).toMatch(/\/envelope-[0-9a-f]{12}\.esdk$/);
  expect(readFileSync(sealed?.path ?? '').includes('board-minutes')).toBe(false);
  const envelope = await bench.source(sealed?.path ?? '');
  const place = await bench.source(bench.dataDir);
  const [opened] = await bench.decrypt({ sources: [envelope.id], place: place.id });
  expect(opened?.path).toBe(join(bench.dataDir, 'board-minutes.txt'));
  expect(readFileSync(opened?.path ?? '', 'utf8')).toBe('secret');
});

describe('an archive that somebody made who may use the key', () => {
  const pax = { [archiveMark.name]: archiveMark.value };
  const root = { name: 'a/', type: 'directory', pax } as const;
  const cases: [string, (Partial<Header> & { name: string })[], RegExp][] = [
    [
      'with a name that leads out',
      [{ name: 'a/../../evil', pax }],
      /has a name that leads elsewhere/,
    ],
    ['with an absolute name', [{ name: '/tmp/evil', pax }], /has an absolute name/],
    [
      'with a link that leads out',
      [root, { name: 'a/link', type: 'symlink', linkname: '../../etc' }],
      /is a link that leads out of the archive/,
    ],
    [
      'with an absolute link',
      [root, { name: 'a/link', type: 'symlink', linkname: '/etc/passwd' }],
      /is a link that leads out of the archive/,
    ],
    [
      'that writes through a link',
      [root, { name: 'a/link', type: 'symlink', linkname: '.' }, { name: 'a/link/x' }],
      /could not be written/,
    ],
    [
      'with a hard link',
      [root, { name: 'a/hard', type: 'link', linkname: '/etc/passwd' }],
      /is a link, which no archive of this program holds/,
    ],
    [
      'with a device',
      [root, { name: 'a/dev', type: 'character-device', devmajor: 1, devminor: 3 }],
      /is a character-device/,
    ],
    ['with a name twice', [root, { name: 'a/x' }, { name: 'a/x' }], /x is in the archive twice/],
    ['with two roots', [{ name: 'a', pax }, { name: 'b' }], /b lies beside the one root/],
    ['with a backslash', [{ name: String.raw`a\b`, pax }], /a character that is not allowed/],
  ];

  it.each(cases)('%s is refused as a whole', async (_what, entries, sentence) => {
    const bench = await openWorkbench();
    const source = await bench.file('evil', await archiveOf(entries));
    const [sealed] = await bench.encrypt({ sources: [source.id], keys: [await bench.newKey()] });
    const envelope = await bench.source(sealed?.path ?? '');
    const place = await bench.source(bench.dataDir);
    const before = readdirSync(bench.dataDir);
    const [opened] = await bench.decrypt({ sources: [envelope.id], place: place.id });
    expect(opened).toMatchObject({
      state: 'failed',
      error: { message: expect.stringMatching(sentence) as string },
    });
    expect(readdirSync(bench.dataDir)).toEqual(before);
    const [plain] = await bench.decrypt({ sources: [envelope.id], place: place.id, unpack: false });
    expect(plain?.state).toBe('done');
    expect(bench.defects).toEqual([]);
  });

  it('of another program is given back as the file that it is', async () => {
    const bench = await openWorkbench();
    const content = await archiveOf([{ name: 'a' }]);
    const source = await bench.file('other.tar', content);
    const [sealed] = await bench.encrypt({ sources: [source.id], keys: [await bench.newKey()] });
    const envelope = await bench.source(sealed?.path ?? '');
    const [opened] = await bench.decrypt({ sources: [envelope.id], replace: true });
    expect(readFileSync(opened?.path ?? '').equals(content)).toBe(true);
  });
});

/** Entries one after the other; files have an `x` in them. */
async function archiveOf(entries: readonly (Partial<Header> & { name: string })[]) {
  const pack = createPack();
  const content = all(pack as AsyncIterable<Uint8Array>);
  for (const header of entries) await add(pack, header);
  pack.finalize();
  return content;
}

function add(pack: Pack, header: Partial<Header> & { name: string }): Promise<void> {
  const content = header.type === undefined ? 'x' : '';
  return new Promise((resolve, reject) => {
    pack.entry({ ...header, size: content.length }, content, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}
