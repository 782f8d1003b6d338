import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { totalOf } from '../../../shared/model/secrets';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { openForTest } from '../services/openForTest';

// Put together here, so that this file has none itself.
const token = ['ghp', 'Q7r8S9t0U1'.repeat(4).slice(0, 36)].join('_');

/** A window whose dialog gives one folder, with that folder's id. */
async function opened(folder: string) {
  const saved: string[] = [];
  const app = await openForTest({
    host: {
      async saveFile({ content }) {
        let text = '';
        for await (const part of content) {
          text += typeof part === 'string' ? part : Buffer.from(part).toString('latin1');
        }
        saved.push(text);
        return '/somewhere/report';
      },
      pickPaths: () => Promise.resolve([folder]),
      printPage: () => Promise.resolve(new Uint8Array()),
      copyText: () => {},
      openExternal: () => {},
    },
  });
  const [place] = await app.client.secrets.pick({ what: 'folder' });
  const scan = (ignore: string[] = []) =>
    app.client.secrets.scan({ places: [place?.id ?? ''], ignore, gitignore: true });
  async function check() {
    const state = await app.client.readiness.run({ sources: ['attestations'] });
    return state.checks.find(({ id }) => id === 'no-static-keys');
  }
  return { ...app, place, scan, check, saved };
}

function planted(): { folder: string; file: string } {
  const folder = temporaryFolder();
  const file = join(folder, 'deploy.sh');
  writeFileSync(file, `#!/bin/sh\ncurl -H "Authorization: token ${token}"\n`);
  writeFileSync(join(folder, 'readme.md'), 'There is nothing here.\n');
  return { folder, file };
}

it('judges the folders by their last scan; without one nothing can be told', async () => {
  const { folder, file } = planted();
  const { client, scan, check, place } = await opened(folder);
  expect(await check()).toMatchObject({ verdict: { value: 'cannot-tell' } });
  expect(await client.secrets.last()).toEqual({ scan: null, places: [] });

  const found = await scan();
  expect(found.found).toMatchObject([{ file, line: 2, kind: expect.stringMatching(/^github/) }]);
  expect(await client.secrets.last()).toEqual({ scan: found, places: [place] });
  await client.readiness.run({ sources: ['secrets'] });
  expect(await check()).toMatchObject({ verdict: { value: 'fail' }, counts: { fail: 1 } });

  // A run of the checks looks into the same folders again.
  writeFileSync(file, '#!/bin/sh\n');
  await client.readiness.run({ sources: ['secrets'] });
  expect(await check()).toMatchObject({ verdict: { value: 'pass' } });
});

it('a finding is ignored for a reason, by its value: another in its line counts', async () => {
  const { folder, file } = planted();
  const { client, scan } = await opened(folder);
  const finding = (await scan()).found[0];
  const named = { file, line: 2, kind: finding?.kind ?? '', mark: finding?.mark ?? '' };
  await expect(client.secrets.ignore({ ...named, reason: ' ' })).rejects.toMatchObject({
    code: 'bad-request',
  });
  const after = await client.secrets.ignore({ ...named, reason: 'A token of the tests' });
  expect(totalOf(after)).toMatchObject({ found: 0, ignored: 1 });
  expect(after.found[0]?.ignored).toMatchObject({ reason: 'A token of the tests' });
  expect(totalOf(await scan())).toMatchObject({ found: 0, ignored: 1 });

  writeFileSync(file, readFileSync(file, 'utf8').replace('Q7r8', 'X1y2'));
  expect(totalOf(await scan())).toMatchObject({ found: 1, ignored: 0 });
  writeFileSync(file, readFileSync(file, 'utf8').replace('X1y2', 'Q7r8'));
  const again = await scan();
  const counted = await client.secrets.stopIgnoring({ id: again.found[0]?.ignored?.id ?? '' });
  expect(totalOf(counted)).toMatchObject({ found: 1, ignored: 0 });
  expect(totalOf(await scan())).toMatchObject({ found: 1, ignored: 0 });

  const { entries } = await client.journal.list({ limit: 50 });
  expect(
    entries.filter(({ what, outcome }) => what === 'secrets.ignore' && outcome === 'ok')[0]?.facts,
  ).toMatchObject({ file, line: 2, reason: 'A token of the tests' });
});

it('of two in one line the one that was looked at is ignored, and no other', async () => {
  const { folder, file } = planted();
  const other = token.replace('Q7r8', 'X1y2');
  writeFileSync(file, `a\nfirst ${token} second ${other}\n`);
  const { client, scan } = await opened(folder);
  const { kind = '', mark = '' } = (await scan()).found[1] ?? {};
  const after = await client.secrets.ignore({ file, line: 2, kind, mark, reason: 'An example' });
  expect(totalOf(after)).toMatchObject({ found: 1, ignored: 1 });
  expect(after.found.map(({ ignored }) => ignored !== undefined)).toEqual([false, true]);
  const again = await scan();
  expect(again.found.map(({ ignored }) => ignored !== undefined)).toEqual([false, true]);
});

it('a finding cannot be ignored once its file is another', async () => {
  const { folder, file } = planted();
  const { client, scan } = await opened(folder);
  const { kind = '', mark = '' } = (await scan()).found[0] ?? {};
  const before = statSync(file).mtimeMs;
  writeFileSync(file, readFileSync(file, 'utf8').replace('Q7r8', 'X1y2'));
  expect(statSync(file).mtimeMs).not.toBe(before);
  await expect(
    client.secrets.ignore({ file, line: 2, kind, mark, reason: 'I saw another' }),
  ).rejects.toMatchObject({ code: 'conflict' });
});

it('a folder that is gone keeps it from being told: no scan of nothing passes', async () => {
  const { folder } = planted();
  const { client, scan, check } = await opened(folder);
  await scan();
  rmSync(folder, { recursive: true });
  await client.readiness.run({ sources: ['secrets'] });
  expect(await check()).toMatchObject({ verdict: { value: 'cannot-tell' } });
});

it('a found secret is in no database, no log and no report', async () => {
  const { folder, file } = planted();
  const { client, scan, dataDir, logged, saved, close } = await opened(folder);
  const { kind = '', mark = '' } = (await scan()).found[0] ?? {};
  await client.secrets.ignore({ file, line: 2, kind, mark, reason: 'Only to see what is kept' });
  await client.readiness.run({ sources: ['secrets'] });
  for (const format of ['json', 'html', 'csv', 'ocsf', 'pack'] as const) {
    await client.readiness.exportReport({ format });
  }
  await close();
  const stored = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  const everything = [...stored, ...saved, logged.join('\n')];
  expect(everything.some((text) => text.includes('deploy.sh'))).toBe(true);
  for (const text of everything) {
    for (let at = 0; at + 8 <= token.length; at += 4) {
      expect(text.includes(token.slice(at, at + 8))).toBe(false);
    }
  }
});
