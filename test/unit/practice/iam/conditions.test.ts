import { describe, expect, it } from 'vitest';
import { compileConditions } from '../../../../electron/practice/iam/conditions';
import { compilePolicy } from '../../../../electron/practice/iam/policy';

type Keys = Readonly<Record<string, string | readonly string[]>>;

const lookupOf = (keys: Keys) => (name: string) => {
  const value = Object.entries(keys).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof value === 'string' ? [value] : value;
};
const holds = (condition: object, keys: Keys = {}) =>
  compileConditions(condition, true)(lookupOf(keys));

describe('a condition operator', () => {
  it.each<[string, string, string, boolean]>([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', 'A', false],
    ['StringEquals', 'a*', 'ab', false],
    ['StringEquals', 'a*', 'a*', true],
    ['StringNotEquals', 'a', 'a', false],
    ['StringNotEquals', 'a', 'b', true],
    ['StringEqualsIgnoreCase', 'aB', 'Ab', true],
    ['StringNotEqualsIgnoreCase', 'aB', 'Ab', false],
    ['StringLike', 'a*c?', 'abbbcd', true],
    ['StringLike', 'a*c?', 'abbbc', false],
    ['StringNotLike', 'a*', 'abc', false],
    ['ArnEquals', 'arn:aws:iam::*:role/app-*', 'arn:aws:iam::111122223333:role/app-1', true],
    ['ArnLike', 'arn:aws:iam::*:role/x', 'arn:aws:iam::1:2:role/x', false],
    ['ArnLike', 'arn:*:role/x', 'arn:aws:iam::111122223333:role/x', false],
    ['ArnNotLike', 'arn:aws:iam::*:role/x', 'arn:aws:iam::111122223333:role/y', true],
    ['Bool', 'true', 'TRUE', true],
    ['Bool', 'true', 'false', false],
    ['NumericEquals', '10', '10.0', true],
    ['NumericNotEquals', '10', '11', true],
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericGreaterThan', '10', '11', true],
    ['NumericGreaterThanEquals', '10', '9', false],
    ['NumericLessThan', '10', 'none', false],
    ['NumericLessThan', '10', '', false],
    ['DateLessThan', '2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z', true],
    ['DateGreaterThan', '2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z', false],
    ['DateEquals', '1767225600', '2026-01-01T00:00:00Z', true],
    ['DateNotEquals', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000Z', false],
    ['DateLessThanEquals', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', true],
    ['DateGreaterThanEquals', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z', false],
    ['IpAddress', '127.0.0.0/8', '127.0.0.1', true],
    ['IpAddress', '10.0.0.1', '10.0.0.2', false],
    ['IpAddress', '2001:db8::/32', '2001:db8:1::1', true],
    ['IpAddress', '2001:db8::/32', '10.0.0.1', false],
    ['IpAddress', '10.0.0.0/33', '10.0.0.1', false],
    ['NotIpAddress', '127.0.0.0/8', '127.0.0.1', false],
    ['stringequals', 'a', 'a', true],
  ])('%s %s, of %s: %s', (operator, wanted, value, expected) => {
    expect(holds({ [operator]: { 'aws:x': wanted } }, { 'aws:X': value })).toBe(expected);
  });

  it('holds where one of several values fits; a negated one where none does', () => {
    const values = { 'aws:x': ['a', 'b'] };
    expect(holds({ StringEquals: values }, { 'aws:x': 'b' })).toBe(true);
    expect(holds({ StringNotEquals: values }, { 'aws:x': 'b' })).toBe(false);
    expect(holds({ StringNotEquals: values }, { 'aws:x': 'c' })).toBe(true);
  });

  it('needs every operator and every key to hold', () => {
    const both = { StringEquals: { 'aws:x': 'a', 'aws:y': 'b' }, Bool: { 'aws:z': 'true' } };
    expect(holds(both, { 'aws:x': 'a', 'aws:y': 'b', 'aws:z': 'true' })).toBe(true);
    expect(holds(both, { 'aws:x': 'a', 'aws:y': 'b', 'aws:z': 'false' })).toBe(false);
    expect(holds(both, { 'aws:x': 'a', 'aws:y': 'c', 'aws:z': 'true' })).toBe(false);
  });

  it.each<[string, boolean]>([
    ['StringEquals', false],
    ['StringNotEquals', true],
    ['StringEqualsIfExists', true],
    ['BoolIfExists', true],
    ['NumericLessThan', false],
    ['NotIpAddress', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
    ['ForAllValues:StringEquals', true],
  ])('%s of a key that is missing: %s', (operator, expected) => {
    expect(holds({ [operator]: { 'aws:x': '1' } })).toBe(expected);
  });

  it.each<[string, readonly string[], boolean]>([
    ['ForAnyValue:StringEquals', ['a', 'z'], true],
    ['ForAnyValue:StringEquals', ['y', 'z'], false],
    ['ForAllValues:StringEquals', ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a', 'z'], false],
    ['ForAnyValue:StringNotEquals', ['a', 'z'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], false],
    ['ForAllValues:StringNotEquals', ['y', 'z'], true],
    ['ForAllValues:StringNotEquals', ['a', 'z'], false],
    ['ForAllValues:StringLikeIfExists', ['a'], true],
  ])('%s [a, b] of a key with %j: %s', (operator, values, expected) => {
    const keys = { 'aws:tagkeys': values };
    expect(holds({ [operator]: { 'aws:TagKeys': ['a', 'b'] } }, keys)).toBe(expected);
  });

  it('Null says whether a key is missing', () => {
    expect(holds({ Null: { 'aws:x': 'true' } })).toBe(true);
    expect(holds({ Null: { 'aws:x': false } })).toBe(false);
    expect(holds({ Null: { 'aws:x': true } }, { 'aws:x': 'a' })).toBe(false);
  });

  it('that IAM does not have is refused', () => {
    expect(() => compileConditions({ StringIs: { a: 'b' } }, true)).toThrow('StringIs');
    expect(() => compileConditions({ StringEquals: 'x' }, true)).toThrow(TypeError);
  });
});

describe('a policy variable', () => {
  const keys = { 'aws:username': 'ann', 'aws:PrincipalTag/team': 'p*', 'aws:many': ['1', '2'] };
  const tag = (wanted: string, value: string) =>
    holds({ StringLike: { 'aws:x': wanted } }, { ...keys, 'aws:x': value });

  it('stands for the request’s value, without wildcards of its own', () => {
    expect(tag('home-${aws:username}', 'home-ann')).toBe(true);
    expect(tag('${aws:PrincipalTag/team}', 'p*')).toBe(true);
    expect(tag('${aws:PrincipalTag/team}', 'payments')).toBe(false);
    expect(tag('${AWS:userName}*', 'anna')).toBe(true);
  });

  it('without a value fits nothing, unless it has a default', () => {
    expect(tag('${aws:PrincipalTag/none}', '')).toBe(false);
    expect(tag("${aws:PrincipalTag/none, 'any one'}", 'any one')).toBe(true);
    expect(tag('${aws:many}', '1')).toBe(false);
  });

  it('writes the characters that would be wildcards', () => {
    expect(tag('a${*}${?}${$}', 'a*?$')).toBe(true);
    expect(tag('a${*}', 'ab')).toBe(false);
  });

  it('is plain text in a policy of 2008 or without a version', () => {
    const text = (Version?: string) =>
      JSON.stringify({
        ...(Version && { Version }),
        Statement: [{ Effect: 'Allow', Action: '*', Resource: 'arn:aws:a:b:c:${aws:username}' }],
      });
    const asked = {
      caller: { accountId: '', accessKeyId: '', arn: '', userId: '' },
      action: 'kms:Decrypt',
      resource: 'arn:aws:a:b:c:ann',
      lookup: lookupOf(keys),
    };
    expect(compilePolicy(text('2012-10-17'))(asked).allows.size).toBe(1);
    expect(compilePolicy(text('2008-10-17'))(asked).allows.size).toBe(0);
    expect(compilePolicy(text())(asked).allows.size).toBe(0);
  });
});

describe('a statement', () => {
  const asked = (action: string, resource: string) => ({
    caller: { accountId: '1', accessKeyId: '', arn: '', userId: '' },
    action,
    resource,
    lookup: () => undefined,
  });
  const allows = (statement: object, action: string, resource: string) =>
    compilePolicy(JSON.stringify({ Statement: { Effect: 'Allow', ...statement } }))(
      asked(action, resource),
    ).allows.size === 1;
  const key = 'arn:aws:kms:eu-central-1:111122223333:key/1';

  it.each<[object, boolean]>([
    [{ Action: 'kms:Decrypt', Resource: key }, true],
    [{ Action: 'KMS:decrypt', Resource: key }, true],
    [{ Action: 'kms:*crypt', Resource: '*' }, true],
    [{ Action: 'kms:?ecrypt', Resource: 'arn:aws:kms:*:111122223333:key/*' }, true],
    [{ Action: 'kms:Decryp', Resource: '*' }, false],
    [{ Action: ['kms:Encrypt', 'kms:Decrypt'], Resource: '*' }, true],
    [{ Action: 'kms:Decrypt', Resource: 'arn:aws:kms:*:key/*' }, false],
    [{ NotAction: 'kms:Encrypt', Resource: '*' }, true],
    [{ NotAction: 'kms:*', Resource: '*' }, false],
    [{ Action: '*', NotResource: key }, false],
    [{ Action: '*', NotResource: 'arn:aws:kms:us-east-1:*:key/*' }, true],
  ])('%j: %s', (statement, expected) => {
    expect(allows(statement, 'kms:Decrypt', key)).toBe(expected);
  });

  it('that cannot be read makes its policy deny', () => {
    for (const text of ['', '[]', '{"Statement":[{"Effect":"Maybe"}]}', '{"Statement":[null]}']) {
      expect(compilePolicy(text)(asked('kms:Decrypt', key)).denies).toBe(true);
    }
  });
});
