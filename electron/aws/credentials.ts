import { readFile } from 'node:fs/promises';
import { AppError } from '../../shared/model/errors';
import type { AwsConfig } from './configFiles';
import { processCredentials } from './credentialProcess';
import { toAppError } from './errors';
import type { CredentialPlan } from './plan';
import { recordingHandler, type RecordingHandler } from './recordingHandler';
import type { RequestHandler } from './clients';
import type { AwsCredentials } from './session';
import { checkSsoToken, ssoExpired } from './ssoToken';
import type { AwsOptions } from './types';

export interface CredentialContext {
  readonly connection: string;
  /** As in a sentence: `profile prod`. */
  readonly connectionName: string;
  /** For the MFA prompt: `prod`. */
  readonly displayName: string;
  readonly config: Pick<AwsConfig, 'configFile' | 'credentialsFile'>;
  readonly env: AwsOptions['env'];
  readonly homeDir: string;
  readonly now: () => Date;
  readonly askMfa: AwsOptions['askMfa'];
  readonly requestHandler: () => Promise<RequestHandler>;
  readonly attemptTimeoutMs: number;
  /** An own endpoint for `sts` or `sso`. */
  readonly endpoint: (service: 'sts' | 'sso') => string | undefined;
}

/**
 * Gets credentials as the plan says, with the SDK's providers for what is AWS's protocol. Throws
 * AppError: `no-credentials`, `expired-credentials`, `mfa-required`, `denied`, `unreachable`, ...
 */
export async function fetchCredentials(
  plan: CredentialPlan,
  context: CredentialContext,
  signal: AbortSignal,
): Promise<AwsCredentials> {
  switch (plan.kind) {
    case 'static':
      return plan.credentials;
    case 'environment':
      return environmentCredentials(context.env);
    case 'process':
      return processCredentials(plan.profile, plan.command, { ...context, signal });
    case 'assume-role': {
      // First the source: an expired login must show before anybody is asked for a code.
      const source = await fetchCredentials(plan.source, context, signal);
      return assumeRole(plan, source, context, signal);
    }
    case 'web-identity':
      return webIdentity(plan, context, signal);
    case 'sso':
      return ssoCredentials(plan, context, signal);
    case 'login':
      return loginCredentials(plan, context, signal);
    case 'ec2':
    case 'ecs':
      break;
  }
  return metadataCredentials(plan.kind, context);
}

/** The three variables of the environment. Throws `no-credentials` where one of the pair is missing. */
export function environmentCredentials(env: AwsOptions['env']): AwsCredentials {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'];
  if (!accessKeyId || !secretAccessKey) {
    throw new AppError(
      'no-credentials',
      'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must both be set in the environment that starts Claviger.',
    );
  }
  const sessionToken = env['AWS_SESSION_TOKEN'];
  const expires = Date.parse(env['AWS_CREDENTIAL_EXPIRATION'] ?? '');
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken ? { sessionToken } : {}),
    ...(Number.isNaN(expires) ? {} : { expiration: new Date(expires) }),
  };
}

type PlanOf<K extends CredentialPlan['kind']> = Extract<CredentialPlan, { kind: K }>;

async function assumeRole(
  plan: PlanOf<'assume-role'>,
  source: AwsCredentials,
  context: CredentialContext,
  signal: AbortSignal,
): Promise<AwsCredentials> {
  const { connection, displayName, askMfa } = context;
  const { mfaSerial } = plan;
  const code =
    mfaSerial === undefined
      ? undefined
      : await askMfa({ connection, connectionName: displayName, serial: mfaSerial }, signal);
  const region = stsRegion(plan.region, plan.roleArn, context.env);
  return withHandler('sts:AssumeRole', region, context, signal, async (requestHandler) => {
    const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
    return fromTemporaryCredentials({
      masterCredentials: source,
      clientConfig: stsConfig(region, context, requestHandler),
      params: {
        RoleArn: plan.roleArn,
        RoleSessionName: plan.sessionName ?? `claviger-${context.now().getTime()}`,
        DurationSeconds: plan.durationSeconds ?? 3600,
        ...(plan.externalId === undefined ? {} : { ExternalId: plan.externalId }),
        ...(mfaSerial === undefined ? {} : { SerialNumber: mfaSerial }),
      },
      ...(code === undefined ? {} : { mfaCodeProvider: () => Promise.resolve(code) }),
    })();
  });
}

async function webIdentity(
  plan: PlanOf<'web-identity'>,
  context: CredentialContext,
  signal: AbortSignal,
): Promise<AwsCredentials> {
  const webIdentityToken = await readFile(plan.tokenFile, 'utf8').catch((error: unknown) => {
    throw new AppError(
      'no-credentials',
      `The web identity token of ${context.connectionName} cannot be read from ${plan.tokenFile} (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`,
    );
  });
  const region = stsRegion(plan.region, plan.roleArn, context.env);
  return withHandler('sts:AssumeRoleWithWebIdentity', region, context, signal, async (handler) => {
    const { fromWebToken } = await import('@aws-sdk/credential-providers');
    return fromWebToken({
      roleArn: plan.roleArn,
      webIdentityToken: webIdentityToken.trim(),
      roleSessionName: plan.sessionName ?? `claviger-${context.now().getTime()}`,
      clientConfig: stsConfig(region, context, handler),
    })();
  });
}

/**
 * Asks IAM Identity Center with the token that `aws sso login` left. The SDK renews a token that has
 * a refresh token; it finds the cache in the home folder that the process itself has.
 */
async function ssoCredentials(
  plan: PlanOf<'sso'>,
  context: CredentialContext,
  signal: AbortSignal,
): Promise<AwsCredentials> {
  await checkSsoToken(plan, context.homeDir, context.now());
  const endpoint = context.endpoint('sso');
  return withHandler('sso:GetRoleCredentials', plan.ssoRegion, context, signal, async (handler) => {
    const { fromSSO } = await import('@aws-sdk/credential-providers');
    try {
      return await fromSSO({
        profile: plan.profile,
        filepath: context.config.credentialsFile,
        configFilepath: context.config.configFile,
        ignoreCache: true,
        ssoStartUrl: plan.startUrl,
        ssoAccountId: plan.accountId,
        ssoRegion: plan.ssoRegion,
        ssoRoleName: plan.roleName,
        ...(plan.session === undefined ? {} : { ssoSession: plan.session }),
        clientConfig: {
          region: plan.ssoRegion,
          maxAttempts: 1,
          requestHandler: handler,
          ignoreConfiguredEndpointUrls: true,
          ...ownEndpoint(endpoint),
        },
      })();
    } catch (error) {
      // The SDK gives a text only; what happened on the wire tells the cases apart.
      if (handler.last.error !== undefined) throw handler.last.error;
      const status = handler.last.status;
      if (status !== undefined && status >= 500) {
        throw Object.assign(new Error('SSO failed'), { $metadata: { httpStatusCode: status } });
      }
      if (status === 429)
        throw Object.assign(new Error('SSO'), { $metadata: { httpStatusCode: 429 } });
      if (status === 403 || status === 404) throw noSsoRole(plan, context);
      throw ssoExpired(plan, error);
    }
  });
}

function noSsoRole(plan: PlanOf<'sso'>, context: CredentialContext): AppError {
  return new AppError(
    'denied',
    `The SSO user of ${context.connectionName} may not take the role ${plan.roleName} in account ${plan.accountId}. Ask for the assignment, or correct sso_role_name and sso_account_id.`,
    { connection: context.connection, operation: 'sso:GetRoleCredentials' },
  );
}

async function loginCredentials(
  plan: PlanOf<'login'>,
  context: CredentialContext,
  signal: AbortSignal,
): Promise<AwsCredentials> {
  return withHandler('signin:CreateOAuth2Token', undefined, context, signal, async (handler) => {
    const { fromLoginCredentials } = await import('@aws-sdk/credential-providers');
    try {
      return await fromLoginCredentials({
        profile: plan.profile,
        filepath: context.config.credentialsFile,
        configFilepath: context.config.configFile,
        ignoreCache: true,
        clientConfig: {
          maxAttempts: 1,
          requestHandler: handler,
          ignoreConfiguredEndpointUrls: true,
        },
      })();
    } catch (error) {
      if (handler.last.error !== undefined) throw handler.last.error;
      throw new AppError(
        'expired-credentials',
        `The login of ${context.connectionName} has expired or was never opened. Run "aws login --profile ${plan.profile}", then try again.`,
        { connection: context.connection },
        { cause: error },
      );
    }
  });
}

async function metadataCredentials(
  kind: 'ec2' | 'ecs',
  context: CredentialContext,
): Promise<AwsCredentials> {
  const sdk = await import('@aws-sdk/credential-providers');
  try {
    return await (kind === 'ec2' ? sdk.fromInstanceMetadata() : sdk.fromContainerMetadata())();
  } catch (error) {
    throw new AppError(
      'no-credentials',
      `${context.connectionName} takes its credentials from ${kind === 'ec2' ? 'the EC2 instance' : 'the ECS container'} it runs on, and there are none here.`,
      { connection: context.connection },
      { cause: error },
    );
  }
}

/** Runs SDK code with a request handler that ends with the signal, and maps what it throws. */
async function withHandler(
  operation: string,
  region: string | undefined,
  context: CredentialContext,
  signal: AbortSignal,
  work: (handler: RecordingHandler) => Promise<AwsCredentials>,
): Promise<AwsCredentials> {
  const handler = recordingHandler(
    await context.requestHandler(),
    signal,
    context.attemptTimeoutMs,
  );
  try {
    return await work(handler);
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
    const endpoint = context.endpoint(operation.startsWith('sso:') ? 'sso' : 'sts');
    throw toAppError(handler.last.error ?? error, {
      operation,
      writes: false,
      connection: context.connection,
      connectionName: context.connectionName,
      endpoint,
      renewal: 'Renew the credentials it starts from, then try again.',
      ...(region === undefined ? {} : { region }),
    });
  }
}

function stsConfig(region: string, context: CredentialContext, requestHandler: RecordingHandler) {
  return {
    region,
    maxAttempts: 1,
    requestHandler,
    ignoreConfiguredEndpointUrls: true,
    disableClockSkewCorrection: () => Promise.resolve(true),
    ...ownEndpoint(context.endpoint('sts')),
  };
}

function ownEndpoint(endpoint: string | undefined): { endpoint?: string } {
  return endpoint === undefined ? {} : { endpoint };
}

/** The profile's Region, else the environment's, else one of the role's partition. */
function stsRegion(region: string | undefined, roleArn: string, env: AwsOptions['env']): string {
  const partition = roleArn.split(':')[1] ?? 'aws';
  const fallback: Record<string, string> = {
    'aws-cn': 'cn-north-1',
    'aws-us-gov': 'us-gov-west-1',
  };
  return (
    region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? fallback[partition] ?? 'us-east-1'
  );
}
