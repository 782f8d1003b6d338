import { AppError } from '../../shared/model/errors';
import { withHandler, type CredentialContext } from './credentialContext';
import { processCredentials } from './credentialProcess';
import type { CredentialPlan, PlanOf } from './plan';
import type { AwsCredentials } from './session';
import { ssoCredentials } from './ssoCredentials';
import { assumeRole, webIdentity } from './stsCredentials';
import type { AwsOptions } from './types';

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
