import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPractice, type Practice } from '../../../electron/practice/index';
import { runPython } from './python';

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice({ seed: 'empty' });
});
afterAll(() => practice.close());

it('serves envelope encryption in Python: boto3 for the data key, AES-GCM of cryptography for the data', async () => {
  const record = 'Sensitive PII record #48291';
  expect(await runPython('./envelope_guide.py', practice)).toEqual({
    opened: record,
    otherEachTime: true,
    changedData: 'InvalidTag',
    changedKey: 'InvalidCiphertextException',
    disabled: 'DisabledException',
    enabledAgain: record,
  });
});
