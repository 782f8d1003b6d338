import type { ClavigerClient } from '../../../shared/contract/index';
import { AppError } from '../../../shared/model/errors';
import { chosenByOptions } from '../../chosenByOptions';
import type { CommandContext } from '../../command';
import type { Services } from '../../services';

/** The options of a command that asks one account. */
export interface AwsScopeOptions {
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly practice: boolean;
  readonly 'endpoint-url'?: string | undefined;
}

export interface AwsScope {
  readonly client: ClavigerClient;
  readonly services: Services;
  readonly connection: string;
  /** The first of its Regions. */
  readonly region: string;
}

/** Opens the services for the one account that the options name. Throws AppError as chosenByOptions does. */
export async function openScope(
  options: AwsScopeOptions,
  open: CommandContext['open'],
): Promise<AwsScope> {
  const { practice, profile, region } = options;
  const chosen: { connection: string; regions: string[] }[] = [];
  const { client, services } = await open({
    practice,
    endpointUrl: options['endpoint-url'],
    chosen,
  });
  const [scope] = await chosenByOptions(client, {
    profiles: profile === undefined ? [] : [profile],
    regions: region === undefined ? [] : [region],
    practice,
  });
  if (!scope?.regions[0]) throw new AppError('bad-request', 'Name the Region with --region.');
  chosen.push(scope);
  return { client, services, connection: scope.connection, region: scope.regions[0] };
}
