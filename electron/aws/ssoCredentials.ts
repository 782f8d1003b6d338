import { AppError } from '../../shared/model/errors';
import { ownEndpoint, withHandler, type CredentialContext } from './credentialContext';
import type { AwsCredentials } from './session';
import { checkSsoToken, ssoExpired, type SsoPlan } from './ssoToken';

/**
 * Asks IAM Identity Center with the token that `aws sso login` left. The SDK renews a token that has
 * a refresh token; it finds the cache in the home folder that the process itself has.
 */
export async function ssoCredentials(
  plan: SsoPlan,
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

function noSsoRole(plan: SsoPlan, context: CredentialContext): AppError {
  return new AppError(
    'denied',
    `The SSO user of ${context.connectionName} may not take the role ${plan.roleName} in account ${plan.accountId}. Ask for the assignment, or correct sso_role_name and sso_account_id.`,
    { connection: context.connection, operation: 'sso:GetRoleCredentials' },
  );
}
