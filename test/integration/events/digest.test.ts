import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderFiles } from '../../../electron/events/digest/folder';
import { readPublicKeys } from '../../../electron/events/digest/publicKeys';
import { validateTrail } from '../../../electron/events/digest/validate';
import type { DigestReport } from '../../../shared/model/events/digestReport';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { runCli, type Ended } from '../cli/runCli';
import { bucket, region, trailAccount, type TrailAccount } from './trailCopy';

let account: TrailAccount;
/** An untouched copy of the bucket, with the newest digest's metadata beside it. */
let original: string;
let digests: string[];
let logs: string[];

beforeAll(async () => {
  account = await trailAccount(4);
  original = mkdtempSync(join(tmpdir(), 'claviger-trail-'));
  await account.copyTo(original);
  const keys = await account.keys();
  digests = keys.filter((key) => key.includes('/CloudTrail-Digest/'));
  logs = keys.filter((key) => key.includes('/CloudTrail/'));
  const newest = digests.at(-1) ?? '';
  const head = await account.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: newest }));
  writeFileSync(join(original, `${newest}.head.json`), JSON.stringify({ Metadata: head.Metadata }));
}, 120_000);
afterAll(async () => {
  await account.close();
  rmSync(original, { recursive: true, force: true });
});

/** A copy of the bucket to be tampered with. */
function copy(): string {
  const folder = temporaryFolder();
  cpSync(original, folder, { recursive: true });
  return folder;
}

async function check(
  folder: string,
  keyFiles = [join(folder, 'keys.json')],
): Promise<DigestReport> {
  const keys = await readPublicKeys(keyFiles);
  return validateTrail({
    files: folderFiles(folder),
    range: {},
    publicKeys: () => Promise.resolve(keys),
    now: () => new Date(),
    signal: new AbortController().signal,
  });
}

function change(file: string, edit: (text: string) => string): void {
  const text = gunzipSync(readFileSync(file)).toString('utf8');
  writeFileSync(file, gzipSync(edit(text)));
}

const faultsOf = (report: DigestReport) =>
  report.faults.map(({ kind, file, object }) => `${kind} ${file} ${object}`);

describe('a copy of a trail’s bucket', () => {
  it('is proven from the first digest to the last, with every log file', async () => {
    const report = await check(copy());
    expect(report.faults).toEqual([]);
    expect(report.unknowns).toEqual([]);
    expect(report.verdict.value).toBe('pass');
    expect(report.digests).toBe(digests.length);
    expect(report.logFiles).toBe(logs.length);
    expect(logs.length).toBeGreaterThanOrEqual(4);
    expect(report.chains[0]?.digests.map(({ startsChain }) => startsChain)).toEqual(
      digests.map((_, i) => i === 0),
    );
  });

  it('cannot be told where the newest digest has lost its signature, or keys are missing', async () => {
    const folder = copy();
    rmSync(join(folder, `${digests.at(-1)}.head.json`));
    const unsigned = await check(folder);
    expect(unsigned.faults).toEqual([]);
    expect(unsigned.unknowns.map(({ object }) => object)).toEqual([digests.at(-1)]);
    expect(unsigned.verdict.value).toBe('cannot-tell');
    const keyless = await check(copy(), []);
    expect(keyless.verdict.value).toBe('cannot-tell');
    expect(keyless.unknowns).toHaveLength(digests.length);
  });

  it('with one flipped byte in a log file names that file and both hashes', async () => {
    const folder = copy();
    const [log = ''] = logs;
    change(join(folder, log), (text) => text.replace('CreateKey', 'CreateKez'));
    const report = await check(folder);
    expect(faultsOf(report)).toEqual([`modified log ${log}`]);
    expect(report.faults[0]?.expected).toMatch(/^[0-9a-f]{64}$/);
    expect(report.faults[0]?.actual).not.toBe(report.faults[0]?.expected);
    expect(report.verdict.value).toBe('fail');
  });

  it('with a cut log file, and without one, says so', async () => {
    const folder = copy();
    const [cut = '', gone = ''] = logs;
    writeFileSync(join(folder, cut), readFileSync(join(folder, cut)).subarray(0, 100));
    rmSync(join(folder, gone));
    const report = await check(folder);
    expect(faultsOf(report).sort()).toEqual([`missing log ${gone}`, `unreadable log ${cut}`]);
  });

  it('without a digest in the middle names the digest and vouches for nothing in its hour', async () => {
    const folder = copy();
    const gone = digests[2] ?? '';
    rmSync(join(folder, gone));
    const report = await check(folder);
    expect(faultsOf(report)).toEqual([`missing digest ${gone}`]);
    expect(report.chains[0]?.digests.find(({ object }) => object === gone)?.state).toBe('missing');
  });

  it('with a changed digest finds it by its signature and by its successor', async () => {
    const folder = copy();
    const changed = digests[1] ?? '';
    // As someone would who has deleted a log file and wants no digest to name it.
    change(join(folder, changed), (text) =>
      JSON.stringify({ ...(JSON.parse(text) as object), logFiles: [] }),
    );
    const report = await check(folder);
    expect(faultsOf(report)).toEqual([`modified digest ${changed}`]);
    // Nothing else stands for what it named.
    expect(report.verdict.value).toBe('fail');
  });

  it('with digests in each other’s place finds both', async () => {
    const folder = copy();
    const [, a = '', b = ''] = digests;
    const bytes = readFileSync(join(folder, a));
    writeFileSync(join(folder, a), readFileSync(join(folder, b)));
    writeFileSync(join(folder, b), bytes);
    const report = await check(folder);
    expect(faultsOf(report)).toContain(`moved digest ${a}`);
    expect(faultsOf(report)).toContain(`moved digest ${b}`);
  });

  it('is not proven by another key under the right fingerprint', async () => {
    const folder = copy();
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const Value = publicKey.export({ type: 'pkcs1', format: 'der' }).toString('base64');
    const list = JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')) as {
      PublicKeyList: object[];
    };
    const PublicKeyList = list.PublicKeyList.map((key) => ({ ...key, Value }));
    writeFileSync(join(folder, 'keys.json'), JSON.stringify({ PublicKeyList }));
    const report = await check(folder);
    expect(report.faults.map(({ kind }) => kind)).toEqual(digests.map(() => 'forged'));
  });

  it('with a file that is no digest where one should be, says so and goes on', async () => {
    const folder = copy();
    const broken = digests[1] ?? '';
    writeFileSync(join(folder, broken), gzipSync('{"half":'));
    const report = await check(folder);
    expect(faultsOf(report)).toContain(`unreadable digest ${broken}`);
    // The one before it had its signature from it.
    expect(report.chains[0]?.digests.map(({ state }) => state)).toEqual(
      digests.map((_, i) => (i === 0 ? 'unproven' : i === 1 ? 'invalid' : 'valid')),
    );
  });

  it('with a log file that no digest names is not a pass', async () => {
    const folder = copy();
    const [, , log = ''] = logs;
    const planted = log.replace(/_\w{16}\.json\.gz$/, '_AAAAAAAAAAAAAAAA.json.gz');
    writeFileSync(join(folder, planted), gzipSync('{"Records":[]}'));
    const report = await check(folder);
    expect(report.faults).toEqual([]);
    expect(report.unknowns.map(({ object }) => object)).toEqual([planted]);
    expect(report.verdict.value).toBe('cannot-tell');
  });

  it('without any digest is never a pass', async () => {
    const report = await check(temporaryFolder(), []);
    expect(report.verdict.value).toBe('cannot-tell');
  });
});

describe('claviger trail validate', () => {
  const validate = (...args: string[]): Promise<Ended> =>
    runCli(temporaryFolder(), ['trail', 'validate', ...args]);

  it('validates a folder', async () => {
    const ended = await validate(original, '--public-keys', join(original, 'keys.json'), '--json');
    expect(ended.code).toBe(0);
    expect((JSON.parse(ended.stdout) as DigestReport).verdict.value).toBe('pass');
  });

  it('validates a bucket with the keys that CloudTrail gives, and finds what was changed in it', async () => {
    const { endpoint, accessKeyId, secretAccessKey } = account.practice;
    const env = {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: region,
    };
    const args = [
      'trail',
      'validate',
      '--s3',
      `s3://${bucket}`,
      '--endpoint-url',
      endpoint,
      '--json',
    ];
    const sound = await runCli(temporaryFolder(), args, env);
    expect(sound.stderr).toBe('');
    expect(sound.code).toBe(0);
    const report = JSON.parse(sound.stdout) as DigestReport;
    expect(report).toMatchObject({ digests: digests.length, verdict: { value: 'pass' } });
    expect(report.logFiles).toBeGreaterThanOrEqual(logs.length);

    const [log = ''] = logs;
    const untouched = readFileSync(join(original, log));
    await account.put(log, gzipSync(`${gunzipSync(untouched).toString('utf8')} `));
    const changed = await runCli(temporaryFolder(), args, env);
    await account.put(log, untouched);
    expect(changed.code).toBe(1);
    expect(faultsOf(JSON.parse(changed.stdout) as DigestReport)).toEqual([`modified log ${log}`]);

    const nowhere = args.map((arg) => arg.replace(bucket, 'no-such-bucket-here'));
    const missing = await runCli(temporaryFolder(), nowhere, env);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('not-found');
  });

  it.each([
    [['trail', 'validate'], 2, 'Name either one folder, or a bucket with --s3.'],
    [['trail', 'validate', 'a', 'b'], 2, 'Name either one folder'],
    [['trail', 'validate', '--s3', 'bucket'], 2, 'bucket is no bucket'],
    [['trail', 'validate', '.', '--since', 'yesterday'], 2, 'yesterday is no time'],
    [['trail', 'validate', '/no/such/folder'], 1, 'There is no /no/such/folder.'],
    [['trail', 'validate', '.', '--public-keys', '/none'], 1, 'cannot be read (ENOENT)'],
  ])('%j ends with a sentence', async (args, code, sentence) => {
    const ended = await runCli(temporaryFolder(), args);
    expect(ended.stderr).toContain(sentence);
    expect(ended.code).toBe(code);
    expect(ended.stdout).toBe('');
  });
});
