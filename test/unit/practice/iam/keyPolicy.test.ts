import { beforeEach, describe, expect, it } from 'vitest';
import { allow, arnOfUser, deny, openWorld, ours, root, theirs, to, type World } from './world';

let world: World;
beforeEach(() => {
  world = openWorld();
});

const lockedOut =
  'MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.';
const noSuchPrincipal =
  'MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.';
const text = (statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const me = arnOfUser('practice-operator');

describe('a new key policy', () => {
  it.each<[string, readonly object[], string]>([
    ['leaves control to the account', [to(root(ours), allow('kms:*'))], 'ok'],
    ['leaves it to the account by number', [to(ours, allow('kms:Put*'))], 'ok'],
    ['leaves it to its writer', [to(me, allow('kms:PutKeyPolicy'))], 'ok'],
    ['leaves it to everybody', [to('*', allow('*'))], 'ok'],
    ['gives another account alone', [to(root(theirs), allow('kms:*'))], lockedOut],
    ['allows its writer all but that', [to(me, allow('kms:Encrypt'))], lockedOut],
    [
      'allows and denies it',
      [to(me, allow('kms:*')), to('*', deny('kms:PutKeyPolicy'))],
      lockedOut,
    ],
    [
      'allows it under a condition that the writer meets',
      [to(me, allow('kms:*', { StringEquals: { 'aws:username': 'practice-operator' } }))],
      'ok',
    ],
    [
      'allows it under a condition that the writer does not meet',
      [to(me, allow('kms:*', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }))],
      lockedOut,
    ],
  ])('that %s', async (_, statements, expected) => {
    const key = await world.key();
    const input = { KeyId: key, Policy: text(statements) };
    expect(await world.outcome(world.operator, 'PutKeyPolicy', input)).toBe(expected);
    expect(await world.outcome(world.operator, 'CreateKey', { Policy: text(statements) })).toBe(
      expected,
    );
  });

  it('may lock its writer out where that is asked for', async () => {
    const key = await world.key();
    const input = {
      KeyId: key,
      Policy: text([to(root(theirs), allow('kms:*'))]),
      BypassPolicyLockoutSafetyCheck: true,
    };
    expect(await world.outcome(world.operator, 'PutKeyPolicy', input)).toBe('ok');
    expect(await world.outcome(world.operator, 'PutKeyPolicy', input)).toContain(
      'because no resource-based policy allows the kms:PutKeyPolicy action',
    );
  });

  it.each([
    [arnOfUser('nobody'), noSuchPrincipal],
    [`arn:aws:iam::${ours}:role/none`, noSuchPrincipal],
    [`arn:aws:sts::${ours}:assumed-role/none/session`, noSuchPrincipal],
    [arnOfUser('nobody', theirs), noSuchPrincipal],
    ['nobody', noSuchPrincipal],
    ['arn:aws:iam::999988887777:user/who-knows', 'ok'],
    [`arn:aws:iam::${ours}:role/aws-service-role/a.amazonaws.com/AWSServiceRoleForA`, 'ok'],
    ['AIDAABCDEFGHIJKLMNOPQ', 'ok'],
  ])('that names %s: %s', async (principal, expected) => {
    const key = await world.key();
    const Policy = text([to(root(ours), allow('kms:*')), to(principal, allow('kms:Decrypt'))]);
    expect(await world.outcome(world.operator, 'PutKeyPolicy', { KeyId: key, Policy })).toBe(
      expected,
    );
  });

  it.each([
    ['an operator that IAM does not have', allow('kms:*', { StringIs: { a: 'b' } })],
    ['an action without a service', allow('Decrypt')],
  ])('with %s is refused', async (_, statement) => {
    const Policy = text([to(root(ours), statement)]);
    expect(await world.outcome(world.operator, 'CreateKey', { Policy })).toContain(
      'MalformedPolicyDocumentException',
    );
  });

  it('of a replica is checked too', async () => {
    const key = await world.key(undefined, { MultiRegion: true });
    const input = {
      KeyId: key,
      ReplicaRegion: 'us-east-1',
      Policy: text([to(root(theirs), allow('kms:*'))]),
    };
    expect(await world.outcome(world.operator, 'ReplicateKey', input)).toBe(lockedOut);
  });
});
