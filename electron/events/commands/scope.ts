import type { CommandOptions } from '../../command';

/** The options by which a command names its accounts and Regions. */
export const scopeOptions = {
  profile: { type: 'string', multiple: true },
  region: { type: 'string', multiple: true },
  practice: { type: 'boolean', default: false },
  'endpoint-url': { type: 'string' },
} as const satisfies CommandOptions;

export const scopeUsage = `  --profile NAME        a profile of the AWS config files; may be repeated
  --practice            the practice account
  --region REGION       may be repeated; the profile's own where absent
  --endpoint-url URL    another endpoint, such as that of "claviger practice"`;
