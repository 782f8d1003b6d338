import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow, SaveDialogOptions, SaveDialogReturnValue } from 'electron';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSaveFile } from '../../../electron/window/saveFile';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'claviger-save-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A save dialog in which the operator picks what `pick` says. */
function withDialog(pick: (options: SaveDialogOptions) => string | undefined) {
  const asked: SaveDialogOptions[] = [];
  const showSaveDialog = async (
    ...args: [BrowserWindow, SaveDialogOptions] | [SaveDialogOptions]
  ): Promise<SaveDialogReturnValue> => {
    const options = args.at(-1) as SaveDialogOptions;
    asked.push(options);
    const filePath = pick(options);
    return { canceled: filePath === undefined, filePath: filePath ?? '' };
  };
  const save = createSaveFile({
    dialog: { showSaveDialog: showSaveDialog as never },
    window: () => undefined,
    folder,
  });
  return { save, asked };
}

test('R22: writes to the place that the operator picked, for the owner alone', async () => {
  const path = join(folder, 'mine.csv');
  const { save, asked } = withDialog(() => path);
  expect(await save({ suggestedName: 'keys.csv', content: ['a\n', 'b\n'] })).toBe(path);
  expect(await readFile(path, 'utf8')).toBe('a\nb\n');
  expect(((await stat(path)).mode & 0o777).toString(8)).toBe('600');
  expect(asked[0]).toMatchObject({
    defaultPath: join(folder, 'keys.csv'),
    filters: [{ extensions: ['csv'] }],
  });
});

test('R22: writes nothing when the operator picks nothing', async () => {
  const { save } = withDialog(() => undefined);
  let read = false;
  function* content() {
    read = true;
    yield 'x';
  }
  expect(await save({ suggestedName: 'keys.csv', content: content() })).toBeNull();
  expect(read).toBe(false);
  expect(await readdir(folder)).toEqual([]);
});

test('R22: a suggested name cannot lead out of the folder', async () => {
  const { save, asked } = withDialog(() => undefined);
  await save({ suggestedName: '../../etc/passwd.csv', content: [] });
  expect(asked[0]?.defaultPath).toBe(join(folder, 'passwd.csv'));
});

test('the next dialog opens where the last file was put', async () => {
  const other = join(folder, 'other');
  await mkdir(other);
  const { save, asked } = withDialog(() => join(other, 'a.json'));
  await save({ suggestedName: 'a.json', content: ['1'] });
  await save({ suggestedName: 'b.json', content: ['2'] });
  expect(asked[1]?.defaultPath).toBe(join(other, 'b.json'));
});

test('a place where nothing can be written gives file-failed', async () => {
  const { save } = withDialog(() => join(folder, 'none', 'a.json'));
  const work = save({ suggestedName: 'a.json', content: ['1'] });
  await expect(work).rejects.toMatchObject({ code: 'file-failed' });
});
