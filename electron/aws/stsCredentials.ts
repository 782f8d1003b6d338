import { readFile } from 'node:fs/promises';
import { AppError } from '../../shared/model/errors';
import { ownEndpoint, withHandler, type CredentialContext } from './credentialContext';
import type { PlanOf } from './plan';
import type { RecordingHandler } from './recordingHandler';
import type { AwsCredentials } from './session';
import type { AwsOptions } from './types';

/** STS AssumeRole, signed by `source`; asks for the MFA code where the role has a device. */
export async function assumeRole(
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

/** STS AssumeRoleWithWebIdentity, with the token that the file holds now. */
export async function webIdentity(
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
