// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand } from './npm.mjs';

/**
 * Whether node_modules holds exactly what the lock file says, for this machine.
 * @param {string} root The checkout.
 */
export function isInstalled(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  // npm writes this one last, so it is missing after a cut install.
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = present[path];
    if (!found) return entry.optional === true && !isMadeForThisMachine(entry);
    return (
      found.version === entry.version &&
      found.integrity === entry.integrity &&
      existsSync(join(root, path, 'package.json'))
    );
  });
}

/**
 * Installs what the lock file says, with npm's own settings of the checkout (.npmrc), into an empty
 * node_modules: a package that an earlier install unpacked halfway would otherwise be taken for complete.
 * Not `npm ci`: it refuses a lock file without the packages of every other platform, and a registry
 * that does not carry them (a company's mirror) cannot write any other.
 * @param {string} root
 * @returns {Promise<void>}
 */
export function install(root) {
  rmSync(join(root, 'node_modules'), { recursive: true, force: true });
  const npm = npmCommand(process.env, process.execPath);
  const child = spawn(npm.command, [...npm.args, 'install', '--no-save', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else {
        reject(
          new Error(
            'npm could not install the packages that the program is built from. Check the network, ' +
              "npm's registry setting (npm ping) and the space on the disk, then start again.",
          ),
        );
      }
    });
  });
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockEntry
 * @param {string} file
 * @returns {Record<string, LockEntry>}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

/**
 * Whether an optional package names this platform, so that something here needs it.
 * @param {LockEntry} entry
 */
function isMadeForThisMachine({ os, cpu, libc }) {
  const named = os !== undefined || cpu !== undefined;
  return (
    named && allows(os, process.platform) && allows(cpu, process.arch) && allows(libc, libcHere())
  );
}

/**
 * @param {string[] | undefined} list Names, or names with `!` for what is excluded.
 * @param {string | undefined} name
 */
function allows(list, name) {
  if (!list || name === undefined) return true;
  if (list.includes(`!${name}`)) return false;
  return list.includes(name) || list.every((item) => item.startsWith('!'));
}

function libcHere() {
  if (process.platform !== 'linux') return undefined;
  /** @type {any} */
  const report = process.report.getReport();
  return report.header.glibcVersionRuntime ? 'glibc' : 'musl';
}
