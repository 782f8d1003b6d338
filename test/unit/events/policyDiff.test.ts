import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyDiff } from '../../../shared/model/policyDiff';
import { account, allow, policy, root } from './watchEvents';

const diff = (before: string | undefined, after: string) => policyDiff(before, after, account);
const app = 'arn:aws:iam::111122223333:role/app';

const principals = fc.constantFrom('*', app, 'arn:aws:iam::444455556666:root', account);
const actions = fc.uniqueArray(
  fc.constantFrom('kms:*', 'kms:Decrypt', 'KMS:DECRYPT', 'kms:Generate*', 'kms:Put*', '*'),
  { minLength: 1, maxLength: 3 },
);
const conditions = fc.option(
  fc.constantFrom(
    { StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' } },
    { StringEquals: { 'aws:PrincipalOrgID': 'o-abc' }, Bool: { 'aws:SecureTransport': 'true' } },
  ),
  { nil: undefined },
);
const statements = fc.array(
  fc
    .record({
      effect: fc.constantFrom('Allow', 'Deny'),
      principals: fc.uniqueArray(principals, { minLength: 1, maxLength: 3 }),
      not: fc.constantFrom('Action', 'NotAction'),
      whom: fc.constantFrom('Principal', 'NotPrincipal'),
      actions,
      condition: conditions,
    })
    .map(({ effect, principals: who, not, whom, actions: what, condition }) => ({
      Effect: effect,
      [whom]: { AWS: who },
      [not]: what,
      Resource: '*',
      ...(condition && { Condition: condition }),
    })),
  { minLength: 1, maxLength: 5 },
);
const policies = statements.map((list) => policy(...list));

describe('the difference of two key policies', () => {
  it('of a policy to itself is nothing, in whatever order it is written', () => {
    fc.assert(
      fc.property(statements, fc.integer(), (list, seed) => {
        const shuffled = list
          .map((statement) => ({
            ...statement,
            ...('Action' in statement && {
              Action: [...(statement['Action'] as string[])].reverse(),
            }),
          }))
          .toSorted((a, b) => (hash(a, seed) < hash(b, seed) ? -1 : 1));
        expect(diff(policy(...list), policy(...shuffled))).toEqual({ gained: [], lost: [] });
      }),
    );
  });

  it('is what the way back takes away', () => {
    fc.assert(
      fc.property(policies, policies, (a, b) => {
        const [there, back] = [diff(a, b), diff(b, a)];
        expect(there.gained).toEqual(back.lost);
        expect(there.lost).toEqual(back.gained);
      }),
    );
  });

  it('never loses by an Allow that is added, and never gains by a Deny', () => {
    fc.assert(
      fc.property(statements, statements, (list, more) => {
        const of = (effect: string) => more.filter((each) => each.Effect === effect);
        const before = policy(...list);
        expect(diff(before, policy(...list, ...of('Allow'))).lost).toEqual([]);
        expect(diff(before, policy(...list, ...of('Deny'))).gained).toEqual([]);
      }),
    );
  });

  it('counts everything as gained where nothing is known of before', () => {
    fc.assert(
      fc.property(statements, (list) => {
        const allowed = list.filter((each) => each.Effect === 'Allow').length;
        const { gained } = diff(undefined, policy(...list));
        expect(gained.length > 0).toBe(allowed > 0);
      }),
    );
  });

  it('names who gained which actions with which powers', () => {
    const after = policy(root, allow(app, 'kms:Decrypt', 'kms:Create*', 'kms:PutKeyPolicy'));
    expect(diff(policy(root), after).gained).toEqual([
      {
        principal: app,
        actions: ['kms:create*', 'kms:decrypt', 'kms:putkeypolicy'],
        effect: 'allow',
        everybody: false,
        powers: ['Decrypt', 'CreateGrant', 'PutKeyPolicy'],
      },
    ]);
  });

  it('knows what a wildcard, another case, or everybody allowed before', () => {
    const before = policy(allow(app, 'kms:De*'), allow('*', 'kms:Sign'));
    const after = policy(
      allow(app, 'KMS:decrypt', 'kms:Describe*', 'kms:Sign'),
      allow('*', 'kms:Sign'),
    );
    expect(diff(before, after).gained).toEqual([]);
    expect(
      diff(policy(allow(app, 'kms:De????')), policy(allow(app, 'kms:De*'))).gained,
    ).toHaveLength(1);
  });

  it('takes an account’s number and its root for one', () => {
    expect(diff(policy(root), policy(allow(account, 'kms:*')))).toEqual({ gained: [], lost: [] });
  });

  it('sees a condition that falls away as a gain, and one that comes as a loss', () => {
    const narrow = {
      ...allow(app, 'kms:Decrypt'),
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    };
    const wide = diff(policy(narrow), policy(allow(app, 'kms:Decrypt')));
    expect([wide.gained.length, wide.lost.length]).toEqual([1, 0]);
    const tight = diff(policy(allow(app, 'kms:Decrypt')), policy(narrow));
    expect([tight.gained.length, tight.lost.length]).toEqual([0, 1]);
    expect(diff(policy(root), policy(root, narrow)).gained[0]?.conditions).toContain('MultiFactor');
  });

  it('marks everybody and other accounts', () => {
    const { gained } = diff(
      policy(root),
      policy(root, allow('*', 'kms:Decrypt'), allow('arn:aws:iam::444455556666:user/x', 'kms:*')),
    );
    expect(gained).toMatchObject([
      { principal: '*', everybody: true },
      { otherAccount: '444455556666', powers: ['everything'] },
    ]);
  });

  it('throws for a text that is no policy', () => {
    expect(() => diff(policy(root), 'no JSON')).toThrow('cannot be read');
  });
});

function hash(value: object, seed: number): number {
  let sum = seed;
  for (const letter of JSON.stringify(value)) sum = (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0;
  return sum;
}
