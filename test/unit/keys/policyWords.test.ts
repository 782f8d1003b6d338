import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyWords } from '../../../renderer/keys/drawer/policyWords';

const words = (...Statement: unknown[]) =>
  policyWords(JSON.stringify({ Version: '2012-10-17', Statement }));

describe('a key policy in words', () => {
  it('names the account instead of its root user', () => {
    expect(
      words({
        Sid: 'Root',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'kms:*',
        Resource: '*',
      }),
    ).toEqual([
      {
        name: 'Root',
        effect: 'Allow',
        who: 'account 111122223333',
        what: 'every KMS action',
        when: [],
      },
    ]);
  });

  it('says "everybody" for a star, however it is written', () => {
    const open = { Effect: 'Allow', Action: 'kms:Decrypt' };
    const said = words({ ...open, Principal: '*' }, { ...open, Principal: { AWS: ['*'] } });
    expect(said?.map(({ who }) => who)).toEqual(['everybody (*)', 'everybody (*)']);
    expect(said?.map(({ name }) => name)).toEqual(['#1', '#2']);
  });

  it('never hides what is excepted', () => {
    const [said] =
      words({
        Effect: 'Allow',
        NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/app' },
        NotAction: ['kms:PutKeyPolicy'],
      }) ?? [];
    expect(said?.who).toBe('everybody but role/app of 111122223333');
    expect(said?.what).toBe('everything but kms:PutKeyPolicy');
  });

  it('lists each condition', () => {
    const [said] =
      words({
        Effect: 'Allow',
        Principal: { Service: 'logs.eu-central-1.amazonaws.com' },
        Action: ['kms:Encrypt', 'kms:Decrypt'],
        Condition: { StringEquals: { 'aws:SourceAccount': ['111122223333', '444455556666'] } },
      }) ?? [];
    expect(said?.who).toBe('service logs.eu-central-1.amazonaws.com');
    expect(said?.when).toEqual(['aws:SourceAccount StringEquals 111122223333 or 444455556666']);
  });

  it('takes a single statement that is not in a list', () => {
    const one = { Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt' };
    expect(policyWords(JSON.stringify({ Statement: one }))).toHaveLength(1);
  });

  it('never throws, whatever the text is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const said = policyWords(text);
        expect(said === undefined || Array.isArray(said)).toBe(true);
      }),
    );
  });
});
