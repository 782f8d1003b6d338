import type { Connection } from '../../shared/contract/accounts';
import { AppError, toErrorInfo } from '../../shared/model/errors';
import type { AwsConfig } from './configFiles';
import { environmentCredentials } from './credentials';
import { endpointOf } from './endpoints';
import { planOf, type CredentialPlan } from './plan';
import { checkSsoToken } from './ssoToken';
import type { AwsOptions } from './types';

export type DescribeOptions = Pick<AwsOptions, 'env' | 'homeDir' | 'now' | 'realAccounts'>;
type Described = Omit<Connection, 'chosen' | 'regions'>;

/** Every connection that the environment and the config files offer; asks no network. */
export async function describeConnections(
  config: AwsConfig,
  options: DescribeOptions,
): Promise<Described[]> {
  const environment = hasEnvironment(options.env)
    ? [await describeEnvironment(config, options)]
    : [];
  const names = [...config.profiles.keys()];
  return [
    ...environment,
    ...(await Promise.all(names.map((name) => describeProfile(name, config, options)))),
  ];
}

/** Whether credentials of any kind are set in the environment, be it halfway. */
export function hasEnvironment(env: AwsOptions['env']): boolean {
  return Boolean(
    env['AWS_ACCESS_KEY_ID'] || env['AWS_SECRET_ACCESS_KEY'] || env['AWS_WEB_IDENTITY_TOKEN_FILE'],
  );
}

/** How the environment's credentials are had: keys, or a web identity token as on EKS. */
export function environmentPlan(env: AwsOptions['env']): CredentialPlan {
  const tokenFile = env['AWS_WEB_IDENTITY_TOKEN_FILE'];
  const roleArn = env['AWS_ROLE_ARN'];
  if (env['AWS_ACCESS_KEY_ID'] || !tokenFile || !roleArn) return { kind: 'environment' };
  const sessionName = env['AWS_ROLE_SESSION_NAME'];
  return { kind: 'web-identity', tokenFile, roleArn, ...(sessionName ? { sessionName } : {}) };
}

/** The Region to start from: the environment's for the environment, the profile's own for a profile. */
export function defaultRegionOf(
  id: string,
  config: AwsConfig,
  env: AwsOptions['env'],
): string | undefined {
  const fromEnv = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || undefined;
  if (id === 'environment') {
    return fromEnv ?? config.profiles.get(env['AWS_PROFILE'] || 'default')?.get('region');
  }
  return config.profiles.get(profileName(id))?.get('region') ?? fromEnv;
}

/** `prod` of `profile:prod`. */
export function profileName(id: string): string {
  return id.slice('profile:'.length);
}

/** The plan that a chain of roles starts from. */
export function rootOf(plan: CredentialPlan): CredentialPlan {
  return plan.kind === 'assume-role' ? rootOf(plan.source) : plan;
}

async function describeEnvironment(
  config: AwsConfig,
  options: DescribeOptions,
): Promise<Described> {
  const described = { id: 'environment', kind: 'environment', name: 'Environment' } as const;
  const settings = config.profiles.get(options.env['AWS_PROFILE'] || 'default');
  return finish({ ...described, source: 'environment' }, config, options, settings, () => {
    const plan = environmentPlan(options.env);
    if (plan.kind === 'environment') environmentCredentials(options.env);
    return plan;
  });
}

async function describeProfile(
  name: string,
  config: AwsConfig,
  options: DescribeOptions,
): Promise<Described> {
  const settings = config.profiles.get(name);
  const described = { id: `profile:${name}`, kind: 'profile', name, source: 'unknown' } as const;
  return finish(described, config, options, settings, () => planOf(config, name));
}

async function finish(
  described: Described,
  config: AwsConfig,
  options: DescribeOptions,
  settings: ReadonlyMap<string, string> | undefined,
  plan: () => CredentialPlan,
): Promise<Described> {
  const defaultRegion = defaultRegionOf(described.id, config, options.env);
  const result: Described = { ...described, ...(defaultRegion ? { defaultRegion } : {}) };
  try {
    const worked = plan();
    result.source = worked.kind === 'environment' ? result.source : worked.kind;
    const detail = detailOf(worked);
    if (detail !== undefined) result.sourceDetail = detail;
    if (worked.kind === 'assume-role' && worked.mfaSerial !== undefined) {
      result.mfaSerial = worked.mfaSerial;
    }
    const endpointUrl = endpointOf('kms', options.env, settings, config.services);
    if (endpointUrl !== undefined) result.endpointUrl = endpointUrl;
    refuseReal(options.realAccounts);
    const root = rootOf(worked);
    if (root.kind === 'sso') await checkSsoToken(root, options.homeDir, options.now());
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    result.problem = toErrorInfo(error);
  }
  return result;
}

/** Throws `runtime-refused` where only the practice account may be used. */
export function refuseReal(realAccounts: AwsOptions['realAccounts']): void {
  if (realAccounts.allowed) return;
  throw new AppError(
    'runtime-refused',
    realAccounts.reason ?? 'Real AWS accounts are not used here; the practice account is.',
  );
}

/** One line for people; never a secret, and of a command only the program. */
function detailOf(plan: CredentialPlan): string | undefined {
  switch (plan.kind) {
    case 'assume-role': {
      const { source } = plan;
      const from = 'profile' in source ? ` from profile ${source.profile}` : '';
      return `${plan.roleArn}${from}`;
    }
    case 'web-identity':
      return plan.roleArn;
    case 'sso':
      return `${plan.startUrl}, role ${plan.roleName} in account ${plan.accountId}`;
    case 'process':
      return plan.command.split(/\s/)[0];
    case 'static':
    case 'environment':
    case 'ec2':
    case 'ecs':
    case 'login':
      break;
  }
  return undefined;
}
