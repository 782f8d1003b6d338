import type { KeyRow } from './key';

/** The read-only AWS CLI commands that show what the inventory has read of a key. */
export const awsCliOperations = [
  'describe-key',
  'get-key-rotation-status',
  'list-key-rotations',
  'get-key-policy',
  'list-resource-tags',
  'list-grants',
] as const;
export type AwsCliOperation = (typeof awsCliOperations)[number];

/**
 * The command that asks AWS the same about this key: `aws kms describe-key --key-id ... --region ...`,
 * for a POSIX shell. Every value is quoted, so nothing in a name can run.
 */
export function awsCliCommand(
  operation: AwsCliOperation,
  row: Pick<KeyRow, 'arn' | 'region' | 'connection'>,
  options: { endpointUrl?: string | undefined } = {},
): string {
  const profile = /^profile:(.*)$/s.exec(row.connection)?.[1];
  return [
    `aws kms ${operation}`,
    option('--key-id', row.arn),
    ...(operation === 'get-key-policy' ? ['--policy-name default --output text'] : []),
    option('--region', row.region),
    ...(profile === undefined ? [] : [option('--profile', profile)]),
    ...(options.endpointUrl === undefined ? [] : [option('--endpoint-url', options.endpointUrl)]),
  ].join(' ');
}

/** A value that begins with a dash would be taken for an option: it is tied to its name with `=`. */
function option(name: string, value: string): string {
  return `${name}${value.startsWith('-') ? '=' : ' '}${shellQuote(value)}`;
}

/** Quotes a value for a POSIX shell; plain words stay readable. */
function shellQuote(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
