import { beforeEach, describe, expect, it } from 'vitest';
import { mfaArn } from '../../../../electron/practice/iam/model';
import { mfaCode, mfaStep, toBase32 } from '../../../../electron/practice/iam/totp';
import type { Caller } from '../../../../electron/practice/sigv4/verify';
import { allow, openWorld, ours, policyOf, refused, root, theirs, to, type World } from './world';

let world: World;
let role: string;
beforeEach(() => {
  world = openWorld();
  role = world.role(
    'app',
    [allow(['kms:Encrypt', 'kms:DescribeKey', 'sts:AssumeRole'])],
    to(root(ours), { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'] }),
  );
});

const assume = (caller: Caller, more: Record<string, string> = {}, RoleArn = role) =>
  world.sts(caller, { Action: 'AssumeRole', RoleArn, RoleSessionName: 'one', ...more });
const notAuthorized = (caller: Caller, action: string, arn = role) =>
  `AccessDenied: User: ${caller.arn} is not authorized to perform: ${action} on resource: ${arn}`;
const codeOf = (name: string, steps = 0) => {
  const user = world.directory.users().find((one) => one.name === name);
  if (!user?.mfaSeed) throw new Error('no device');
  const TokenCode = mfaCode(user.mfaSeed, mfaStep(world.account.clock.now()) + steps);
  return { SerialNumber: mfaArn(user), TokenCode };
};

describe('TOTP', () => {
  const seed = toBase32(Buffer.from('12345678901234567890'));
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('gives RFC 6238’s code at %i seconds', (seconds, code) => {
    expect(mfaCode(seed, mfaStep(seconds * 1000))).toBe(code);
  });
});

describe('AssumeRole', () => {
  it('gives the role’s permissions, and its name in errors', async () => {
    const ann = world.user('ann', [allow('sts:AssumeRole')]);
    const session = world.session(assume(ann));
    expect(session.arn).toBe(`arn:aws:sts::${ours}:assumed-role/app/one`);
    expect(session.userId).toMatch(/^AROA[A-Z2-7]{17}:one$/);
    const key = await world.key();
    expect(await world.outcome(session, 'DescribeKey', { KeyId: key })).toBe('ok');
    expect(await world.outcome(session, 'DisableKey', { KeyId: key })).toBe(
      refused(session, 'kms:DisableKey', key, 'identity-based policy'),
    );
    expect(world.sts(session, { Action: 'GetCallerIdentity' })).toContain(session.arn);
  });

  it('is meant by key policies that name the role or the session', async () => {
    const ann = world.user('ann', [allow('sts:AssumeRole')]);
    const session = world.session(assume(ann));
    for (const principal of [role, session.arn]) {
      const key = await world.key([to(principal, allow('kms:DisableKey'))]);
      expect(await world.outcome(session, 'DisableKey', { KeyId: key })).toBe('ok');
      expect(await world.outcome(ann, 'DisableKey', { KeyId: key })).toBe(
        refused(ann, 'kms:DisableKey', key, 'resource-based policy'),
      );
    }
  });

  it('needs the caller’s own policy where the role trusts the account', () => {
    const ann = world.user('ann', []);
    expect(assume(ann)).toBe(notAuthorized(ann, 'sts:AssumeRole'));
  });

  it('needs the trust of the role, and tells nothing of roles that do not exist', () => {
    const pia = world.user('pia', [allow('*')], { accountId: theirs });
    expect(assume(pia)).toBe(notAuthorized(pia, 'sts:AssumeRole'));
    const none = `arn:aws:iam::${ours}:role/none`;
    expect(assume(pia, {}, none)).toBe(notAuthorized(pia, 'sts:AssumeRole', none));
  });

  it('works from another account where both sides allow, bound to an external id', () => {
    const pia = world.user('pia', [allow('sts:AssumeRole')], { accountId: theirs });
    const shared = world.role('shared', [], {
      ...to(root(theirs), { Effect: 'Allow', Action: 'sts:AssumeRole' }),
      Condition: { StringEquals: { 'sts:ExternalId': 'x-1' } },
    });
    expect(assume(pia, {}, shared)).toBe(notAuthorized(pia, 'sts:AssumeRole', shared));
    expect(assume(pia, { ExternalId: 'x-1' }, shared)).toContain('<AccessKeyId>ASIA');
  });

  it('gives no more than the session policy', async () => {
    const ann = world.user('ann', [allow('sts:AssumeRole')]);
    const Policy = policyOf([allow(['kms:DescribeKey', 'kms:DisableKey'])]);
    const session = world.session(assume(ann, { Policy }));
    const key = await world.key();
    expect(await world.outcome(session, 'DescribeKey', { KeyId: key })).toBe('ok');
    expect(await world.outcome(session, 'Encrypt', { KeyId: key, Plaintext: 'AAAA' })).toBe(
      refused(session, 'kms:Encrypt', key, 'session policy'),
    );
    expect(await world.outcome(session, 'DisableKey', { KeyId: key })).toBe(
      refused(session, 'kms:DisableKey', key, 'identity-based policy'),
    );
    expect(assume(ann, { Policy: 'none' })).toContain('MalformedPolicyDocument');
  });

  it('carries tags, which must be allowed, into the session and on where they are transitive', async () => {
    const ann = world.user('ann', [allow(['sts:AssumeRole', 'sts:TagSession'])]);
    const given = {
      'Tags.member.1.Key': 'team',
      'Tags.member.1.Value': 'blue',
      'Tags.member.2.Key': 'kind',
      'Tags.member.2.Value': 'person',
      'TransitiveTagKeys.member.1': 'team',
    };
    const session = world.session(assume(ann, given));
    expect(session.identity?.tags).toEqual({ team: 'blue', kind: 'person' });
    const next = world.session(assume(session));
    expect(next.identity?.tags).toEqual({ team: 'blue', kind: 'program' });
    const untold = world.user('bea', [allow('sts:AssumeRole')]);
    expect(assume(untold, given)).toBe(notAuthorized(untold, 'sts:TagSession'));
    const key = await world.key([
      to('*', allow('kms:DisableKey', { StringEquals: { 'aws:PrincipalTag/team': 'blue' } })),
    ]);
    expect(await world.outcome(next, 'DisableKey', { KeyId: key })).toBe('ok');
  });

  it('keeps the limits of names and durations', () => {
    const ann = world.user('ann', [allow('sts:AssumeRole')]);
    expect(assume(ann, { RoleSessionName: 'a b' })).toBe(
      "ValidationException: 1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    );
    expect(assume(ann, { DurationSeconds: '899' })).toContain(
      "Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    );
    expect(assume(ann, { DurationSeconds: '7200' })).toBe(
      'ValidationException: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
    const session = world.session(assume(ann));
    expect(assume(session, { DurationSeconds: '7200' })).toBe(
      'ValidationException: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  });
});

describe('MFA', () => {
  let guarded: string;
  let dora: Caller;
  beforeEach(() => {
    dora = world.user('dora', [allow('sts:AssumeRole')], { mfa: true });
    guarded = world.role('guarded', [allow('kms:*')], {
      ...to(dora.arn, { Effect: 'Allow', Action: 'sts:AssumeRole' }),
      Condition: {
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': '600' },
      },
    });
  });

  it('opens a role that asks for it, by a code of the account’s clock', () => {
    expect(assume(dora, {}, guarded)).toBe(notAuthorized(dora, 'sts:AssumeRole', guarded));
    expect(assume(dora, codeOf('dora'), guarded)).toContain('<AccessKeyId>ASIA');
  });

  it('takes a code once, and none of another time or device', () => {
    const wrong =
      'AccessDenied: MultiFactorAuthentication failed with invalid MFA one time pass code. ';
    const code = codeOf('dora');
    expect(assume(dora, code, guarded)).toContain('ASIA');
    expect(assume(dora, code, guarded)).toBe(wrong);
    expect(assume(dora, codeOf('dora', 5), guarded)).toBe(wrong);
    expect(assume(dora, codeOf('dora', 1), guarded)).toContain('ASIA');
    expect(
      assume(dora, { ...codeOf('dora', 1), SerialNumber: 'arn:aws:iam::1:mfa/x' }, guarded),
    ).toBe(
      'AccessDenied: MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    );
    expect(assume(dora, { TokenCode: '123456' }, guarded)).toBe(
      'AccessDenied: MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
    );
  });

  it('stays with a session of GetSessionToken, and ages with the account’s clock', () => {
    const session = world.session(
      world.sts(dora, { Action: 'GetSessionToken', ...codeOf('dora') }),
    );
    expect(session.arn).toBe(dora.arn);
    expect(assume(session, {}, guarded)).toContain('ASIA');
    world.account.clock.advance(601_000);
    expect(assume(session, {}, guarded)).toBe(notAuthorized(session, 'sts:AssumeRole', guarded));
  });

  it('is not there in a session without a code', () => {
    const session = world.session(world.sts(dora, { Action: 'GetSessionToken' }));
    expect(assume(session, {}, guarded)).toBe(notAuthorized(session, 'sts:AssumeRole', guarded));
    expect(world.sts(session, { Action: 'GetSessionToken' })).toBe(
      'AccessDenied: Cannot call GetSessionToken with session credentials',
    );
  });
});

describe('temporary credentials', () => {
  it('end by the machine’s clock, and when the account’s clock has passed their end', () => {
    const ann = world.user('ann', [allow('sts:AssumeRole')]);
    const session = world.session(assume(ann));
    const start = world.account.clock.now();
    const expires = () => world.directory.findKey(session.accessKeyId)?.expires;
    expect(expires()).toBe(start + 3_600_000);
    world.account.clock.advance(3_599_000);
    expect(expires()).toBe(start + 3_600_000);
    world.account.clock.advance(1000);
    expect(expires()).toBe(0);
  });
});
