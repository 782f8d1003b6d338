import { expect, test } from 'vitest';
import {
  ensureDebianPackages,
  missingLibraries,
  type Run,
} from '../../../electron/launch/debianPackages';
import { recordingReport } from './temporary';

/** A machine on which some packages are installed and some can be had; remembers what apt-get was told. */
function machine(options: { installed: string[]; known?: string[]; aptWorks?: boolean[] }) {
  const calls: string[] = [];
  const aptWorks = [...(options.aptWorks ?? [])];
  const run: Run = (command, args) => {
    if (command === 'dpkg-query' && args[0] === '-W') {
      return {
        status: 1, // as dpkg-query ends when one name is unknown
        stdout: options.installed.map((name) => `${name}:amd64 installed\n`).join(''),
      };
    }
    if (command === 'apt-cache') {
      const name = args.at(-1) ?? '';
      const known = options.known ?? [name];
      return { status: 0, stdout: known.includes(name) ? `Package: ${name}\n` : '' };
    }
    if (command === 'apt-get') {
      calls.push(args.join(' '));
      return { status: (aptWorks.shift() ?? true) ? 0 : 100, stdout: '' };
    }
    return { status: 0, stdout: '' };
  };
  return { run, calls };
}

const display = ['display'] as const;

test('nothing is installed where nothing is missing', () => {
  const { run, calls } = machine({ installed: ['xvfb', 'xauth'] });
  const report = recordingReport();
  expect(ensureDebianPackages({ groups: display, report, isRoot: true, run })).toBe(true);
  expect(calls).toEqual([]);
  expect(report.lines).toEqual([]);
});

test('root installs what is missing and only that', () => {
  const { run, calls } = machine({ installed: ['xauth'] });
  const report = recordingReport();
  expect(ensureDebianPackages({ groups: display, report, isRoot: true, run })).toBe(true);
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatch(/install xvfb$/);
});

test('package lists are fetched where the first try fails', () => {
  const { run, calls } = machine({ installed: [], aptWorks: [false, true, true] });
  const options = { groups: display, report: recordingReport(), isRoot: true, run };
  expect(ensureDebianPackages(options)).toBe(true);
  expect(calls[1]).toContain('update');
  expect(calls).toHaveLength(3);
});

test('an installation that fails is not called a success', () => {
  const { run } = machine({ installed: [], aptWorks: [false, true, false] });
  const options = { groups: display, report: recordingReport(), isRoot: true, run };
  expect(ensureDebianPackages(options)).toBe(false);
});

test('others are told the command in one sentence', () => {
  const { run, calls } = machine({ installed: [] });
  const report = recordingReport();
  expect(ensureDebianPackages({ groups: display, report, isRoot: false, run })).toBe(false);
  expect(calls).toEqual([]);
  expect(report.lines).toEqual([
    'Debian packages are missing; install them with: sudo apt-get install xvfb xauth',
  ]);
});

test('either name of a package that Debian renamed will do, and the one that apt knows is installed', () => {
  const all = ['libnss3', 'libgbm1', 'libxss1', 'libsecret-1-0', 'xdg-utils', 'dbus-x11'];
  const { run, calls } = machine({
    installed: [...all, 'libasound2', 'libgtk-3-0t64'],
    known: ['libatk-bridge2.0-0'],
  });
  const report = recordingReport();
  ensureDebianPackages({ groups: ['window'], report, isRoot: true, run });
  expect(calls[0]).toMatch(/install libatk-bridge2\.0-0$/);
});

test('a system without dpkg is left alone', () => {
  const run: Run = () => ({ status: null, stdout: '' });
  const report = recordingReport();
  expect(ensureDebianPackages({ groups: display, report, isRoot: true, run })).toBe(true);
});

test.runIf(process.platform === 'linux')('missing shared libraries are named', () => {
  const run: Run = () => ({
    status: 0,
    stdout: '\tlibc.so.6 => /lib/libc.so.6 (0x1)\n\tlibnss3.so => not found\n',
  });
  expect(missingLibraries(process.execPath, run)).toEqual(['libnss3.so']);
  expect(missingLibraries(process.execPath)).toEqual([]);
});
