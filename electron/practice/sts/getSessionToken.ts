import { AwsError } from '../protocol/awsError';
import { integer, optional } from '../protocol/rules';
import type { StsOperation } from './context';
import { serialNumber, tokenCode } from './members';
import { proveMfa } from './mfa';
import { startSession } from './session';

/** Twelve hours. */
const usualSeconds = 43_200;

/** Temporary credentials of the user itself; anyone with long-term credentials may have them. */
export const getSessionToken: StsOperation = {
  members: {
    DurationSeconds: optional(integer(900, 129_600)),
    SerialNumber: serialNumber,
    TokenCode: tokenCode,
  },
  numbers: ['DurationSeconds'],
  run(input, context) {
    const { identity } = context.caller;
    if (!identity || identity.session) {
      throw new AwsError(
        'AccessDenied',
        'Cannot call GetSessionToken with session credentials',
        403,
      );
    }
    const byMfa = proveMfa(input, context);
    const seconds = Number(input.DurationSeconds ?? usualSeconds);
    const credentials = startSession(context, seconds, {
      entityArn: identity.entityArn,
      tags: {},
      transitiveTagKeys: [],
      ...(byMfa && { mfaAt: context.now }),
    });
    return { Credentials: credentials };
  },
};
