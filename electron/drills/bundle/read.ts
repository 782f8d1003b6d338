import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fromBufferPromise } from 'yauzl';
import { AppError } from '../../../shared/model/errors';
import { isSafeName } from './sums';

const mostFiles = 20_000;
const mostBytes = 1024 ** 3;

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
        throw strange(`The zip has a file with a name that no bundle has: ${visible(name)}.`);
      if (files.has(name)) throw strange(`The zip has two files of the name ${name}.`);
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

/** The files of a folder. Throws AppError `bad-request` for what no bundle has: links, empty folders. */
export async function readFolder(folder: string): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  if (entries.length > mostFiles) throw tooLarge();
  const files = new Map<string, Uint8Array>();
  const nameOf = (path: string) => relative(folder, path).replaceAll('\\', '/');
  const empty = new Set<string>();
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) empty.add(nameOf(path));
    else if (entry.isFile()) files.set(nameOf(path), await readFile(path));
    else
      throw strange(
        `${visible(nameOf(path))} is no file but a link or a device: no bundle has one.`,
      );
  }
  for (const name of files.keys()) {
    for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
      empty.delete(name.slice(0, at));
    }
  }
  const [one] = empty;
  if (one !== undefined) throw strange(`The folder ${visible(one)} is empty: no bundle has one.`);
  return files;
}

function strange(what: string): AppError {
  return new AppError('bad-request', what);
}

function tooLarge(): AppError {
  return new AppError('limit-exceeded', 'This is larger than any bundle: it was not unpacked.');
}

function visible(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '\uFFFD').slice(0, 100);
}
