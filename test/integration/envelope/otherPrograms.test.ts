import { execFile } from 'node:child_process';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { runPython } from '../practice/python';
import { openWorkbench, region, type Workbench } from './workbench';

const guide = '../envelope/guide.py';
const record = Buffer.from('Sensitive PII record #48291');

describe('the guide’s Python', () => {
  it.each([0, 27, 500_000])('opens what is sealed here (%i bytes)', async (length) => {
    const bench = await openWorkbench();
    const content = length === 27 ? record : randomBytes(length);
    const source = await bench.file('record', content);
    const [sealed] = await bench.encrypt({
      sources: [source.id],
      keys: [await bench.newKey()],
      format: 'simple',
    });
    const opened = await runPython(guide, bench.practice, ['open', sealed?.path ?? '']);
    expect(Buffer.from(String(opened), 'base64').equals(content)).toBe(true);
  });

  it('seals what is opened here, although it does not name its key', async () => {
    const bench = await openWorkbench();
    const key = await bench.newKey();
    const { path } = await bench.file('record', record);
    const envelope = await runPython(guide, bench.practice, ['seal', key.arn, path]);
    const source = await bench.file('record.json', JSON.stringify(envelope));
    expect(source.envelope).toBe('simple');
    expect(await bench.client.inspect({ source: source.id })).toMatchObject({
      format: 'simple',
      plaintextBytes: record.length,
      keys: [{ provider: 'aws-kms' }],
      remarks: expect.arrayContaining([expect.stringMatching(/does not name its key/)]) as unknown,
    });
    const [opened] = await bench.decrypt({ sources: [source.id], name: 'opened' });
    expect(opened).toMatchObject({ state: 'done', keys: [{ keyArn: key.arn }] });
    expect(readFileSync(opened?.path ?? '').equals(record)).toBe(true);
  });
});

describe('KMS through the AWS CLI', () => {
  it('opens the data key of what is sealed here', async () => {
    const bench = await openWorkbench();
    const source = await bench.file('record', record);
    const [sealed] = await bench.encrypt({
      sources: [source.id],
      keys: [await bench.newKey()],
      context: { purpose: 'test' },
      format: 'simple',
    });
    const envelope = JSON.parse(readFileSync(sealed?.path ?? '', 'utf8')) as Record<string, string>;
    const blob = join(bench.folder, 'blob');
    writeFileSync(blob, Buffer.from(envelope['encrypted_data_key'] ?? '', 'base64'));
    const { Plaintext } = await aws(bench, [
      'decrypt',
      '--ciphertext-blob',
      `fileb://${blob}`,
      '--encryption-context',
      'purpose=test',
    ]);
    const ciphertext = Buffer.from(envelope['ciphertext'] ?? '', 'base64');
    const decipher = createDecipheriv(
      'aes-256-gcm',
      Buffer.from(Plaintext ?? '', 'base64'),
      Buffer.from(envelope['nonce'] ?? '', 'base64'),
    );
    decipher.setAuthTag(ciphertext.subarray(-16));
    const opened = Buffer.concat([decipher.update(ciphertext.subarray(0, -16)), decipher.final()]);
    expect(opened.equals(record)).toBe(true);
  });

  it('makes a data key for what is opened here', async () => {
    const bench = await openWorkbench();
    const key = await bench.newKey();
    const { Plaintext, CiphertextBlob } = await aws(bench, [
      'generate-data-key',
      '--key-id',
      key.arn,
      '--key-spec',
      'AES_256',
    ]);
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', Buffer.from(Plaintext ?? '', 'base64'), nonce);
    const content = [cipher.update(record), cipher.final(), cipher.getAuthTag()];
    const source = await bench.file(
      'record.json',
      JSON.stringify({
        encrypted_data_key: CiphertextBlob,
        nonce: nonce.toString('base64'),
        ciphertext: Buffer.concat(content).toString('base64'),
      }),
    );
    const [opened] = await bench.decrypt({ sources: [source.id], name: 'opened' });
    expect(readFileSync(opened?.path ?? '').equals(record)).toBe(true);
  });
});

async function aws(bench: Workbench, args: string[]): Promise<Record<string, string>> {
  const { endpoint, accessKeyId, secretAccessKey } = bench.practice;
  const { stdout } = await promisify(execFile)(
    'aws',
    ['kms', ...args, '--endpoint-url', endpoint, '--region', region, '--output', 'json'],
    {
      env: {
        PATH: process.env['PATH'],
        HOME: bench.dataDir,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
      },
    },
  );
  return JSON.parse(stdout) as Record<string, string>;
}
