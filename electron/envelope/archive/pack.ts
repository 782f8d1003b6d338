import type { Stats } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pack as createPack, type Pack } from 'tar-stream';
import { AppError } from '../../../shared/model/errors';
import { openFile, readError } from '../work/readFile';
import type { Hands } from '../work/types';
import { archiveMark } from './mark';

export interface PackedFacts {
  /** Plain files that went in. */
  files: number;
}

/**
 * A file or folder as a tar archive (POSIX pax), in pieces, in the order of names so that equal folders
 * make equal archives but for times. Owners are left out: they mean nothing elsewhere. Links go in as
 * links and are not followed. Throws AppError for what an archive cannot hold.
 */
export async function* packArchive(
  path: string,
  hands: Pick<Hands, 'signal' | 'progress' | 'gate'>,
  facts: PackedFacts,
): AsyncGenerator<Buffer> {
  const pack = createPack();
  const done = add(pack, path, basename(path), hands, facts, true).then(
    () => pack.finalize(),
    (error: unknown) => pack.destroy(error as Error),
  );
  try {
    for await (const piece of pack) yield Buffer.from(piece as Uint8Array);
  } finally {
    pack.destroy();
    await done;
  }
}

async function add(
  pack: Pack,
  path: string,
  name: string,
  hands: Pick<Hands, 'signal' | 'progress' | 'gate'>,
  facts: PackedFacts,
  first: boolean,
): Promise<void> {
  const stats = await lstat(path).catch((error: unknown) => {
    throw readError(path, error);
  });
  const header = {
    name,
    mode: stats.mode & 0o777,
    mtime: new Date(Math.floor(stats.mtimeMs / 1000) * 1000),
    ...(first && { pax: { [archiveMark.name]: archiveMark.value } }),
  };
  if (stats.isDirectory()) {
    await entry(pack, { ...header, name: `${name}/`, type: 'directory' });
    const names = await readdir(path).catch((error: unknown) => {
      throw readError(path, error);
    });
    for (const child of names.sort()) {
      await add(pack, join(path, child), `${name}/${child}`, hands, facts, false);
    }
  } else if (stats.isSymbolicLink()) {
    await entry(pack, { ...header, type: 'symlink', linkname: await readlink(path) });
  } else if (stats.isFile()) {
    facts.files += 1;
    await addFile(pack, path, header, hands);
  } else {
    throw new AppError(
      'bad-request',
      `${name} is a ${kindOf(stats)}, which an archive cannot hold. Leave it out.`,
    );
  }
}

async function addFile(
  pack: Pack,
  path: string,
  header: { name: string; mode: number; mtime: Date },
  hands: Pick<Hands, 'signal' | 'progress' | 'gate'>,
): Promise<void> {
  const file = await openFile(path);
  try {
    let failed: unknown;
    const sink = pack.entry({ ...header, type: 'file', size: file.bytes }, (error) => {
      failed = error;
    });
    for await (const piece of file.read(hands)) {
      if (!sink.write(piece)) await settled(sink, 'drain');
      if (failed) throw failed;
    }
    sink.end(undefined);
    await settled(sink, 'close');
    if (failed) throw failed;
  } finally {
    await file.close();
  }
}

function entry(pack: Pack, header: Parameters<Pack['entry']>[0]): Promise<void> {
  return new Promise((resolve, reject) => {
    pack.entry(header, (error) => (error ? reject(error) : resolve())).end(undefined);
  });
}

/** Waits for an event, or for the stream's end where it comes first. */
function settled(
  stream: { once(event: string, listener: () => void): unknown; destroyed: boolean },
  event: string,
): Promise<void> {
  if (stream.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    stream.once(event, resolve);
    stream.once('close', resolve);
  });
}

function kindOf(stats: Stats): string {
  if (stats.isSocket()) return 'socket';
  if (stats.isFIFO()) return 'pipe';
  return 'device';
}
