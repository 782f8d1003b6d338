import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../shared/model/errors';
import type { PlanOf } from './plan';

export type SsoPlan = PlanOf<'sso'>;

/**
 * Looks into the cache that `aws sso login` fills, without asking anybody. Throws
 * `expired-credentials` where there is no login, or one that has run out and cannot be renewed.
 */
export async function checkSsoToken(plan: SsoPlan, homeDir: string, now: Date): Promise<void> {
  const name = createHash('sha1')
    .update(plan.session ?? plan.startUrl)
    .digest('hex');
  const file = path.join(homeDir, '.aws', 'sso', 'cache', `${name}.json`);
  let token: Record<string, unknown>;
  try {
    token = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    throw ssoExpired(plan, error);
  }
  const expires = Date.parse(String(token?.['expiresAt']));
  const renewable = plan.session !== undefined && typeof token?.['refreshToken'] === 'string';
  if (!renewable && !(expires > now.getTime())) throw ssoExpired(plan, undefined);
}

/** The sentence for a login that is needed, whatever the SDK says of it. */
export function ssoExpired({ profile }: SsoPlan, cause: unknown): AppError {
  return new AppError(
    'expired-credentials',
    `The SSO session of profile ${profile} has expired or was never opened. Run "aws sso login --profile ${profile}", then try again.`,
    { connection: `profile:${profile}`, operation: 'sso:GetRoleCredentials' },
    { cause },
  );
}
