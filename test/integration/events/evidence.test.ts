import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { DigestReport } from '../../../shared/model/events/digestReport';
import { signedTrail, signingKey } from '../../unit/events/signedTrail';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { runCli } from '../cli/runCli';

type Trail = ReturnType<typeof signedTrail>;

function threeHours(): Trail {
  const trail = signedTrail();
  for (let n = 0; n < 3; n += 1) trail.hour(n);
  return trail;
}

/** The bucket as a folder, with what `aws s3api head-object` and `list-public-keys` say beside it. */
function copyOf(trail: Trail): { folder: string; keys: string } {
  const folder = temporaryFolder();
  for (const [key, { body, metadata }] of trail.objects) {
    mkdirSync(dirname(join(folder, key)), { recursive: true });
    writeFileSync(join(folder, key), body);
    if (metadata['signature'] === undefined) continue;
    writeFileSync(join(folder, `${key}.head.json`), JSON.stringify({ Metadata: metadata }));
  }
  const keys = join(temporaryFolder(), 'keys.json');
  const { fingerprint, value } = trail.signer.public;
  const Value = Buffer.from(value).toString('base64');
  writeFileSync(keys, JSON.stringify({ PublicKeyList: [{ Value, Fingerprint: fingerprint }] }));
  return { folder, keys };
}

/** Exports the evidence of a copy with the command line and unpacks it with Debian's unzip. */
async function evidenceOf({ folder, keys }: { folder: string; keys: string }) {
  const target = temporaryFolder();
  const zip = join(target, 'evidence.zip');
  const args = ['trail', 'validate', folder, '--public-keys', keys, '--evidence', zip, '--json'];
  const ended = await runCli(temporaryFolder(), args);
  const unzipped = await run('/usr/bin/unzip', ['-q', zip], target);
  expect(unzipped.output).toBe('');
  return {
    ended,
    report: JSON.parse(ended.stdout) as DigestReport,
    zip,
    folder: join(target, 'trail-evidence'),
  };
}

interface Ran {
  readonly code: number;
  readonly output: string;
}

function run(
  file: string,
  args: string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { cwd, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', ...env } };
    execFile(file, args, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
}

/** The commands of VERIFY.md, each as it stands there. */
function commandsOf(folder: string): string[] {
  const text = readFileSync(join(folder, 'VERIFY.md'), 'utf8');
  return [...text.matchAll(/```sh\n([^]*?)```/g)].map(([, command = '']) => command);
}

async function follow(commands: readonly string[], folder: string, copy = ''): Promise<Ran[]> {
  const ran: Ran[] = [];
  for (const command of commands) {
    ran.push(await run('/usr/bin/bash', ['--norc', '-c', command], folder, { COPY: copy }));
  }
  return ran;
}

const inOrder: Ran = { code: 0, output: '' };

describe('the evidence of a validation', () => {
  it('is accepted by openssl and sha256sum as VERIFY.md says, and hashes to what was told', async () => {
    const copy = copyOf(threeHours());
    const { ended, zip, folder, report } = await evidenceOf(copy);
    expect(ended.code).toBe(0);
    expect(report.verdict.value).toBe('pass');
    const hash = createHash('sha256').update(readFileSync(zip)).digest('hex');
    expect(ended.stderr).toContain(`SHA-256 ${hash}`);
    expect(statSync(zip).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toEqual(report);
    const commands = commandsOf(folder);
    expect(commands).toHaveLength(5);
    expect(await follow(commands, folder, copy.folder)).toEqual(commands.map(() => inOrder));
  });

  it('is refused after any one byte of it was changed', async () => {
    const { folder } = await evidenceOf(copyOf(threeHours()));
    const commands = commandsOf(folder).slice(0, 4);
    const files = (readdirSync(folder, { recursive: true }) as string[]).filter((name) =>
      statSync(join(folder, name)).isFile(),
    );
    expect(files.map((name) => name.replace(/\/.*/, ''))).toEqual(
      expect.arrayContaining(['digests', 'strings', 'signatures', 'keys', 'SHA256SUMS']),
    );
    for (const name of files) {
      const whole = readFileSync(join(folder, name));
      const changed = Buffer.from(whole);
      const at = Math.floor(whole.length / 2);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(join(folder, name), changed);
      const codes = (await follow(commands.slice(0, 1), folder)).map(({ code }) => code);
      expect(codes, name).not.toEqual([0]);
      writeFileSync(join(folder, name), whole);
    }
  }, 240_000);

  it('is refused by the signatures where someone has made the sums fit', async () => {
    const { folder } = await evidenceOf(copyOf(threeHours()));
    const commands = commandsOf(folder).slice(0, 4);
    const digest = join(folder, 'digests/000002.json');
    const forged = readFileSync(digest, 'utf8').replace(/"hashValue":"[0-9a-f]/, '"hashValue":"x');
    writeFileSync(digest, forged);
    const sums = 'sha256sum $(cut -c 67- SHA256SUMS) > new && mv new SHA256SUMS';
    expect((await run('/usr/bin/bash', ['--norc', '-c', sums], folder)).code).toBe(0);
    const ran = await follow(commands, folder);
    expect(ran[0]).toEqual(inOrder);
    expect(ran[1]).toEqual({
      code: 1,
      output: '000002: the digest is not the one that was signed\n',
    });
    // Another text that fits the digest is not signed.
    const hash = createHash('sha256').update(forged).digest('hex');
    const text = join(folder, 'strings/000002.txt');
    const lines = readFileSync(text, 'utf8').split('\n');
    writeFileSync(text, [lines[0], lines[1], hash, lines[3]].join('\n'));
    const again = await follow(commands.slice(1, 2), folder);
    expect(again[0]?.code).toBe(1);
    expect(again[0]?.output).toContain("000002: CloudTrail's key did not sign it");
  });

  it('of a trail with faults shows each of them to the same commands', async () => {
    const trail = threeHours();
    const [changed = '', gone = ''] = trail.logs;
    trail.objects.set(changed, { body: gzipSync('{"Records":[]}'), metadata: {} });
    trail.objects.delete(gone);
    // The newest digest by another's hand, under the name of CloudTrail's key.
    const thief = signingKey();
    trail.hour(3, {
      key: { ...thief, public: { ...thief.public, fingerprint: trail.signer.public.fingerprint } },
    });
    const copy = copyOf(trail);
    const { ended, report, folder } = await evidenceOf(copy);
    expect(ended.code).toBe(1);
    expect(report.faults.map(({ kind, file }) => `${kind} ${file}`).sort()).toEqual([
      'forged digest',
      'missing log',
      'modified log',
    ]);
    const ran = await follow(commandsOf(folder), folder, copy.folder);
    expect(ran.slice(0, 4)).toEqual([inOrder, inOrder, inOrder, inOrder]);
    expect(ran[4]?.code).toBe(1);
    expect(ran[4]?.output).toContain(`${changed.replace(/\.gz$/, '')}: FAILED`);
    expect(ran[4]?.output).toContain(`${gone.replace(/\.gz$/, '')}: FAILED open or read`);
    expect(ran[4]?.output).not.toContain(trail.logs[2]?.replace(/\.gz$/, ''));
    // Whoever calls the forged digest valid is contradicted.
    const table = join(folder, 'digests.tsv');
    writeFileSync(table, readFileSync(table, 'utf8').replace('\tforged\t', '\tvalid\t'));
    const claimed = await follow(commandsOf(folder).slice(1, 2), folder);
    expect(claimed[0]?.output).toContain("000004: CloudTrail's key did not sign it");
  });

  it('is not written where it cannot be, and nothing half-written stays', async () => {
    const { folder, keys } = copyOf(threeHours());
    const target = temporaryFolder();
    const zip = join(target, 'none', 'evidence.zip');
    const args = ['trail', 'validate', folder, '--public-keys', keys, '--evidence', zip];
    const ended = await runCli(temporaryFolder(), args);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('the folder does not exist');
    expect(readdirSync(target)).toEqual([]);
  });
});
