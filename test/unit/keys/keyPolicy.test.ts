import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/model/errors';
import { summarizeKeyPolicy } from '../../../shared/model/keyPolicy';

const account = '111122223333';
const root = `arn:aws:iam::${account}:root`;
const rootStatement = { Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' };
const summarize = (...statements: object[]) =>
  summarizeKeyPolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), account);
const open = (condition?: object, principal: unknown = '*') => ({
  Sid: 'Open',
  Effect: 'Allow',
  Principal: principal,
  Action: 'kms:Decrypt',
  Resource: '*',
  ...(condition && { Condition: condition }),
});
const isPublic = (condition?: object, principal?: unknown) =>
  summarize(rootStatement, open(condition, principal)).publicStatements.length === 1;

describe('statements open to everybody', () => {
  it.each(['*', { AWS: '*' }, { AWS: ['arn:aws:iam::444455556666:root', '*'] }])(
    'principal %o',
    (principal) => expect(isPublic(undefined, principal)).toBe(true),
  );

  it('names a statement by its Sid, else by its number', () => {
    const { Sid: _, ...unnamed } = open();
    expect(summarize(rootStatement, open(), unnamed).publicStatements).toEqual(['Open', '#3']);
  });

  it('reads a single statement that is no list', () => {
    const text = JSON.stringify({ Statement: open() });
    expect(summarizeKeyPolicy(text, account).publicStatements).toEqual(['Open']);
  });

  it('takes an Allow with NotPrincipal for open: it reaches everybody else', () => {
    const { Principal: _, ...statement } = open();
    const { publicStatements } = summarize({ ...statement, NotPrincipal: { AWS: root } });
    expect(publicStatements).toEqual(['Open']);
  });

  it.each([
    [{ StringEquals: { 'kms:CallerAccount': account } }],
    [{ StringEquals: { 'KMS:calleraccount': [account, '444455556666'] } }],
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } }],
    [{ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-abcdefghij/r-ab12/*' } }],
    [{ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/app-*` } }],
    [{ StringEquals: { 'aws:SourceVpce': 'vpce-1' } }],
    [{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }],
    [
      {
        StringEquals: {
          'kms:CallerAccount': account,
          'kms:ViaService': 's3.eu-central-1.amazonaws.com',
        },
      },
    ],
  ])('is narrowed by %o', (condition) => expect(isPublic(condition)).toBe(false));

  it.each([
    [{ StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' } }],
    [{ StringLike: { 'kms:CallerAccount': '*' } }],
    [{ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }],
    [{ StringEquals: { 'kms:CallerAccount': [account, '${aws:PrincipalAccount}'] } }],
    [{ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abcdefghij' } }],
    [{ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': 'o-abcdefghij/*' } }],
    [{ StringNotEquals: { 'kms:CallerAccount': '444455556666' } }],
    [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } }],
    [{ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '0.0.0.0/0'] } }],
    [{ IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } }],
    [{ IpAddress: { 'aws:SourceIp': '2000::/3' } }],
    [{ Bool: { 'aws:SecureTransport': 'true' } }],
    [{ StringEquals: { 'kms:CallerAccount': [] } }],
  ])('is not narrowed by %o', (condition) => expect(isPublic(condition)).toBe(true));

  const deny = (condition: object, action: unknown = 'kms:*') => ({
    Effect: 'Deny',
    Principal: '*',
    Action: action,
    Resource: '*',
    Condition: condition,
  });

  it('counts a Deny that refuses everybody outside the organisation', () => {
    const guard = deny({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } });
    const { publicStatements, narrowedBy } = summarize(open(), guard);
    expect(publicStatements).toEqual([]);
    expect(narrowedBy).toEqual(['aws:PrincipalOrgID o-abcdefghij']);
    const others = deny({ StringNotEquals: { 'kms:CallerAccount': [account, '444455556666'] } });
    expect(summarize(open(), others).otherAccounts).toEqual(['444455556666']);
  });

  it.each([
    [deny({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } }, 'kms:Encrypt')],
    [
      deny({
        StringNotEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' },
        Bool: { 'aws:PrincipalIsAWSService': 'false' },
      }),
    ],
    [deny({ StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } })],
    [deny({ StringNotLike: { 'aws:PrincipalOrgID': 'o-*' } })],
  ])('counts no Deny that leaves others in: %o', (guard) => {
    expect(summarize(open(), guard).publicStatements).toEqual(['Open']);
  });
});

describe('other accounts', () => {
  it('finds them in principals and in the conditions that narrow everybody', () => {
    const principal = {
      AWS: ['444455556666', 'arn:aws:iam::777788889999:role/backup', root],
      Service: 'logs.amazonaws.com',
    };
    const condition = { StringEquals: { 'kms:CallerAccount': ['000011112222', account] } };
    const { otherAccounts } = summarize(rootStatement, open(undefined, principal), open(condition));
    expect(otherAccounts).toEqual(['000011112222', '444455556666', '777788889999']);
  });

  it('finds the account that a service must come from', () => {
    const source = { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:444455556666:orders' } };
    expect(summarize(rootStatement, open(source)).otherAccounts).toEqual(['444455556666']);
  });

  it('names what opens the key to accounts that the text does not tell', () => {
    const organisation = { 'aws:PrincipalOrgID': 'o-abcdefghij' };
    const narrowed = (condition: object) => summarize(rootStatement, open(condition)).narrowedBy;
    expect(narrowed({ StringEquals: organisation })).toEqual(['aws:PrincipalOrgID o-abcdefghij']);
    expect(narrowed({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } })).toEqual([
      'aws:SourceVpce vpce-1',
    ]);
    const both = { StringEquals: { ...organisation, 'kms:CallerAccount': account } };
    expect(narrowed(both)).toEqual([]);
    expect(summarize(rootStatement).narrowedBy).toEqual([]);
  });

  it('does not count whom a Deny names', () => {
    const statement = { ...open(undefined, { AWS: '444455556666' }), Effect: 'Deny' };
    expect(summarize(rootStatement, statement).otherAccounts).toEqual([]);
  });
});

describe('root access', () => {
  it.each([
    [[rootStatement], true],
    [[{ ...rootStatement, Principal: { AWS: account } }], true],
    [[{ ...rootStatement, Action: ['kms:Decrypt', '*'] }], true],
    [[{ ...rootStatement, Action: 'kms:?*' }], true],
    [[{ ...rootStatement, Action: 'k*' }], true],
    [[{ ...rootStatement, Action: undefined, NotAction: 'iam:*' }], true],
    [[{ ...rootStatement, Action: undefined, NotAction: 'kms:ScheduleKeyDeletion' }], false],
    [[{ ...rootStatement, Action: 'kms:Describe*' }], false],
    [[{ ...rootStatement, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }], false],
    [[{ ...rootStatement, Principal: { AWS: `arn:aws:iam::${account}:role/admin` } }], false],
    [[{ ...rootStatement, Principal: { AWS: 'arn:aws:iam::444455556666:root' } }], false],
    [[rootStatement, { ...rootStatement, Effect: 'Deny', Action: 'kms:Put*' }], false],
    [
      [rootStatement, { ...rootStatement, Effect: 'Deny', Action: 'kms:ScheduleKeyDeletion' }],
      true,
    ],
  ])('%o: %s', (statements, expected) => {
    expect(summarize(...statements).rootHasFullAccess).toBe(expected);
  });
});

describe('who has everything', () => {
  const app = `arn:aws:iam::${account}:role/app`;
  it.each([
    [{ Principal: { AWS: app }, Action: 'kms:*' }, [app]],
    [{ Principal: { AWS: app }, Action: 'kms:?*' }, [app]],
    [{ Principal: { AWS: app }, NotAction: 's3:*' }, [app]],
    [{ Principal: { Service: 'logs.amazonaws.com' }, Action: 'kms:*' }, ['logs.amazonaws.com']],
    [{ NotPrincipal: { AWS: app }, Action: 'kms:*' }, [`everybody but ${app}`]],
    [{ Principal: { AWS: root }, Action: 'kms:*' }, []],
    [{ Principal: { AWS: app }, Action: 'kms:Describe*' }, []],
  ])('%o: %o', (statement, expected) => {
    const summary = summarize({ Effect: 'Allow', Resource: '*', ...statement });
    expect(summary.fullAccess).toEqual(expected);
  });
});

describe('text that is no policy', () => {
  it.each([
    '',
    'null',
    '[]',
    '{}',
    '{"Statement":[{}]}',
    '{"Statement":[{"Effect":"Allow","Action":"kms:*"}]}',
    '{"Statement":[{"Effect":"Maybe","Principal":"*","Action":"kms:*"}]}',
    '{"Statement":[{"Effect":"Allow","Principal":"*"}]}',
    '{"Statement":[{"Effect":"Allow","Principal":{"AWS":[1]},"Action":"kms:*"}]}',
    '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:*","Condition":"x"}]}',
  ])('%s', (text) => {
    expect(() => summarizeKeyPolicy(text, account)).toThrow(
      expect.objectContaining({ code: 'bad-response' }) as Error,
    );
  });

  it('is told as such, whatever the text', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((s) => JSON.stringify({ Statement: s })),
    );
    fc.assert(
      fc.property(text, (policy) => {
        try {
          summarizeKeyPolicy(policy, account);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });
});

describe('a condition on the encryption context', () => {
  const names = (condition: object) => summarize(rootStatement, open(condition)).namesContext;

  it.each([
    { StringEquals: { 'kms:EncryptionContext:tenant': 'a' } },
    { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['tenant'] } },
    { Null: { 'KMS:encryptioncontext:tenant': 'true' } },
  ])('%o', (condition) => expect(names(condition)).toBe(true));

  it('is none of another key', () => {
    expect(names({ StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' } })).toBe(
      false,
    );
    expect(summarize(rootStatement).namesContext).toBe(false);
  });
});
