import { randomBytes } from 'node:crypto';
import { randomCredentials } from '../account/credentials';
import type { SessionRecord } from '../iam/model';
import type { StsContext } from './context';

/** Gives new temporary credentials and remembers them. */
export function startSession(
  { directory, now, realNow }: StsContext,
  durationSeconds: number,
  session: Pick<SessionRecord, 'entityArn' | 'tags' | 'transitiveTagKeys'> & Partial<SessionRecord>,
) {
  const record: SessionRecord = {
    ...session,
    ...randomCredentials('ASIA'),
    // AWS's begin so; the rest is opaque.
    sessionToken: `IQoJb3JpZ2luX2Vj${randomBytes(300).toString('base64')}`,
    issuedAt: now,
    expires: realNow + durationSeconds * 1000,
    expiresInAccount: now + durationSeconds * 1000,
  };
  directory.putSession(record);
  return {
    AccessKeyId: record.accessKeyId,
    SecretAccessKey: record.secretAccessKey,
    SessionToken: record.sessionToken,
    Expiration: new Date(record.expires).toISOString().replace(/\.\d{3}/, ''),
  };
}
