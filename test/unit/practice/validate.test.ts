import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../electron/practice/protocol/awsError';
import { validateInput } from '../../../electron/practice/protocol/validate';
import { operations } from '../../../electron/practice/kms/registry';

function membersOf(operation: string) {
  const found = operations.get(operation);
  if (!found) throw new Error(operation);
  return found.members;
}

function textOf(operation: string, input: object): string {
  try {
    validateInput(input, membersOf(operation));
  } catch (error) {
    if (error instanceof AwsError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

const detected = 'ValidationException: 1 validation error detected: ';
const constraint = 'failed to satisfy constraint: Member must';
const keyId = '00000000-0000-0000-0000-000000000000';

describe('input validation, in the words of the real service', () => {
  it.each([
    ['DescribeKey', {}, `${detected}Value null at 'keyId' ${constraint} not be null`],
    ['Encrypt', { KeyId: keyId }, `${detected}Value at 'plaintext' ${constraint} not be null`],
    [
      'Encrypt',
      { KeyId: keyId, Plaintext: '' },
      `${detected}Value at 'plaintext' ${constraint} have length greater than or equal to 1`,
    ],
    [
      'GenerateRandom',
      { NumberOfBytes: 0 },
      `${detected}Value '0' at 'numberOfBytes' ${constraint} have value greater than or equal to 1`,
    ],
    [
      'GenerateRandom',
      { NumberOfBytes: 1025 },
      `${detected}Value '1025' at 'numberOfBytes' ${constraint} have value less than or equal to 1024`,
    ],
    [
      'EnableKeyRotation',
      { KeyId: keyId, RotationPeriodInDays: 89 },
      `${detected}Value '89' at 'rotationPeriodInDays' ${constraint} have value greater than or equal to 90`,
    ],
    [
      'CreateKey',
      { KeyUsage: 'RANDOM' },
      `${detected}Value 'RANDOM' at 'keyUsage' ${constraint} satisfy enum value set: [ENCRYPT_DECRYPT, SIGN_VERIFY, GENERATE_VERIFY_MAC, KEY_AGREEMENT, ENCAPSULATE_DECAPSULATE]`,
    ],
    [
      'CreateKey',
      { Tags: [{ TagKey: 'a', TagValue: 'v'.repeat(257) }] },
      `${detected}Value '${'v'.repeat(257)}' at 'tags.1.member.tagValue' ${constraint} have length less than or equal to 256`,
    ],
    [
      'CreateAlias',
      { AliasName: 'alias/a b', TargetKeyId: keyId },
      `${detected}Value 'alias/a b' at 'aliasName' ${constraint} satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$`,
    ],
    [
      'DescribeKey',
      { KeyId: '' },
      `ValidationException: 2 validation errors detected: Value '' at 'keyId' ${constraint} have length greater than or equal to 1; Value '' at 'keyId' ${constraint} satisfy regular expression pattern: ^\\p{ASCII}+$`,
    ],
    [
      'Encrypt',
      { KeyId: keyId, Plaintext: 'AA==', EncryptionAlgorithm: 'FOO' },
      `${detected}Value 'FOO' at 'encryptionAlgorithm' ${constraint} satisfy enum value set: [RSAES_OAEP_SHA_1, RSAES_OAEP_SHA_256, SM2PKE, SYMMETRIC_DEFAULT]`,
    ],
    [
      'DescribeKey',
      { KeyId: 7 },
      'SerializationException: NUMBER_VALUE can not be converted to a String',
    ],
    ['DescribeKey', { KeyId: keyId, Unknown: 1 }, 'accepted'],
  ])('%s %j', (operation, input, text) => {
    expect(textOf(operation, input)).toBe(text);
  });

  it('never throws anything but an AWS error, whatever JSON comes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...operations.keys()),
        fc.oneof(
          fc.jsonValue(),
          fc.dictionary(
            fc.constantFrom(
              'KeyId',
              'Plaintext',
              'Tags',
              'Limit',
              'EncryptionContext',
              'Operations',
              '__proto__',
            ),
            fc.jsonValue(),
          ),
        ),
        (operation, input) => {
          expect(textOf(operation, input as object)).toMatch(
            /^(accepted|SerializationException|ValidationException)/,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
