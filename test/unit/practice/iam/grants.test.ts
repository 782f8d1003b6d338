import { beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../../electron/practice/sigv4/verify';
import { allow, elsewhere, openWorld, refused, theirs, to, type World } from './world';

let world: World;
let key: string;
let app: Caller;
beforeEach(async () => {
  world = openWorld();
  key = await world.key();
  app = world.user('app', []);
});

const grant = async (more: object, maker = world.operator) =>
  (await world.as(maker, 'CreateGrant', {
    KeyId: key,
    GranteePrincipal: app.arn,
    Operations: ['Encrypt'],
    ...more,
  })) as { GrantId: string; GrantToken: string };
const encrypt = (more: object = {}, caller = app) =>
  world.outcome(caller, 'Encrypt', { KeyId: key, Plaintext: 'AAAA', ...more });
const denied = (caller = app) => refused(caller, 'kms:Encrypt', key, 'identity-based policy');

describe('a grant', () => {
  it('allows its grantee its operations, and no others', async () => {
    expect(await encrypt()).toBe(denied());
    await grant({});
    expect(await encrypt()).toBe('ok');
    expect(await world.outcome(app, 'DescribeKey', { KeyId: key })).toBe(
      refused(app, 'kms:DescribeKey', key, 'identity-based policy'),
    );
    const other = world.user('other', []);
    expect(await encrypt({}, other)).toBe(denied(other));
  });

  it('ends when it is revoked', async () => {
    const { GrantId } = await grant({});
    await world.as(world.operator, 'RevokeGrant', { KeyId: key, GrantId });
    expect(await encrypt()).toBe(denied());
  });

  it('is weaker than an explicit deny', async () => {
    await grant({});
    const policy = JSON.stringify({
      Statement: [
        to(world.operator.arn, allow('kms:*')),
        { ...to(app.arn, allow('kms:Encrypt')), Effect: 'Deny' },
      ],
    });
    await world.as(world.operator, 'PutKeyPolicy', { KeyId: key, Policy: policy });
    expect(await encrypt()).toContain('with an explicit deny in a resource-based policy');
  });

  it.each<[object, Record<string, string> | undefined, boolean]>([
    [{ EncryptionContextSubset: { a: '1' } }, { a: '1', b: '2' }, true],
    [{ EncryptionContextSubset: { a: '1' } }, { a: '2' }, false],
    [{ EncryptionContextSubset: { a: '1' } }, { A: '1' }, false],
    [{ EncryptionContextSubset: { a: '1' } }, undefined, false],
    [{ EncryptionContextEquals: { a: '1' } }, { a: '1' }, true],
    [{ EncryptionContextEquals: { a: '1' } }, { a: '1', b: '2' }, false],
    [{ EncryptionContextEquals: { a: '1', b: '2' } }, { b: '2', a: '1' }, true],
  ])('with %j and the context %j: %s', async (Constraints, EncryptionContext, expected) => {
    await grant({ Constraints });
    expect(await encrypt(EncryptionContext && { EncryptionContext })).toBe(
      expected ? 'ok' : denied(),
    );
  });

  it('constrains no operation without an encryption context', async () => {
    await grant({
      Operations: ['Encrypt', 'DescribeKey'],
      Constraints: { EncryptionContextEquals: { a: '1' } },
    });
    expect(await world.outcome(app, 'DescribeKey', { KeyId: key })).toBe('ok');
  });

  it('passes on no more than it gives', async () => {
    await grant({
      Operations: ['Encrypt', 'CreateGrant'],
      Constraints: { EncryptionContextSubset: { a: '1' } },
    });
    const pass = (more: object) =>
      world.outcome(app, 'CreateGrant', {
        KeyId: key,
        GranteePrincipal: app.arn,
        Operations: ['Encrypt'],
        Constraints: { EncryptionContextSubset: { a: '1', b: '2' } },
        ...more,
      });
    const no = refused(app, 'kms:CreateGrant', key, 'identity-based policy');
    expect(await pass({})).toBe('ok');
    expect(await pass({ Constraints: { EncryptionContextEquals: { a: '1' } } })).toBe('ok');
    expect(await pass({ Operations: ['Encrypt', 'Decrypt'] })).toBe(no);
    expect(await pass({ Constraints: undefined })).toBe(no);
    expect(await pass({ Constraints: { EncryptionContextSubset: { b: '2' } } })).toBe(no);
  });

  it('reaches into another account that also allows', async () => {
    const pia = world.user('pia', [allow('kms:Encrypt')], { accountId: theirs });
    expect(await encrypt({}, pia)).toBe(elsewhere(pia, 'kms:Encrypt'));
    await grant({ GranteePrincipal: pia.arn });
    expect(await encrypt({}, pia)).toBe('ok');
    const quin = world.user('quin', [], { accountId: theirs });
    await grant({ GranteePrincipal: quin.arn });
    expect(await encrypt({}, quin)).toBe(denied(quin));
  });
});

describe('retiring a grant', () => {
  const retire = (caller: Caller, input: object) => world.outcome(caller, 'RetireGrant', input);

  it('is for its retiring principal, by token or by ids, whatever policies say', async () => {
    const warden = world.user('warden', []);
    const { GrantToken } = await grant({ RetiringPrincipal: warden.arn });
    const { GrantId } = await grant({ RetiringPrincipal: warden.arn, Operations: ['Decrypt'] });
    expect(await retire(app, { GrantToken })).toContain(
      'not authorized to perform: kms:RetireGrant',
    );
    expect(await retire(warden, { GrantToken, DryRun: true })).toBe(
      'DryRunOperationException: The request would have succeeded, but the DryRun option is set.',
    );
    expect(await retire(warden, { GrantToken })).toBe('ok');
    expect(await encrypt()).toBe(denied());
    expect(await retire(warden, { KeyId: key, GrantId })).toBe('ok');
  });

  it('is for its grantee only where the grant says so', async () => {
    const plain = await grant({});
    expect(await retire(app, { GrantToken: plain.GrantToken })).toContain('AccessDeniedException');
    const { GrantToken } = await grant({ Operations: ['Decrypt', 'RetireGrant'] });
    expect(await retire(app, { GrantToken })).toBe('ok');
  });

  it('by a token that no grant has, or nobody’s, is refused', async () => {
    expect(await retire(app, { GrantToken: 'none' })).toBe('InvalidGrantTokenException: ');
    expect(await encrypt({ GrantTokens: ['none'] })).toBe('InvalidGrantTokenException: ');
  });
});

describe('a dry run', () => {
  it('says that it would have succeeded only after the permission', async () => {
    expect(await encrypt({ DryRun: true })).toBe(denied());
    await grant({});
    expect(await encrypt({ DryRun: true })).toBe(
      'DryRunOperationException: The request would have succeeded, but the DryRun option is set.',
    );
  });

  it('of Decrypt and ReEncrypt asks for the permission without a ciphertext', async () => {
    const ask = (caller: Caller, operation: string, input: object) =>
      world.outcome(caller, operation, {
        DryRun: true,
        DryRunModifiers: ['IGNORE_CIPHERTEXT'],
        ...input,
      });
    expect(await ask(app, 'Decrypt', { KeyId: key })).toBe(
      refused(app, 'kms:Decrypt', key, 'identity-based policy'),
    );
    expect(await ask(world.operator, 'Decrypt', { KeyId: key })).toContain('DryRunOperation');
    const both = { SourceKeyId: key, DestinationKeyId: key };
    expect(await ask(app, 'ReEncrypt', both)).toBe(
      refused(app, 'kms:ReEncryptFrom', key, 'identity-based policy'),
    );
    expect(await ask(world.operator, 'ReEncrypt', both)).toContain('DryRunOperation');
  });
});
