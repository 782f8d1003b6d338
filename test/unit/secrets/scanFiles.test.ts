import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { secretLintProfiler } from '@secretlint/profiler';
import { expect, it } from 'vitest';
import { scanFiles } from '../../../electron/secrets/scanFiles';
import { totalOf, type SecretScanOptions } from '../../../shared/model/secrets';
import { temporaryFolder } from '../store/temporaryFolder';

// Put together here, so that this file has none itself; AWS's own example values are on allow-lists.
const accessKey = ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYzzzzzzKEYa'].join('/');
const githubToken = ['ghp', 'a1B2c3D4e5'.repeat(4).slice(0, 36)].join('_');
const secretLine = `aws_secret_access_key = ${accessKey.slice(0, 40)}`;

async function scan(path: string | string[], options: Partial<SecretScanOptions> = {}) {
  return scanFiles(
    {
      paths: [path].flat(),
      options: { ignore: [], gitignore: true, ...options },
      ignored: [],
      at: '2026-11-28T12:00:00.000Z',
    },
    { signal: new AbortController().signal, progress: () => {} },
  );
}

it('tells file, line and kind of a secret, and the secret nowhere', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'credentials'), `[default]\n${secretLine}\n`);
  writeFileSync(
    join(folder, 'ci.yml'),
    `a: 1\nb: 2\ntoken: ${githubToken}\nagain: ${githubToken}\n`,
  );
  writeFileSync(join(folder, 'readme.md'), 'There is nothing here.\n');
  const result = await scan(folder);
  expect(totalOf(result)).toMatchObject({ files: 3, found: 3, ignored: 0 });
  expect(result.found.map(({ file, line }) => [file.slice(folder.length + 1), line])).toEqual([
    ['ci.yml', 3],
    ['ci.yml', 4],
    ['credentials', 2],
  ]);
  expect(result.found.map(({ kind }) => kind)).toEqual([
    expect.stringMatching(/^github: /),
    expect.stringMatching(/^github: /),
    expect.stringMatching(/^aws: /),
  ]);
  // The same secret has the same mark, within this scan only.
  expect(result.found[0]?.mark).toBe(result.found[1]?.mark);
  expect((await scan(folder)).found[0]?.mark).not.toBe(result.found[0]?.mark);
  const text = JSON.stringify(result);
  for (const secret of [githubToken, accessKey.slice(0, 40)]) {
    for (let at = 0; at + 8 <= secret.length; at += 4) {
      expect(text).not.toContain(secret.slice(at, at + 8));
    }
  }
});

it('leaves out what .gitignore files and own rules say, and counts it', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'app/logs'), { recursive: true });
  writeFileSync(join(folder, '.gitignore'), '.env\nlogs/\n');
  writeFileSync(join(folder, 'app/.gitignore'), '!.env\n');
  for (const file of ['.env', 'app/.env', 'app/logs/old', 'app/fixture.txt']) {
    writeFileSync(join(folder, file), secretLine);
  }
  const files = async (options: Partial<SecretScanOptions>) => {
    const result = await scan(folder, options);
    const names = result.found.map(({ file }) => file.slice(folder.length + 1));
    return [names, totalOf(result).skipped.ignored];
  };
  // The deeper .gitignore takes the .env back in.
  expect(await files({})).toEqual([['app/.env', 'app/fixture.txt'], 2]);
  expect(await files({ ignore: ['fixture*'] })).toEqual([['app/.env'], 3]);
  expect(await files({ gitignore: false })).toEqual([
    ['.env', 'app/.env', 'app/fixture.txt', 'app/logs/old'],
    0,
  ]);
});

it('counts what it does not look at: links, binaries, large files', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'binary'), Buffer.concat([Buffer.from(secretLine), Buffer.from([0])]));
  writeFileSync(join(folder, 'large'), Buffer.alloc(2 * 1024 * 1024 + 1, 'a'));
  symlinkSync('/etc/hostname', join(folder, 'link'));
  const { files, found, skipped } = totalOf(await scan(folder));
  expect({ found, files }).toEqual({ found: 0, files: 0 });
  expect(skipped).toEqual({ ignored: 0, tooLarge: 1, binary: 1, links: 1 });
});

it('counts each place for itself, and one that lies in another only there', async () => {
  const [code, settings] = [temporaryFolder(), temporaryFolder()];
  mkdirSync(join(code, 'app'));
  writeFileSync(join(code, 'app', 'credentials'), secretLine);
  writeFileSync(join(settings, 'notes'), 'nothing');
  const { places } = await scan([join(code, 'app'), code, settings, `${settings}/`]);
  expect(places).toMatchObject([
    { path: code, files: 1, found: 1 },
    { path: settings, files: 1, found: 0 },
  ]);
});

it('says that a path does not exist', async () => {
  const { unread, places } = await scan(join(temporaryFolder(), 'nothing'));
  expect(unread[0]?.why).toBe('it does not exist');
  expect(places[0]).toMatchObject({ files: 0, unread: 1 });
});

it('keeps no notes of secretlint from file to file: they would make long scans slow', async () => {
  const folder = temporaryFolder();
  for (let n = 0; n < 40; n += 1) writeFileSync(join(folder, `file-${n}`), secretLine);
  expect(totalOf(await scan(folder))).toMatchObject({ files: 40, found: 40 });
  expect(await secretLintProfiler.getEntries()).toEqual([]);
});

it('stops when it is cancelled', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a'), 'a');
  const job = { paths: [folder], options: { ignore: [], gitignore: true }, ignored: [], at: '' };
  const hooks = { signal: AbortSignal.abort(), progress: () => {} };
  await expect(scanFiles(job, hooks)).rejects.toMatchObject({ code: 'cancelled' });
});
