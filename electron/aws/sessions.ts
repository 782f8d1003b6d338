import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/model/errors';
import { readAwsConfig, type AwsConfig } from './configFiles';
import type { CredentialContext } from './credentialContext';
import { createCredentialKeeper } from './credentialKeeper';
import { fetchCredentials } from './credentials';
import { environmentPlan, hasEnvironment, profileName, refuseReal, rootOf } from './describe';
import { endpointOf } from './endpoints';
import { planOf, type CredentialPlan } from './plan';
import { createPracticeClock } from './practiceClock';
import { soundCredentials } from './soundCredentials';
import type { AwsCredentials, Session } from './session';
import type { Transports } from './transports';
import type { AwsOptions, Tuning } from './types';

/** A session with what only this part of the program does to it. */
export interface OwnSession extends Session {
  /** Lets the next call fetch credentials at once, although the last fetch failed. */
  retry(): void;
  /** STS has named the account: from now on its quota is shared with other connections to it. */
  setAccount(accountId: string): void;
}

/** The sessions of all connections, made on first use and kept as long as their config stays. */
export interface Sessions {
  /** Throws AppError `runtime-refused`, `not-found` or `no-credentials`. */
  get(connection: string): Promise<OwnSession>;
  /** Reads the config files anew and drops the sessions that they define otherwise now. */
  reload(): Promise<AwsConfig>;
  /** The config as last read. */
  config(): Promise<AwsConfig>;
  /**
   * A connection of its own for credentials that were had otherwise (a role taken with an MFA code),
   * with the endpoints and the clock of another; gives its id, which holds as long as the program runs.
   */
  lend(base: string, lent: LentCredentials): Promise<string>;
  /** The practice account's clock was moved: the next that asks its session gets the new time. */
  practiceClockMoved(): void;
}

export interface LentCredentials {
  /** As in a sentence: `the role break-glass`. */
  readonly name: string;
  readonly account: string;
  readonly credentials: AwsCredentials;
}

/** `options.practice` is asked when it is used: it may still be starting. */
export function createSessions(
  options: AwsOptions,
  transports: Transports,
  tuning: Tuning,
): Sessions {
  const { env, homeDir, now, practice } = options;
  const sessions = new Map<string, { fingerprint: string; session: OwnSession }>();
  const practiceClock = practice && createPracticeClock(practice, now);
  let loaded: Promise<AwsConfig> | undefined;

  const config = () => (loaded ??= readAwsConfig(env, homeDir));

  async function get(connection: string): Promise<OwnSession> {
    const cached = sessions.get(connection);
    if (cached) return cached.session;
    if (connection === 'practice') return keep(connection, '', practiceSession());
    refuseReal(options.realAccounts);
    const awsConfig = await config();
    const plan = planFor(connection, awsConfig);
    // Another call may have made it meanwhile, and its credentials are to be shared.
    const made = sessions.get(connection);
    if (made) return made.session;
    return keep(connection, fingerprint(connection, awsConfig), real(connection, plan, awsConfig));
  }

  function keep(connection: string, print: string, session: OwnSession): OwnSession {
    sessions.set(connection, { fingerprint: print, session });
    return session;
  }

  async function reload(): Promise<AwsConfig> {
    loaded = readAwsConfig(env, homeDir);
    const awsConfig = await loaded;
    for (const [connection, cached] of sessions) {
      if (connection === 'practice' || connection.startsWith(lentPrefix)) continue;
      if (fingerprint(connection, awsConfig) !== cached.fingerprint) sessions.delete(connection);
    }
    return awsConfig;
  }

  async function lend(base: string, lent: LentCredentials): Promise<string> {
    const session = await get(base);
    const id = `${lentPrefix}${randomUUID()}`;
    keep(id, '', lentSession(id, session, lent));
    return id;
  }

  function planFor(connection: string, awsConfig: AwsConfig): CredentialPlan {
    if (connection === 'environment' && hasEnvironment(env)) return environmentPlan(env);
    if (connection.startsWith('profile:')) return planOf(awsConfig, profileName(connection));
    throw new AppError('not-found', `There is no connection ${connection}.`);
  }

  function settingsOf(connection: string, awsConfig: AwsConfig) {
    const profile =
      connection === 'environment' ? env['AWS_PROFILE'] || 'default' : profileName(connection);
    return awsConfig.profiles.get(profile);
  }

  /** Everything of the config that a session is made from, to see whether it has changed. */
  function fingerprint(connection: string, awsConfig: AwsConfig): string {
    try {
      const settings = settingsOf(connection, awsConfig);
      const services = awsConfig.services.get(settings?.get('services') ?? '');
      return JSON.stringify([
        planFor(connection, awsConfig),
        [...(settings ?? [])],
        [...(services ?? [])],
      ]);
    } catch {
      return 'unusable';
    }
  }

  function real(connection: string, plan: CredentialPlan, awsConfig: AwsConfig): OwnSession {
    const settings = settingsOf(connection, awsConfig);
    const isProfile = connection !== 'environment';
    const caBundle = env['AWS_CA_BUNDLE'] || settings?.get('ca_bundle');
    const context: CredentialContext = {
      connection,
      connectionName: isProfile ? `profile ${profileName(connection)}` : 'the environment',
      displayName: isProfile ? profileName(connection) : 'Environment',
      config: awsConfig,
      env,
      homeDir,
      now,
      askMfa: options.askMfa,
      requestHandler: () => transports.handler(caBundle),
      attemptTimeoutMs: tuning.requestTimeoutMs,
      endpoint: (service) => endpointOf(service, env, settings, awsConfig.services),
    };
    const keeper = createCredentialKeeper(
      async (signal) =>
        soundCredentials(await fetchCredentials(plan, context, signal), context.connectionName),
      now,
    );
    const isOn = (variable: string, setting: string) =>
      (env[variable] ?? settings?.get(setting))?.toLowerCase() === 'true';
    let account = accountHint(plan) ?? connection;
    return {
      id: connection,
      name: context.connectionName,
      renewal: renewalOf(plan),
      useFips: isOn('AWS_USE_FIPS_ENDPOINT', 'use_fips_endpoint'),
      useDualstack: isOn('AWS_USE_DUALSTACK_ENDPOINT', 'use_dualstack_endpoint'),
      caBundle,
      alone: false,
      get account() {
        return account;
      },
      setAccount: (accountId) => {
        account = accountId;
      },
      endpoint: (service) => endpointOf(service, env, settings, awsConfig.services),
      credentials: (signal) => keeper.get(signal),
      forget: (credentials) => keeper.forget(credentials),
      retry: () => keeper.retry(),
      now: () => Promise.resolve(now()),
    };
  }

  function practiceSession(): OwnSession {
    if (!practice || !practiceClock) {
      throw new AppError('not-found', 'There is no practice account here.');
    }
    const { accessKeyId, secretAccessKey, accountId, endpoint } = practice;
    const credentials = { accessKeyId, secretAccessKey };
    return {
      id: 'practice',
      name: 'the practice account',
      renewal: 'Start Claviger again.',
      useFips: false,
      useDualstack: false,
      caBundle: undefined,
      // Its quotas are its own, whatever its account id.
      account: `practice ${accountId}`,
      alone: true,
      setAccount: () => {},
      endpoint: () => endpoint,
      credentials: () => Promise.resolve(credentials),
      forget: () => {},
      retry: () => {},
      now: () => practiceClock.now(),
    };
  }

  return { get, reload, config, lend, practiceClockMoved: () => practiceClock?.moved() };
}

const lentPrefix = 'lent:';

function lentSession(id: string, base: OwnSession, lent: LentCredentials): OwnSession {
  const { name, account, credentials } = lent;
  return {
    id,
    name,
    renewal: 'Begin the step again.',
    useFips: base.useFips,
    useDualstack: base.useDualstack,
    caBundle: base.caBundle,
    account,
    alone: base.alone,
    setAccount: () => {},
    endpoint: (service) => base.endpoint(service),
    credentials: () => Promise.resolve(credentials),
    forget: () => {},
    retry: () => {},
    now: () => base.now(),
  };
}

/** The account, where the config names it. */
function accountHint(plan: CredentialPlan): string | undefined {
  if (plan.kind === 'sso') return plan.accountId;
  if (plan.kind === 'static') return plan.credentials.accountId;
  if ('roleArn' in plan) return /^arn:[\w-]+:iam::(\d{12}):/.exec(plan.roleArn)?.[1];
  return undefined;
}

function renewalOf(plan: CredentialPlan): string {
  const root = rootOf(plan);
  switch (root.kind) {
    case 'sso':
      return `Run "aws sso login --profile ${root.profile}", then try again.`;
    case 'login':
      return `Run "aws login --profile ${root.profile}", then try again.`;
    case 'process':
      return `Renew them with the tool that its credential_process calls, then try again.`;
    case 'environment':
      return 'Start Claviger again with new ones in its environment.';
    case 'static':
      return 'Put new ones into the credentials file, then try again.';
    case 'web-identity':
    case 'assume-role':
    case 'ec2':
    case 'ecs':
      break;
  }
  return 'Try again in a minute.';
}
