import { AppError } from '../../shared/model/errors';
import type { AwsCredentials } from './session';

/**
 * Passes credentials that can be sent at all. They become HTTP headers; anything but visible ASCII is
 * a slip of an editor or a wrong file. Throws `no-credentials`; `name` is as in a sentence.
 */
export function soundCredentials(credentials: AwsCredentials, name: string): AwsCredentials {
  const { accessKeyId, secretAccessKey, sessionToken = 'none' } = credentials;
  if ([accessKeyId, secretAccessKey, sessionToken].every((part) => /^[\x21-\x7e]+$/.test(part))) {
    return credentials;
  }
  throw new AppError(
    'no-credentials',
    `The credentials of ${name} hold characters that AWS never gives out. Copy them anew.`,
  );
}
