import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Files } from '../../../electron/drills/bundle/sums';

const execute = promisify(execFile);

/** Runs every block of commands in a bundle's VERIFY.md, as it stands there; gives those that did not end well. */
export async function failingCommands(folder: string, verifyMd?: string): Promise<string[]> {
  const text = verifyMd ?? readFileSync(join(folder, 'VERIFY.md'), 'utf8');
  const blocks = [...text.matchAll(/```sh\n(.*?)\n```/gs)].map(([, commands = '']) => commands);
  if (blocks.length < 6) throw new Error(`VERIFY.md has ${blocks.length} blocks of commands`);
  const failing: string[] = [];
  for (const commands of blocks) {
    await execute('sh', ['-c', commands], { cwd: folder }).catch(() => failing.push(commands));
  }
  return failing;
}

/** The files of a bundle in a folder, as unzip puts them there. */
export function unpackInto(folder: string, files: Files): string {
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}
