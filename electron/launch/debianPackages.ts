import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import packages from './debianPackages.json';
import type { Report } from './report';

/** `window`: what Electron needs; `display`: a screen in memory; `tests`: independent AWS clients and the like. */
export type PackageGroup = keyof typeof packages;

/** Runs a program to its end; null status where it could not be run. */
export type Run = (
  command: string,
  args: readonly string[],
  show?: boolean,
) => { status: number | null; stdout: string };

export interface DebianOptions {
  readonly groups: readonly PackageGroup[];
  readonly report: Report;
  readonly isRoot: boolean;
  readonly run?: Run;
}

/**
 * Sees to it that Debian packages are there: root installs what is missing, others are told the command.
 * Gives true where nothing is missing any more, or where this is no Debian and nothing can be said.
 */
export function ensureDebianPackages(options: DebianOptions): boolean {
  const { groups, report, isRoot, run = runProgram } = options;
  if (run('dpkg-query', ['--version']).status !== 0) return true;
  const wanted = groups.flatMap((group) => packages[group]);
  const missing = missingOf(wanted, run);
  if (missing.length === 0) return true;
  if (!isRoot) {
    const names = missing.map((alternatives) => availableName(alternatives, run));
    report.line(
      `Debian packages are missing; install them with: sudo apt-get install ${names.join(' ')}`,
    );
    return false;
  }
  const namesNow = () => missing.map((alternatives) => availableName(alternatives, run));
  report.line(`Installing Debian packages: ${namesNow().join(' ')} ...`);
  const install = () =>
    run('apt-get', [...aptOptions, 'install', ...namesNow()], true).status === 0;
  // A fresh image has no package lists; an old one has outdated ones.
  const done = install() || (run('apt-get', ['-qq', 'update'], true).status === 0 && install());
  if (!done) report.line('apt-get could not install them; its messages are above.');
  return done;
}

const aptOptions = ['-qq', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120'];

/** @returns the entries of the list of which no alternative is installed */
function missingOf(wanted: readonly string[], run: Run): string[] {
  const names = wanted.flatMap(alternativesOf);
  const format = '-f=${binary:Package} ${db:Status-Status}\\n';
  const installed = new Set(
    run('dpkg-query', ['-W', format, ...names])
      .stdout.split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(/[ :]/)[0]),
  );
  return wanted.filter((entry) => !alternativesOf(entry).some((name) => installed.has(name)));
}

/** The first alternative that apt knows: names changed between Debian 12 and 13. */
function availableName(entry: string, run: Run): string {
  const alternatives = alternativesOf(entry);
  const known = alternatives.find((name) => {
    return run('apt-cache', ['show', '--no-all-versions', name]).stdout.includes('Package:');
  });
  return known ?? alternatives.at(-1) ?? entry;
}

function alternativesOf(entry: string): string[] {
  return entry.split(' | ');
}

/** The shared libraries that an executable needs and that this Linux does not have; for systems without dpkg. */
export function missingLibraries(executable: string, run: Run = runProgram): string[] {
  if (process.platform !== 'linux' || !existsSync(executable)) return [];
  return [...run('ldd', [executable]).stdout.matchAll(/^\s*(\S+) => not found$/gm)].map(
    ([, name]) => name ?? '',
  );
}

const runProgram: Run = (command, args, show = false) => {
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    stdio: ['ignore', show ? 'ignore' : 'pipe', show ? 'inherit' : 'ignore'],
  });
  return { status: result.status, stdout: result.stdout ?? '' };
};
