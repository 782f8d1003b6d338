import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drillCommands } from '../../../electron/drills/command';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { runInProcess } from '../cli/runInProcess';

const drill = (dataDir: string, ...args: string[]) =>
  runInProcess(drillCommands, ['drill', ...args], dataDir);

describe('claviger drill', () => {
  it('rehearses, lists, exports and verifies', { timeout: 300_000 }, async () => {
    const dataDir = temporaryFolder();
    const bundle = join(dataDir, 'bundle.zip');
    const run = ['run', 'break-glass', '--practice', '--auto', '--output', bundle, '--json'];
    const ran = await drill(dataDir, ...run);
    const { drill: done, outcome } = JSON.parse(ran.stdout) as {
      drill: { id: string };
      outcome: { result: string };
    };
    expect([ran.code, outcome.result]).toEqual([0, 'passed']);
    expect(ran.stderr).toContain('opened the canary');

    const listed = await drill(dataDir, 'list', '--json');
    expect(JSON.parse(listed.stdout)).toMatchObject([
      { id: done.id, state: 'closed', result: 'passed', practice: true, signatures: 2 },
    ]);
    const exported = join(dataDir, 'again.zip');
    expect((await drill(dataDir, 'export', done.id, '--output', exported)).code).toBe(0);
    expect(readFileSync(exported)).toEqual(readFileSync(bundle));

    const good = await drill(dataDir, 'verify', bundle, '--json');
    expect([good.code, JSON.parse(good.stdout)]).toMatchObject([0, { ok: true, drill: done.id }]);
    const other = await drill(dataDir, 'verify', bundle, '--key', 'ab'.repeat(32));
    expect(other).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Not signed by') as string,
    });
    const bytes = readFileSync(bundle);
    const at = bytes.indexOf('claviger-drill/1');
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(bundle, bytes);
    const bad = await drill(dataDir, 'verify', bundle);
    expect(bad.code).toBe(1);
    expect(bad.stdout + bad.stderr).toMatch(/NOT as it was signed|damaged/);
  });

  it('says what is wrong with a command, and leaves nothing behind', async () => {
    const dataDir = temporaryFolder();
    const real = await drill(dataDir, 'run', 'quarterly');
    expect(real).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--practice --auto') as string,
    });
    const fault = await drill(
      dataDir,
      'run',
      'quarterly',
      '--practice',
      '--auto',
      '--fault',
      'rain',
    );
    expect(fault).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no fault rain') as string,
    });
    const talk = await drill(dataDir, 'run', 'compromise', '--practice', '--auto');
    expect(talk).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('rests on what people do') as string,
    });
    const none = await drill(dataDir, 'verify', join(dataDir, 'no.zip'));
    expect(none).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no file') as string,
    });
    writeFileSync(join(dataDir, 'text.zip'), 'no zip at all');
    const text = await drill(dataDir, 'verify', join(dataDir, 'text.zip'));
    expect(text).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no zip file') as string,
    });
    const gone = await drill(dataDir, 'export', 'drill-none', '--output', join(dataDir, 'x.zip'));
    expect(gone).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no such drill') as string,
    });
    expect(existsSync(join(dataDir, 'x.zip'))).toBe(false);
  });
});
