import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { CreateAliasCommand, DisableKeyCommand } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { runCli, startCli } from '../cli/runCli';
import { flipBit, openWorkbench, region, type Workbench } from './workbench';

async function openShell() {
  const bench = await openWorkbench();
  const key = await bench.newKey();
  await bench
    .kms()
    .send(new CreateAliasCommand({ AliasName: 'alias/files', TargetKeyId: key.keyId }));
  const dataDir = temporaryFolder();
  const env = environmentOf(bench);
  const scope = ['--region', region, '--endpoint-url', bench.practice.endpoint];
  const run = (...args: string[]) => runCli(dataDir, ['envelope', ...args, ...scope], env);
  return { bench, key, dataDir, env, scope, run };
}

function environmentOf({ practice }: Workbench) {
  return {
    AWS_ACCESS_KEY_ID: practice.accessKeyId,
    AWS_SECRET_ACCESS_KEY: practice.secretAccessKey,
  };
}

describe('claviger envelope', () => {
  it('seals, inspects, verifies, proves, re-keys and opens', async () => {
    const { bench, key, run } = await openShell();
    const file = join(bench.folder, 'record');
    writeFileSync(file, 'Sensitive PII record #48291');
    const sealed = await run(
      'encrypt',
      file,
      '--key',
      'alias/files',
      '--context',
      'purpose=test',
      '--json',
    );
    expect(sealed).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(sealed.stdout)).toMatchObject({
      format: 'claviger-envelope/1',
      done: 1,
      failed: 0,
      items: [{ name: 'record', state: 'done', format: 'simple', keys: [{ keyArn: key.arn }] }],
    });
    const envelope = `${file}.envelope.json`;
    const inspected = await run('inspect', envelope, '--json');
    expect(inspected.code).toBe(2); // it asks no account: it takes no --region
    expect((await run('verify', envelope)).stdout).toMatch(/^Opens {2}record\.envelope\.json\n/);
    const proved = await run('prove', envelope, '--json', '--sha256', '0'.repeat(64));
    expect(proved.code).toBe(1);
    expect(JSON.parse(proved.stdout)).toMatchObject({
      proof: { equal: false, material: 'current' },
    });

    const to = await bench.newKey();
    expect(await run('rekey', envelope, '--to', to.arn, '--replace')).toMatchObject({ code: 0 });
    const out = join(bench.folder, 'out.txt');
    expect(await run('decrypt', envelope, '--out', out)).toMatchObject({ code: 0 });
    expect(readFileSync(out, 'utf8')).toBe('Sensitive PII record #48291');
  });

  it('takes and gives pipes', async () => {
    const { bench, dataDir, env, scope } = await openShell();
    const content = randomBytes(3_000_000);
    const file = join(bench.folder, 'piped.esdk');
    const pipe = async (args: string[], input: Uint8Array) => {
      const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
      const child = spawn(process.execPath, [cli, 'envelope', ...args, ...scope], {
        env: { PATH: process.env['PATH'], HOME: dataDir, CLAVIGER_DATA_DIR: dataDir, ...env },
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      child.stdin.end(input);
      const [output, [code]] = await Promise.all([
        buffer(child.stdout),
        once(child, 'close') as Promise<[number]>,
      ]);
      return { output, code };
    };
    const sealed = await pipe(['encrypt', '-', '--key', 'alias/files', '--out', '-'], content);
    expect(sealed.code).toBe(0);
    expect(sealed.output.includes(content.subarray(0, 64))).toBe(false);
    const opened = await pipe(['decrypt', '-', '--out', '-'], sealed.output);
    expect(opened).toMatchObject({ code: 0 });
    expect(opened.output.equals(content)).toBe(true);
    const cut = await pipe(['decrypt', '-', '--out', file], sealed.output.subarray(0, -1));
    expect(cut.code).toBe(1);
    expect(readdirSync(bench.folder)).toEqual([]);
  });

  it('ends with 1 for an altered envelope, with 3 where the key could not be asked', async () => {
    const { bench, key, dataDir, scope, run } = await openShell();
    const file = join(bench.folder, 'record');
    writeFileSync(file, 'content');
    await run('encrypt', file, '--key', 'alias/files');
    const envelope = `${file}.envelope.json`;
    const other = await runCli(dataDir, ['envelope', 'verify', envelope, ...scope], {
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wrong',
    });
    expect(other).toMatchObject({ code: 3, stdout: '' });
    await bench.kms().send(new DisableKeyCommand({ KeyId: key.arn }));
    expect(await run('verify', envelope)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/is disabled/) as string,
    });
    flipBit(envelope, 200);
    const altered = await run('verify', envelope, '--json');
    expect(altered.code).toBe(1);
    expect(JSON.parse(altered.stdout)).toMatchObject({
      failed: 1,
      items: [{ state: 'failed', error: { code: 'not-authentic' } }],
    });
  });

  it.each([
    [['encrypt', 'x'], /Name a key with --key/],
    [['encrypt', '--key', 'k'], /Name a file, a folder, or -/],
    [['encrypt', 'x', '--key', 'k', '--format', 'zip'], /--format takes simple, esdk or auto/],
    [['encrypt', 'x', '--key', 'k', '--context', 'novalue'], /--context takes NAME=VALUE/],
    [['rekey', 'x', '--to', 'k'], /Name an --out, or --replace/],
    [['prove', 'x', '--sha256', 'abc'], /--sha256 takes 64 hexadecimal digits/],
    [['measure', '--key', 'k', '--records', '1'], /--records takes a whole number from 10 to 2000/],
  ])('%j is wrong usage', async (args, sentence) => {
    const { code, stdout, stderr } = await runCli(temporaryFolder(), ['envelope', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
  });
});

describe('a process that is interrupted while it works', () => {
  it('leaves nothing and ends with 130', async () => {
    const { bench, key, dataDir, env, scope } = await openShell();
    const source = join(bench.folder, 'large');
    writeFileSync(source, randomBytes(192 * 1024 * 1024));
    const folder = join(bench.folder, 'out');
    mkdirSync(folder);
    const child = startCli(
      dataDir,
      ['envelope', 'encrypt', source, '--key', key.arn, '--out', folder, ...scope],
      env,
    );
    const closed = once(child, 'close') as Promise<[number | null]>;
    await changes(folder, 2, closed);
    child.kill('SIGINT');
    const [code] = await closed;
    expect(code).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
    expect(readdirSync(join(dataDir, 'envelope-parts'))).toEqual([]);
  });
});

describe('a process that is killed while it works', () => {
  it('leaves the whole result or nothing, and what it left unfinished the next one removes', async () => {
    const { bench, key, dataDir, env, scope, run } = await openShell();
    const source = join(bench.folder, 'large');
    const content = randomBytes(96 * 1024 * 1024);
    writeFileSync(source, content);
    let whole = 0;
    let unfinished = 0;
    for (const [index, parts] of [1, 2, 3, 5, 8, 13, 21, 34].entries()) {
      const folder = join(bench.folder, `out-${index}`);
      mkdirSync(folder);
      const out = join(folder, 'large.esdk');
      const child = startCli(
        dataDir,
        ['envelope', 'encrypt', source, '--key', key.arn, '--out', out, ...scope],
        env,
      );
      const closed = once(child, 'close');
      // After so many changes of the folder: anywhere from its first byte to its end.
      await changes(folder, parts, closed);
      child.kill('SIGKILL');
      await closed;
      for (const name of readdirSync(folder)) {
        if (name === 'large.esdk') whole += 1;
        else {
          expect(name).toMatch(/^\.[0-9a-f]{8}\.[0-9a-f]{12}\.part$/);
          unfinished += 1;
        }
      }
    }
    expect(unfinished + whole).toBeGreaterThan(0);
    const folder = join(bench.folder, 'after');
    mkdirSync(folder);
    expect(await run('encrypt', source, '--key', key.arn, '--out', folder)).toMatchObject({
      code: 0,
    });
    const left = readdirSync(bench.folder)
      .filter((name) => name.startsWith('out-'))
      .flatMap((name) => readdirSync(join(bench.folder, name)).map((file) => join(name, file)));
    for (const file of left) {
      expect(file).toMatch(/large\.esdk$/);
      expect(await run('verify', join(bench.folder, file))).toMatchObject({ code: 0 });
    }
    expect(left).toHaveLength(whole);
  });
});

/** Resolves when the files of a folder have grown so often, or when `ended` does. */
async function changes(folder: string, count: number, ended: Promise<unknown>): Promise<void> {
  const { watch } = await import('node:fs');
  const watcher = watch(folder);
  try {
    let seen = 0;
    await Promise.race([
      ended,
      new Promise<void>((resolve) => {
        watcher.on('change', () => {
          seen += 1;
          if (seen >= count) resolve();
        });
      }),
    ]);
  } finally {
    watcher.close();
  }
}
