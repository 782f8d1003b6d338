import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLog } from '../../../electron/log/log';
import { redact } from '../../../electron/log/redact';

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

describe('redact', () => {
  test.each([
    [`aws_secret_access_key = ${secret}`],
    [`{"secretAccessKey":"${secret}"}`],
    [String.raw`{"body":"{\"SecretAccessKey\":\"${secret}\"}"}`],
    [`{ sessionToken: 'IQoJb3JpZ2luX2VjE+${secret}' }`],
    [`sent ${secret} to them`],
    [`https://x.amazonaws.com/?X-Amz-Security-Token=${encodeURIComponent(secret)}&a=1`],
    [`Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/2026, Signature=${secret}`],
    [`-----BEGIN RSA PRIVATE KEY-----\n${secret}\n-----END RSA PRIVATE KEY-----`],
    [`-----BEGIN PRIVATE KEY-----\n${secret}`],
    [`Plaintext: "${secret}"`],
  ])('takes the secret out of %s', (text) => {
    expect(redact(text)).not.toContain(secret);
    expect(redact(text)).not.toContain('K7MDENG');
  });

  test('a short password goes by its name', () => {
    expect(redact('password="hunter2", user="a"')).toBe('password=[redacted], user="a"');
    expect(redact('{"mfaCode":"123456"}')).toBe('{"mfaCode":[redacted]}');
  });

  test.each([
    'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    'arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab',
    'request 7b3f0a52-2b3c-4c39-9f6d-0d5f0e7a8c11 of kms:DescribeKey took 12 ms',
    'app://claviger/#/keys?state=PendingDeletion',
    'at run (/home/someone/claviger/dist/main/chunks/services-ab12cd34.js:10:5)',
    '/home/ann/Evidence2026/Quarter3/recovery-drills/record.zip',
    String.raw`C:\Users\Ann\Documents\Recovery-drill-2026-11-28-of-the-quarterly-standard.zip`,
  ])('leaves %s as it is', (text) => {
    expect(redact(text)).toBe(text);
  });

  test('an access key id keeps only its kind and its end', () => {
    expect(redact('as AKIAIOSFODNN7EXAMPLE')).toBe('as AKIA…MPLE');
  });

  test('whatever surrounds it, a secret access key never passes', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const text = `${before} "${secret}" ${after}`;
        expect(redact(text)).not.toContain(secret);
      }),
    );
  });
});

describe('the log', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'claviger-log-'));
  });
  afterEach(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true });
  });
  const now = () => new Date('2026-01-02T03:04:05Z');
  const read = (name = 'claviger.log') => readFileSync(join(folder, name), 'utf8');

  test('writes a line with time and level, for the owner alone', () => {
    openLog({ folder, now })('info', 'started');
    expect(read()).toBe('2026-01-02T03:04:05.000Z info started\n');
    expect((statSync(join(folder, 'claviger.log')).mode & 0o777).toString(8)).toBe('600');
  });

  test('writes an error with its cause, and no secret of either', () => {
    const cause = Object.assign(new Error('refused'), { secretAccessKey: secret });
    openLog({ folder, now })('error', 'call failed', new Error('outer', { cause }));
    expect(read()).toMatch(/error call failed\n {2}Error: outer/);
    expect(read()).toContain('refused');
    expect(read()).not.toContain(secret);
  });

  test('a message cannot forge a line', () => {
    openLog({ folder, now })('info', 'one\n2026-01-02T03:04:05.000Z info two');
    expect(
      read()
        .split('\n')
        .filter((line) => /^\d/.test(line)),
    ).toHaveLength(1);
  });

  test('keeps at most two files of the given size', () => {
    const log = openLog({ folder, now, maxBytes: 300 });
    for (let i = 0; i < 50; i++) log('info', `message ${i}`);
    expect(read().length).toBeLessThanOrEqual(300);
    expect(read('claviger.1.log').length).toBeLessThanOrEqual(300);
    expect(read()).toContain('message 49');
  });

  test('does not throw where nothing can be written', () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    expect(() => openLog({ folder: join(file, 'sub'), now })('error', 'x')).not.toThrow();
  });
});
