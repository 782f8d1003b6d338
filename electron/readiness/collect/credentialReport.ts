import { parse } from 'csv-parse/sync';
import { AppError } from '../../../shared/model/errors';
import type { CredentialReport } from '../../../shared/model/readiness/posture/identities';
import { said } from './parts';

type Credential = CredentialReport['users'][number];
type Line = Readonly<Record<string, string | undefined>>;

/**
 * Reads IAM's credential report: CSV with a line for each user. A column that is missing makes it
 * unreadable (AppError `bad-response`): what it would say is not known to be "no".
 * Source: IAM user guide, "Get credential reports", "Understanding the report format".
 */
export function readCredentialReport(text: string): Credential[] {
  let lines: Line[];
  try {
    lines = parse<Line>(text, { columns: true, skip_empty_lines: true });
  } catch {
    throw unreadable('is no CSV');
  }
  // Every account has a root user.
  if (lines.length === 0) throw unreadable('names nobody');
  return lines.map((line) => ({
    user: column(line, 'user'),
    arn: column(line, 'arn'),
    ...said({ createdAt: date(line, 'user_creation_time') }),
    ...said({
      password: flagOrUnsaid(line, 'password_enabled'),
      passwordUsedAt: date(line, 'password_last_used'),
    }),
    mfa: flag(line, 'mfa_active'),
    accessKeys: [accessKey(line, 'access_key_1'), accessKey(line, 'access_key_2')].filter(
      (key) => key.active || key.madeAt !== undefined,
    ),
  }));
}

function accessKey(line: Line, name: string): Credential['accessKeys'][number] {
  return {
    active: flag(line, `${name}_active`),
    ...said({
      madeAt: date(line, `${name}_last_rotated`),
      usedAt: date(line, `${name}_last_used_date`),
    }),
  };
}

function column(line: Line, name: string): string {
  const value = line[name];
  if (value === undefined) throw unreadable(`has no column ${name}`);
  return value;
}

function flag(line: Line, name: string): boolean {
  const value = flagOrUnsaid(line, name);
  if (value === undefined) throw unreadable(`does not say ${name}`);
  return value;
}

function flagOrUnsaid(line: Line, name: string): boolean | undefined {
  const value = column(line, name).toLowerCase();
  if (value === 'true') return true;
  if (value === 'false') return false;
  if (value === 'not_supported' || value === 'n/a') return undefined;
  throw unreadable(`has ${name} that is neither true nor false`);
}

/** `N/A`, `no_information` and `not_supported` are no dates. */
function date(line: Line, name: string): string | undefined {
  const time = Date.parse(column(line, name));
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function unreadable(why: string): AppError {
  return new AppError('bad-response', `The credential report ${why}.`, {
    operation: 'iam:GetCredentialReport',
  });
}
