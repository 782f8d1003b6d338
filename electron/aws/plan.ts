import { AppError } from '../../shared/model/errors';
import type { AwsConfig, Settings } from './configFiles';
import type { AwsCredentials } from './session';

/** How credentials are had, worked out from the config alone. */
export type CredentialPlan =
  | { readonly kind: 'static'; readonly credentials: AwsCredentials }
  | {
      readonly kind: 'sso';
      readonly profile: string;
      /** Absent in the older form, without `sso_session`. */
      readonly session?: string;
      readonly startUrl: string;
      readonly ssoRegion: string;
      readonly accountId: string;
      readonly roleName: string;
    }
  | {
      readonly kind: 'assume-role';
      readonly profile: string;
      readonly roleArn: string;
      readonly sessionName?: string;
      readonly externalId?: string;
      readonly durationSeconds?: number;
      readonly mfaSerial?: string;
      readonly region?: string;
      readonly source: CredentialPlan;
    }
  | { readonly kind: 'environment' | 'ec2' | 'ecs' }
  | {
      readonly kind: 'web-identity';
      readonly tokenFile: string;
      readonly roleArn: string;
      readonly sessionName?: string;
      readonly region?: string;
    }
  | { readonly kind: 'process'; readonly profile: string; readonly command: string }
  | { readonly kind: 'login'; readonly profile: string };

/** The plan of one kind. */
export type PlanOf<K extends CredentialPlan['kind']> = Extract<CredentialPlan, { kind: K }>;

/**
 * Follows a profile to its credentials, through chains of roles, in the order of the AWS CLI and the
 * SDK: role, static keys, web identity, process, SSO, login. Throws AppError `no-credentials` with a
 * sentence that names profile and setting.
 */
export function planOf(
  config: Pick<AwsConfig, 'profiles' | 'ssoSessions'>,
  profile: string,
  visited: readonly string[] = [],
): CredentialPlan {
  const settings = config.profiles.get(profile);
  if (!settings) throw missing(profile, visited);
  const keys = staticKeys(settings);
  // A role's source may be its own profile: then its static keys are meant.
  if (visited.length > 0 && keys) return keys;
  if (visited.includes(profile)) {
    throw broken(
      profile,
      `its chain of source_profile comes back to itself: ${[...visited, profile].join(' -> ')}`,
    );
  }
  const roleArn = settings.get('role_arn');
  const tokenFile = settings.get('web_identity_token_file');
  const hasSource = settings.has('source_profile') || settings.has('credential_source');
  if (roleArn !== undefined && hasSource) {
    return rolePlan(config, profile, settings, roleArn, visited);
  }
  if (keys) return keys;
  const half = ['aws_access_key_id', 'aws_secret_access_key'].find((name) => settings.has(name));
  if (half) throw broken(profile, `it has ${half} without its other half`);
  if (tokenFile !== undefined) {
    if (roleArn === undefined) throw broken(profile, 'web_identity_token_file needs role_arn');
    return {
      kind: 'web-identity',
      tokenFile,
      roleArn,
      ...optional('sessionName', settings.get('role_session_name')),
      ...optional('region', settings.get('region')),
    };
  }
  if (roleArn !== undefined)
    throw broken(profile, 'role_arn needs source_profile or credential_source');
  const command = settings.get('credential_process');
  if (command !== undefined) return { kind: 'process', profile, command };
  if (['sso_session', 'sso_start_url', 'sso_account_id'].some((name) => settings.has(name))) {
    return ssoPlan(config, profile, settings);
  }
  if (settings.has('login_session')) return { kind: 'login', profile };
  throw broken(profile, 'it has neither keys, a role, SSO nor credential_process');
}

function staticKeys(settings: Settings): CredentialPlan | undefined {
  const accessKeyId = settings.get('aws_access_key_id');
  const secretAccessKey = settings.get('aws_secret_access_key');
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return {
    kind: 'static',
    credentials: {
      accessKeyId,
      secretAccessKey,
      ...optional('sessionToken', settings.get('aws_session_token')),
      ...optional('accountId', settings.get('aws_account_id')),
    },
  };
}

function rolePlan(
  config: Pick<AwsConfig, 'profiles' | 'ssoSessions'>,
  profile: string,
  settings: Settings,
  roleArn: string,
  visited: readonly string[],
): CredentialPlan {
  const sourceProfile = settings.get('source_profile');
  const credentialSource = settings.get('credential_source');
  if (sourceProfile !== undefined && credentialSource !== undefined) {
    throw broken(profile, 'it has both source_profile and credential_source');
  }
  const duration = settings.get('duration_seconds');
  if (duration !== undefined && !/^\d{3,6}$/.test(duration)) {
    throw broken(profile, 'duration_seconds is not a number of seconds');
  }
  return {
    kind: 'assume-role',
    profile,
    roleArn,
    ...optional('sessionName', settings.get('role_session_name')),
    ...optional('externalId', settings.get('external_id')),
    ...optional('durationSeconds', duration === undefined ? undefined : Number(duration)),
    ...optional('mfaSerial', settings.get('mfa_serial')),
    ...optional('region', settings.get('region')),
    source:
      sourceProfile === undefined
        ? sourceOf(profile, credentialSource ?? '')
        : planOf(config, sourceProfile, [...visited, profile]),
  };
}

function sourceOf(profile: string, credentialSource: string): CredentialPlan {
  const kinds = {
    Environment: 'environment',
    Ec2InstanceMetadata: 'ec2',
    EcsContainer: 'ecs',
  } as const;
  const kind = Object.entries(kinds).find(([name]) => name === credentialSource)?.[1];
  if (!kind) {
    throw broken(
      profile,
      'credential_source must be Environment, Ec2InstanceMetadata or EcsContainer',
    );
  }
  return { kind };
}

function ssoPlan(
  config: Pick<AwsConfig, 'ssoSessions'>,
  profile: string,
  settings: Settings,
): CredentialPlan {
  const name = settings.get('sso_session');
  const session = name === undefined ? undefined : config.ssoSessions.get(name);
  if (name !== undefined && !session) throw broken(profile, `there is no [sso-session ${name}]`);
  const get = (setting: string) => {
    const value = session?.get(setting) ?? settings.get(setting);
    if (value === undefined) throw broken(profile, `${setting} is missing`);
    return value;
  };
  return {
    kind: 'sso',
    profile,
    ...optional('session', name),
    startUrl: get('sso_start_url'),
    ssoRegion: get('sso_region'),
    accountId: get('sso_account_id'),
    roleName: get('sso_role_name'),
  };
}

function missing(profile: string, visited: readonly string[]): AppError {
  const asked = visited.at(-1);
  return asked === undefined
    ? new AppError('no-credentials', `There is no profile ${profile} in the AWS config files.`)
    : broken(asked, `its source_profile ${profile} does not exist`);
}

function broken(profile: string, what: string): AppError {
  return new AppError(
    'no-credentials',
    `Profile ${profile} cannot be used: ${what}. Correct it in the AWS config files.`,
  );
}

function optional<K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [P in K]?: V });
}
