import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fromBufferPromise } from 'yauzl';
import { AppError } from '../../../shared/model/errors';
import { isSafeName, sumsFile, type Files } from './sums';

const mostFiles = 20_000;
const mostBytes = 1024 ** 3;

/** The files of a bundle, from its zip or from the folder into which it was unpacked. Throws AppError. */
export async function readBundle(path: string): Promise<Files> {
  const info = await stat(path).catch(() => undefined);
  if (!info) {
    throw new AppError('not-found', `There is no file ${path}.`);
  }
  return withoutTop(
    info.isDirectory() ? await readFolder(path) : await readZip(await readFile(path)),
  );
}

/** The files of a zip. Throws AppError `bad-request` for what is none, or has names that no bundle has. */
export async function readZip(zip: Buffer): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let bytes = 0;
  try {
    const opened = await fromBufferPromise(zip, { strictFileNames: true });
    for await (const entry of opened.eachEntry()) {
      const name = entry.fileName;
      if (name.endsWith('/')) continue;
      bytes += entry.uncompressedSize;
      if (files.size >= mostFiles || bytes > mostBytes) throw tooLarge();
      if (!isSafeName(name))
        throw strange(`a file with a name that no bundle has: ${visible(name)}`);
      if (files.has(name)) throw strange(`two files of the name ${name}`);
      const content = await opened.openReadStreamPromise(entry);
      files.set(name, Buffer.concat((await content.toArray()) as Buffer[]));
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'bad-request',
      'This is no zip file, or it is damaged.',
      {},
      { cause: error },
    );
  }
  return files;
}

function strange(what: string): AppError {
  return new AppError('bad-request', `The zip has ${what}.`);
}

async function readFolder(folder: string): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  if (entries.length > mostFiles) throw tooLarge();
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(
      path.slice(folder.replace(/\/+$/, '').length + 1).replaceAll('\\', '/'),
      await readFile(path),
    );
  }
  return files;
}

/** A bundle that was packed again may lie in one folder of the zip. */
function withoutTop(files: Map<string, Uint8Array>): Files {
  if (files.has(sumsFile)) return files;
  const tops = new Set([...files.keys()].map((name) => name.split('/')[0] ?? ''));
  const [top = ''] = tops;
  if (tops.size !== 1 || !files.has(`${top}/${sumsFile}`)) return files;
  return new Map([...files].map(([name, bytes]) => [name.slice(top.length + 1), bytes]));
}

function tooLarge(): AppError {
  return new AppError('limit-exceeded', 'This is larger than any bundle: it was not unpacked.');
}

function visible(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '\uFFFD').slice(0, 100);
}
