import { expect, it } from 'vitest';
import { whyNotForEnvelopes } from '../../../shared/model/envelope/usableKey';
import { denied, exampleRow } from '../keys/exampleRows';

it('takes an enabled symmetric key', () => {
  expect(whyNotForEnvelopes(exampleRow())).toBeUndefined();
});

it.each([
  [{ keyState: 'Disabled' }, 'The key is disabled.'],
  [{ keyState: 'PendingDeletion' }, 'The key is pending deletion.'],
  [{ keyState: 'PendingImport' }, 'The key is waiting for its key material.'],
  [
    { keySpec: 'RSA_2048', keyUsage: 'ENCRYPT_DECRYPT' },
    'Only a symmetric key for encryption makes data keys.',
  ],
  [{ keyUsage: 'GENERATE_VERIFY_MAC' }, 'Only a symmetric key for encryption makes data keys.'],
  [{ keyManager: 'AWS' }, 'A key that AWS manages can be used through its AWS service only.'],
])('says why it takes no key with %j', (metadata, why) => {
  expect(whyNotForEnvelopes(exampleRow({ metadata }))).toBe(why);
});

it('takes no key of which nothing is known', () => {
  const row = { ...exampleRow(), metadata: denied<never>('kms:DescribeKey') };
  expect(whyNotForEnvelopes(row)).toBe('What kind of key it is could not be read.');
});
