import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type Refusal } from '../../../../electron/practice/iam/decide';
import { compilePolicy } from '../../../../electron/practice/iam/policy';
import type { Caller } from '../../../../electron/practice/sigv4/verify';
import { policyOf } from './world';

const ours = '111122223333';
const theirs = '444455556666';
const role = `arn:aws:iam::${ours}:role/app`;
const session = `arn:aws:sts::${ours}:assumed-role/app/one`;

const caller = (accountId: string): Caller => ({
  accountId,
  accessKeyId: 'ASIA',
  arn: session,
  userId: 'AROAAPP:one',
  identity: {
    type: 'AssumedRole',
    entityArn: role,
    uniqueId: 'AROAAPP',
    policies: [],
    tags: {},
  },
});

const condition = fc.constantFrom(
  undefined,
  { StringEquals: { 'kms:CallerAccount': ours } },
  { StringEquals: { 'kms:CallerAccount': theirs } },
  { Null: { 'kms:ViaService': 'true' } },
  { Bool: { 'kms:ViaService': 'true' } },
);
const element = (values: readonly unknown[]) => fc.constantFrom(...values);
const statement = fc
  .record({
    Effect: element(['Allow', 'Deny']),
    action: element([{ Action: 'kms:*' }, { Action: 'kms:Encrypt' }, { NotAction: 'kms:Decrypt' }]),
    resource: element([
      { Resource: '*' },
      { Resource: 'arn:aws:kms:*:*:key/1' },
      { NotResource: '*' },
    ]),
    Condition: condition,
  })
  .map(({ action, resource, ...rest }) => ({
    ...rest,
    ...(action as object),
    ...(resource as object),
  }));
const principal = element([
  { Principal: '*' },
  { Principal: { AWS: `arn:aws:iam::${ours}:root` } },
  { Principal: { AWS: [ours, theirs] } },
  { Principal: { AWS: role } },
  { Principal: { AWS: 'AROAAPP' } },
  { Principal: { AWS: session } },
  { Principal: { AWS: `arn:aws:iam::${ours}:role/other` } },
  { NotPrincipal: { AWS: role } },
  { Principal: { Service: 'logs.amazonaws.com' } },
]);
const keyStatement = fc
  .tuple(statement, principal)
  .map(([one, whom]) => ({ ...one, ...(whom as object) }));
interface Case {
  readonly account: string;
  readonly identity: readonly object[];
  readonly key: readonly object[] | undefined;
  readonly session: readonly object[] | undefined;
  readonly granted: boolean;
  readonly action: string;
}
const case_: fc.Arbitrary<Case> = fc.record({
  account: fc.constantFrom(ours, theirs),
  identity: fc.array(statement, { maxLength: 3 }),
  key: fc.option(fc.array(keyStatement, { maxLength: 3 }), { nil: undefined }),
  session: fc.option(fc.array(statement, { maxLength: 2 }), { nil: undefined }),
  granted: fc.boolean(),
  action: fc.constantFrom('kms:Encrypt', 'kms:Decrypt'),
});

function decided(one: Case): Refusal | undefined {
  const keys: Record<string, string> = { 'kms:calleraccount': one.account };
  return decide(
    {
      caller: caller(one.account),
      action: one.action,
      resource: `arn:aws:kms:eu-central-1:${ours}:key/1`,
      lookup: (name) => (keys[name] === undefined ? undefined : [keys[name]]),
    },
    {
      identity: [compilePolicy(policyOf(one.identity))],
      session: one.session && compilePolicy(policyOf(one.session)),
      resource: one.key && compilePolicy(policyOf(one.key)),
      resourceAccountId: ours,
      granted: () => one.granted,
    },
  );
}

const everything = { Action: '*', Resource: '*' };
const where = fc.constantFrom('identity' as const, 'key' as const, 'session' as const);

describe('a decision', () => {
  it('is against the caller wherever an explicit deny stands', () => {
    fc.assert(
      fc.property(case_, where, (one, place) => {
        const denied = {
          Effect: 'Deny',
          ...everything,
          ...(place === 'key' && { Principal: '*' }),
        };
        const outcome = decided({ ...one, [place]: [...(one[place] ?? []), denied] });
        expect(outcome).toBeDefined();
        expect(outcome?.kind).not.toBe('missing');
      }),
      { numRuns: 300 },
    );
  });

  it('never turns against the caller by one more Allow', () => {
    fc.assert(
      fc.property(case_, where, statement, principal, (one, place, more, whom) => {
        fc.pre(decided(one) === undefined && one[place] !== undefined);
        const allowed = { ...more, Effect: 'Allow', ...(place === 'key' && (whom as object)) };
        expect(decided({ ...one, [place]: [...(one[place] ?? []), allowed] })).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('never turns in favour of the caller by one more Deny', () => {
    fc.assert(
      fc.property(case_, where, statement, principal, (one, place, more, whom) => {
        fc.pre(decided(one) !== undefined && one[place] !== undefined);
        const denied = { ...more, Effect: 'Deny', ...(place === 'key' && (whom as object)) };
        expect(decided({ ...one, [place]: [...(one[place] ?? []), denied] })).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the order of statements', () => {
    fc.assert(
      fc.property(case_, (one) => {
        const turned = {
          ...one,
          identity: [...one.identity].reverse(),
          key: one.key && [...one.key].reverse(),
        };
        expect(decided(turned)).toEqual(decided(one));
      }),
      { numRuns: 200 },
    );
  });

  it('lets another account in only where both sides allow', () => {
    fc.assert(
      fc.property(case_, (one) => {
        const foreign = { ...one, account: theirs, key: one.key ?? [] };
        expect(decided({ ...foreign, identity: [] })).toBeDefined();
        expect(decided({ ...foreign, key: [], granted: false })).toBeDefined();
      }),
      { numRuns: 200 },
    );
  });

  it('lets a session’s policy narrow, unless the key’s policy names the session itself', () => {
    const one: Case = {
      account: ours,
      identity: [],
      key: [{ Effect: 'Allow', ...everything, Principal: { AWS: role } }],
      session: [],
      granted: false,
      action: 'kms:Encrypt',
    };
    expect(decided(one)).toEqual({ kind: 'missing', from: 'session policy' });
    const named = [{ Effect: 'Allow', ...everything, Principal: { AWS: session } }];
    expect(decided({ ...one, key: named })).toBeUndefined();
  });
});
