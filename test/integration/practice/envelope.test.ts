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

it('serves envelope encryption in Python: boto3 for the data key, AES-GCM of cryptography for the data', async () => {
  const script = fileURLToPath(new URL('./envelope_guide.py', import.meta.url));
  const { stdout } = await promisify(execFile)('/usr/bin/python3', [script], {
    env: {
      PATH: '/usr/bin:/bin',
      PRACTICE_ENDPOINT: practice.endpoint,
      AWS_ACCESS_KEY_ID: practice.accessKeyId,
      AWS_SECRET_ACCESS_KEY: practice.secretAccessKey,
    },
  });
  const record = 'Sensitive PII record #48291';
  expect(JSON.parse(stdout)).toEqual({
    opened: record,
    otherEachTime: true,
    changedData: 'InvalidTag',
    changedKey: 'InvalidCiphertextException',
    disabled: 'DisabledException',
    enabledAgain: record,
  });
});
