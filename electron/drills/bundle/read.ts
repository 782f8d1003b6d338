import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromBufferPromise } from 'yauzl';
import { AppError } from '../../../shared/model/errors';
import { isSafeName } from './sums';

const mostFiles = 20_000;
/** Evidence may have 400 MiB; events and a report come to it. */
export const mostBytes = 1024 ** 3;
/** What people attach is packed to a tenth at best; only a trap unpacks to more than this times its size. */
const mostRatio = 100;

/** The files of a zip. Throws AppError `bad-request` for what is none, or has names that no bundle has. */
export async function readZip(
  zip: Buffer,
  onRead: (bytes: number) => void = () => {},
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let bytes = 0;
  let entries = 0;
  try {
    // Names are taken as they stand: an extra field could name another one, which not every program reads.
    const opened = await fromBufferPromise(zip, { decodeStrings: false });
    for await (const entry of opened.eachEntry()) {
      const name = entry.fileNameRaw.toString('utf8');
      entries += 1;
      bytes += entry.uncompressedSize;
      if (entries > mostFiles || bytes > mostBytes) throw tooLarge();
      if (name.endsWith('/')) continue;
      if (!isSafeName(name))
        throw strange(`The zip has a file with a name that no bundle has: ${visible(name)}.`);
      if (files.has(name)) throw strange(`The zip has two files of the name ${name}.`);
      if (entry.uncompressedSize > mostRatio * Math.max(entry.compressedSize, 10_000)) {
        throw strange(`${name} would unpack to over ${mostRatio} times its size: no bundle does.`);
      }
      const content = await opened.openReadStreamPromise(entry);
      files.set(name, Buffer.concat((await content.toArray()) as Buffer[]));
      onRead(entry.uncompressedSize);
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
  const files = new Map<string, Uint8Array>();
  let bytes = 0;
  let entries = 0;

  async function walk(within: string): Promise<void> {
    const found = await readdir(join(folder, within), { withFileTypes: true });
    entries += found.length;
    if (entries > mostFiles) throw tooLarge();
    if (found.length === 0 && within !== '') {
      throw strange(`The folder ${visible(within)} is empty: no bundle has one.`);
    }
    for (const entry of found) {
      const name = within === '' ? entry.name : `${within}/${entry.name}`;
      if (entry.isDirectory()) await walk(name);
      else if (entry.isFile()) {
        bytes += (await lstat(join(folder, name))).size;
        if (bytes > mostBytes) throw tooLarge();
        files.set(name, await readFile(join(folder, name)));
      } else {
        throw strange(`${visible(name)} is no file but a link or a device: no bundle has one.`);
      }
    }
  }

  try {
    await walk('');
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'file-failed',
      `The folder could not be read: ${(error as Error).message}`,
      {},
      { cause: error },
    );
  }
  return files;
}

function strange(what: string): AppError {
  return new AppError('bad-request', what);
}

export function tooLarge(): AppError {
  return new AppError('limit-exceeded', 'This is larger than any bundle: it was not unpacked.');
}

function visible(text: string): string {
  return text.replaceAll(/\p{Cc}|\p{Cf}/gu, '\uFFFD').slice(0, 100);
}
