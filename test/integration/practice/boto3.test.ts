import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPractice, type Practice } from '../../../electron/practice/index';
import { runPython } from './python';

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice({ seed: 'empty' });
});
afterAll(() => practice.close());

it("serves Debian's boto3 as AWS does", async () => {
  expect(await runPython('./boto3_client.py', practice)).toEqual({
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
