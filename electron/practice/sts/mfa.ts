import { mfaArn, type UserRecord } from '../iam/model';
import { mfaCode, mfaStep } from '../iam/totp';
import { AwsError } from '../protocol/awsError';
import { textOf, type StsContext, type StsInput } from './context';

/**
 * Checks a request's MFA code against the device of the user who calls, by the account's clock: the
 * codes of this half minute, the one before and the one after, each of them once. Gives whether there
 * was one.
 * @throws AwsError AccessDenied in AWS's words
 */
export function proveMfa(input: StsInput, context: StsContext): boolean {
  const serial = textOf(input, 'SerialNumber');
  const code = textOf(input, 'TokenCode');
  if (serial === undefined && code === undefined) return false;
  if (serial === undefined || code === undefined) {
    throw failed(', must provide both MFA serial number and one time pass code.');
  }
  const user = deviceOwner(serial, context);
  const used = user.lastMfaStep ?? -Infinity;
  const now = mfaStep(context.now);
  const step = [now - 1, now, now + 1].find(
    (one) => one > used && mfaCode(user.mfaSeed ?? '', one) === code,
  );
  if (step === undefined) throw failed(' with invalid MFA one time pass code. ');
  context.directory.putUser({ ...user, lastMfaStep: step });
  return true;
}

function deviceOwner(serial: string, { caller, directory }: StsContext): UserRecord {
  const { identity } = caller;
  const user = identity?.type === 'User' ? directory.findUser(identity.entityArn) : undefined;
  if (user?.mfaSeed !== undefined && mfaArn(user) === serial) return user;
  throw failed(
    ', unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
  );
}

function failed(how: string): AwsError {
  return new AwsError('AccessDenied', `MultiFactorAuthentication failed${how}`, 403);
}
