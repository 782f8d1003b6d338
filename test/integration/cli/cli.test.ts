import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { version } from '../../../package.json';
import { openDatabase } from '../../../electron/store/index';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { runCli, startCli } from './runCli';

const listOneRegion = ['keys', 'list', '--practice', '--region', 'eu-west-1', '--json'];

describe('claviger', () => {
  it('tells its version and its commands', async () => {
    const dataDir = temporaryFolder();
    expect(await runCli(dataDir, ['--version'])).toEqual({
      code: 0,
      stdout: `claviger ${version}\n`,
      stderr: '',
    });
    const help = await runCli(dataDir, ['--help']);
    expect(help.code).toBe(0);
    for (const name of ['keys list', 'journal list', 'journal verify', 'practice']) {
      expect(help.stdout).toContain(name);
    }
  });

  it.each([
    [[], /Usage: claviger/],
    [['nonsense'], /there is no command "nonsense"/],
    [['journal'], /It has: journal list, journal verify/],
    [['journal', 'burn'], /there is no command "journal burn"/],
    [
      ['journal', 'verify', '--hed'],
      /Unknown option '--hed'\.\nSee: claviger journal verify --help/,
    ],
    [['journal', 'verify', '--head', 'xyz'], /64 hexadecimal digits/],
    [['journal', 'verify', 'extra'], /Unexpected argument 'extra'/],
    [['journal', 'list', '--limit', 'many'], /--limit takes a whole number/],
    [['--json'], /there is no command/],
  ])('%j is wrong usage: a sentence and exit code 2', async (args, sentence) => {
    const { code, stdout, stderr } = await runCli(temporaryFolder(), args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('shows the help of one command', async () => {
    const { code, stdout } = await runCli(temporaryFolder(), ['journal', 'verify', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: claviger journal verify [options]');
  });

  it('gives an error as a sentence, under --json as one line, and exit code 1', async () => {
    const dataDir = join(temporaryFolder(), 'file');
    writeFileSync(dataDir, '');
    const plain = await runCli(dataDir, ['journal', 'list']);
    expect(plain).toMatchObject({ code: 1, stdout: '' });
    expect(plain.stderr).toMatch(/^claviger: .*data folder.*\.\n$/);
    const json = await runCli(dataDir, ['journal', 'list', '--json']);
    expect(json).toMatchObject({ code: 1, stdout: '' });
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { code: 'file-failed' } });
  });

  it('does not mind a reader that leaves early', async () => {
    const child = startCli(temporaryFolder(), ['journal', 'list', '--json']);
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    await once(child, 'close');
    expect(stderr).toBe('');
  });
});

describe('claviger journal', () => {
  it('verifies a whole chain with exit code 0 and a broken one with exit code 1', async () => {
    const dataDir = temporaryFolder();
    expect(await runCli(dataDir, listOneRegion)).toMatchObject({
      code: 0,
    });
    const listed = await runCli(dataDir, ['journal', 'list', '--json']);
    expect(JSON.parse(listed.stdout)).toMatchObject({
      total: 1,
      entries: [{ seq: 1, kind: 'action', what: 'keys.refresh', outcome: 'ok' }],
    });
    const whole = await runCli(dataDir, ['journal', 'verify', '--json']);
    const { headHash } = JSON.parse(whole.stdout) as { headHash: string };
    expect(whole).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(whole.stdout)).toEqual({
      ok: true,
      entries: 1,
      headHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await runCli(dataDir, ['journal', 'verify', '--head', headHash])).code).toBe(0);
    expect((await runCli(dataDir, ['journal', 'verify', '--head', 'f'.repeat(64)])).code).toBe(1);

    const db = openDatabase(join(dataDir, 'claviger.db'));
    db.exec("DROP TRIGGER journal_no_update; UPDATE journal SET body = replace(body, 'ok', 'no')");
    db.close();
    const broken = await runCli(dataDir, ['journal', 'verify']);
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(/^NOT IN ORDER at entry 1: .*altered/);
  });

  it('stays one chain when several processes write at once', async () => {
    const dataDir = temporaryFolder();
    const lists = Array.from({ length: 3 }, () => runCli(dataDir, listOneRegion));
    const verifies = Array.from({ length: 2 }, () => runCli(dataDir, ['journal', 'verify']));
    const ended = await Promise.all([...lists, ...verifies]);
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
    const { stdout } = await runCli(dataDir, ['journal', 'verify', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, entries: 3 });
  });

  it('tells of a database that was set aside, and goes on', async () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'claviger.db'), 'rubbish');
    const { code, stdout, stderr } = await runCli(dataDir, ['journal', 'list', '--json']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^claviger: The database was damaged\./);
    expect(JSON.parse(stdout)).toMatchObject({ entries: [{ what: 'program.repair' }] });
  });
});
