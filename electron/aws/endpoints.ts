import { AppError } from '../../shared/model/errors';
import type { AwsConfig, Settings } from './configFiles';
import type { ServiceId } from './operations';
import type { AwsOptions } from './types';

/** The services whose endpoints can be set. */
export type EndpointService = ServiceId | 'sso';

/** How `services` sections and, in capitals, environment variables name a service, where we do not. */
const settingNames: Partial<Record<EndpointService, string>> = {
  elasticloadbalancing: 'elastic_load_balancing_v2',
  apigateway: 'api_gateway',
  logs: 'cloudwatch_logs',
  secretsmanager: 'secrets_manager',
};

/**
 * The own endpoint of a service, or undefined for AWS's own. In AWS's order: `AWS_ENDPOINT_URL_KMS`,
 * `AWS_ENDPOINT_URL`, the profile's `services` section, the profile's `endpoint_url`. Throws
 * `no-credentials` where one is set that is no http(s) address.
 * Source: AWS SDKs and Tools reference guide, "Service-specific endpoints".
 */
export function endpointOf(
  service: EndpointService,
  env: AwsOptions['env'],
  settings: Settings | undefined,
  services: AwsConfig['services'],
): string | undefined {
  const ignore = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'];
  if ((ignore ?? settings?.get('ignore_configured_endpoint_urls'))?.toLowerCase() === 'true') {
    return undefined;
  }
  const name = settingNames[service] ?? service;
  const sectionName = settings?.get('services');
  const section = services.get(sectionName ?? '');
  if (sectionName !== undefined && !section) {
    throw new AppError(
      'no-credentials',
      `There is no [services ${sectionName}] in the AWS config file, which a profile names.`,
    );
  }
  const endpoint =
    nonEmpty(env[`AWS_ENDPOINT_URL_${name.toUpperCase()}`]) ??
    nonEmpty(env['AWS_ENDPOINT_URL']) ??
    section?.get(`${name}.endpoint_url`) ??
    settings?.get('endpoint_url');
  if (endpoint !== undefined && !isHttp(endpoint)) {
    throw new AppError(
      'no-credentials',
      `The endpoint that is set for ${service.toUpperCase()} is not an http or https address. Correct AWS_ENDPOINT_URL or endpoint_url.`,
    );
  }
  return endpoint;
}

function isHttp(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, username, password } = new URL(endpoint);
  return ['http:', 'https:'].includes(protocol) && username === '' && password === '';
}

/** An empty variable counts as not set. */
function nonEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
