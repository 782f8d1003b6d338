import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readZip } from '../../../electron/drills/bundle/read';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { runCli, startCli, type Ended } from '../cli/runCli';
import { cycloneDx, ocsfFinding } from './schemas';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The folder of the Electron that `npm start` takes. */
function electronFolder(): string {
  const known = process.env['CLAVIGER_TEST_RUNTIME'];
  const launcher = join(root, 'dist/launch/runtime.js');
  return dirname(
    known ?? execFileSync(process.execPath, [launcher], { encoding: 'utf8', cwd: root }).trim(),
  );
}

interface Listed {
  readonly groups: readonly { readonly id: string }[];
  readonly checks: readonly {
    readonly group: string;
    readonly verdict: { readonly value: string };
    readonly requirements: Readonly<Record<string, readonly string[]>>;
  }[];
  readonly counts: Readonly<Record<string, number>>;
}

describe('claviger readiness, as it is built', () => {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-test-'));
  const dataDir = join(folder, 'data');
  const out = join(folder, 'out');
  const file = (name: string) => join(out, name);
  let practice: ReturnType<typeof startCli>;
  let env: Record<string, string>;
  let account: string[];

  beforeAll(async () => {
    mkdirSync(out);
    practice = startCli(folder, ['practice', '--seed', 'company']);
    const [line] = (await once(practice.stdout, 'data')) as [Buffer];
    const told = JSON.parse(line.toString()) as Record<string, string>;
    env = {
      AWS_ACCESS_KEY_ID: told['accessKeyId'] ?? '',
      AWS_SECRET_ACCESS_KEY: told['secretAccessKey'] ?? '',
      ELECTRON_OVERRIDE_DIST_PATH: electronFolder(),
    };
    account = ['--endpoint-url', told['endpoint'] ?? ''];
  });
  afterAll(async () => {
    const ended = once(practice, 'close');
    practice.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (...args: readonly string[]): Promise<Ended> =>
    runCli(dataDir, ['readiness', ...account, ...args], env);

  describe('with every report at once', () => {
    const formats = ['pdf', 'html', 'csv', 'report', 'ocsf', 'cbom', 'pack'] as const;
    let ended: Ended;
    let report: {
      readonly checks: readonly {
        readonly id: string;
        readonly items: readonly {
          readonly subject: { readonly id: string };
          readonly sha256: readonly string[];
        }[];
      }[];
    };
    const things = () => report.checks.flatMap(({ items }) => items);

    beforeAll(async () => {
      const files = formats.flatMap((format) => [`--${format}`, file(format)]);
      ended = await run('--region', 'eu-west-1', '--group', 'keys', '--group', 'people', '--framework', 'pci', '--json', ...files); // prettier-ignore
      report = JSON.parse(readFileSync(file('report'), 'utf8')) as typeof report;
    });

    it('ends with 1, as a check fails, and stdout has the checklist alone', () => {
      expect(ended.code, ended.stderr).toBe(1);
      const { groups, checks, counts } = JSON.parse(ended.stdout) as Listed;
      expect(groups.map(({ id }) => id)).toEqual(['keys', 'people']);
      expect(checks.every(({ requirements }) => Object.keys(requirements).join() === 'pci')).toBe(
        true,
      );
      expect(counts['fail']).toBeGreaterThan(0);
    });

    it('tells of each file with its hash, and the journal has the same', async () => {
      const { stdout } = await runCli(dataDir, ['journal', 'list', '--json', '--limit', '50']);
      for (const format of formats) {
        const [sum = ''] = execFileSync('sha256sum', [file(format)], { encoding: 'utf8' }).split(
          ' ',
        );
        expect(ended.stderr).toContain(`Written: ${file(format)}, SHA-256 ${sum}\n`);
        expect(stdout).toContain(sum);
      }
      expect(readdirSync(out).toSorted()).toEqual([...formats].toSorted());
    });

    it('the PDF is tagged, and has every thing with its hash', () => {
      const text = execFileSync('pdftotext', ['-raw', file('pdf'), '-'], {
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
      }).replaceAll(/\s/g, '');
      expect(things().length).toBeGreaterThan(50);
      const wanted = things().flatMap(({ subject, sha256 }) => [subject.id, ...sha256]);
      const missing = wanted.filter((one) => !text.includes(one.replaceAll(/\s/g, '')));
      expect(missing).toEqual([]);
      expect(readFileSync(file('pdf')).includes('/Marked true')).toBe(true);
    });

    it('the web page and the CSV have the same things', () => {
      const html = readFileSync(file('html'), 'utf8');
      for (const hash of things().flatMap(({ sha256 }) => sha256)) expect(html).toContain(hash);
      const records: Record<string, string>[] = parse(readFileSync(file('csv')), { columns: true });
      const without = report.checks.filter(({ items }) => items.length === 0).length;
      expect(records).toHaveLength(things().length + without);
    });

    it('OCSF findings and the CycloneDX bill of materials are valid', () => {
      const finding = ocsfFinding();
      const findings = JSON.parse(readFileSync(file('ocsf'), 'utf8')) as unknown[];
      expect(findings.length).toBeGreaterThanOrEqual(things().length);
      for (const one of findings) expect(finding(one), JSON.stringify(finding.errors)).toBe(true);
      const bom = cycloneDx();
      const valid = bom(JSON.parse(readFileSync(file('cbom'), 'utf8')));
      expect(valid, JSON.stringify(bom.errors?.slice(0, 3))).toBe(true);
    });

    it('sha256sum finds every file of the pack as its manifest says', async () => {
      const unpacked = temporaryFolder();
      for (const [name, bytes] of await readZip(readFileSync(file('pack')))) {
        mkdirSync(dirname(join(unpacked, name)), { recursive: true });
        writeFileSync(join(unpacked, name), bytes);
      }
      const cwd = join(unpacked, 'readiness-pack');
      const checked = execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], {
        cwd,
        encoding: 'utf8',
      });
      const evidence = readdirSync(join(cwd, 'evidence'));
      for (const name of evidence) expect(checked).toContain(`evidence/${name}: OK`);
      for (const hash of new Set(things().flatMap(({ sha256 }) => sha256))) {
        expect(evidence).toContain(`${hash}.json`);
      }
    });
  });

  it('ends with 0 where every check passes or does not apply', async () => {
    const empty = startCli(folder, ['practice', '--seed', 'empty']);
    const [line] = (await once(empty.stdout, 'data')) as [Buffer];
    const told = JSON.parse(line.toString()) as Record<string, string>;
    const { code, stdout, stderr } = await runCli(
      join(folder, 'empty'),
      [
        'readiness',
        '--endpoint-url',
        told['endpoint'] ?? '',
        '--region',
        'eu-west-1',
        '--group',
        'certificates',
        '--json',
      ],
      {
        AWS_ACCESS_KEY_ID: told['accessKeyId'] ?? '',
        AWS_SECRET_ACCESS_KEY: told['secretAccessKey'] ?? '',
      },
    );
    empty.kill('SIGTERM');
    const { checks } = JSON.parse(stdout) as Listed;
    expect(checks.length).toBeGreaterThan(10);
    for (const { verdict } of checks) expect(['pass', 'not-applicable']).toContain(verdict.value);
    expect(code, stderr).toBe(0);
  });

  it('ends with 2 where nothing fails and something cannot be told, and still writes its report', async () => {
    const { code, stdout, stderr } = await run('--region', 'eu-west-1', '--group', 'people', '--html', file('people.html')); // prettier-ignore
    expect(code, stderr).toBe(2);
    expect(stdout).toContain('Nobody has attested it yet.');
    expect(readFileSync(file('people.html'), 'utf8')).toContain('</html>');
  });

  it.each([
    [['--group', 'nonsense'], /There is no group nonsense/],
    [['--framework', 'nonsense'], /There is no framework nonsense/],
    [['--group', 'recovery', '--framework', 'cis'], /No check of this group speaks to CIS/],
    [['--pdf', ''], /A report needs the name of a file/],
    [['--pdf', 'same', '--html', './same'], /cannot both be written to \.\/same/],
    [['--nonsense'], /Unknown option '--nonsense'/],
  ])('%j is wrong usage: a sentence, exit code 3, and nothing was read', async (args, sentence) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(sentence);
  });

  it('an Electron that is not there is named before anything is read, with exit code 3', async () => {
    const { code, stdout, stderr } = await runCli(
      dataDir,
      ['readiness', ...account, '--region', 'eu-west-1', '--group', 'people', '--pdf', file('none.pdf')],
      { ...env, ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' },
    ); // prettier-ignore
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(
      /claviger: The PDF cannot be printed here: .*ELECTRON_OVERRIDE_DIST_PATH/,
    );
    expect(stderr).not.toContain('judging');
  });

  it('an Electron that cannot print leaves no half of a file, no folder, and exit code 3', async () => {
    const broken = temporaryFolder();
    writeFileSync(join(broken, 'electron'), '#!/bin/sh\necho "libgone.so: not found" >&2\nexit 127\n', { mode: 0o755 }); // prettier-ignore
    const temporary = temporaryFolder();
    const { code, stdout, stderr } = await runCli(
      dataDir,
      ['readiness', ...account, '--region', 'eu-west-1', '--group', 'people', '--pdf', file('none.pdf')],
      { ...env, ELECTRON_OVERRIDE_DIST_PATH: broken, TMPDIR: temporary },
    ); // prettier-ignore
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/could not print: libgone\.so: not found\./);
    expect(readdirSync(temporary)).toEqual([]);
    expect(readdirSync(out).filter((name) => name.includes('none'))).toEqual([]);
  });
});
