import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { notASecretSchema } from '../../shared/model/secrets';

/**
 * What somebody has declared to be no secret, so that a later scan knows it again. It is kept as an
 * HMAC under a salt of its own, and not as a line: another value in its line counts. Of what is a
 * secret nothing of the kind is kept.
 */
export const ignoredSchema = notASecretSchema.extend({
  file: z.string(),
  kind: z.string(),
  /** Hex. */
  salt: z.string(),
  /** Hex. */
  digest: z.string(),
});
export type Ignored = z.infer<typeof ignoredSchema>;

export function digestWithSalt(value: string): Pick<Ignored, 'salt' | 'digest'> {
  const salt = randomBytes(16).toString('hex');
  return { salt, digest: digestOf(value, salt) };
}

/** The declaration that covers a value, where there is one. */
export function ignoredBy(
  { file, kind, value }: { file: string; kind: string; value: string },
  ignored: readonly Ignored[],
): Ignored | undefined {
  return ignored.find(
    (one) => one.file === file && one.kind === kind && one.digest === digestOf(value, one.salt),
  );
}

function digestOf(value: string, salt: string): string {
  return createHmac('sha256', Buffer.from(salt, 'hex')).update(value).digest('hex');
}
