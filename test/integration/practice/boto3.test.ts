import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPractice, type Practice } from '../../../electron/practice/index';

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice({ seed: 'empty' });
});
afterAll(() => practice.close());

it("serves Debian's boto3 as AWS does", async () => {
  const script = fileURLToPath(new URL('./boto3_client.py', import.meta.url));
  const { stdout } = await promisify(execFile)('/usr/bin/python3', [script], {
    env: {
      PATH: '/usr/bin:/bin',
      PRACTICE_ENDPOINT: practice.endpoint,
      AWS_ACCESS_KEY_ID: practice.accessKeyId,
      AWS_SECRET_ACCESS_KEY: practice.secretAccessKey,
    },
  });
  expect(JSON.parse(stdout)).toEqual({
    sameKey: true,
    keyIsArn: true,
    creationDateHasZone: true,
    listed: 5,
    tampered: ['InvalidCiphertextException', ''],
    tooLong: [
      'ValidationException',
      "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
    ],
    noSuchKey: [
      'NotFoundException',
      "Key 'arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000' does not exist",
    ],
  });
});
