import { existsSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { ClavigerClient } from '../../../shared/contract/index';
import type { EncryptionContext } from '../../../shared/model/envelope/context';
import { AppError } from '../../../shared/model/errors';
import type { KeyRef } from '../../../shared/model/key';
import { chosenByOptions } from '../../chosenByOptions';
import { UsageError, type CommandContext, type OpenedServices } from '../../command';

/** What every command of envelopes takes to say which accounts may be asked. */
export const scopeOptions = {
  profile: { type: 'string', multiple: true },
  region: { type: 'string', multiple: true },
  practice: { type: 'boolean', default: false },
  'endpoint-url': { type: 'string' },
} as const;

export const scopeUsage = `  --profile NAME        a profile of the AWS config files; may be repeated
  --region REGION       may be repeated; the profile's own Region where absent
  --practice            the practice account
  --endpoint-url URL    another endpoint, such as that of "claviger practice"`;

interface ScopeValues {
  readonly profile?: string[] | undefined;
  readonly region?: string[] | undefined;
  readonly practice?: boolean | undefined;
  readonly 'endpoint-url'?: string | undefined;
}

type Scope = readonly { readonly connection: string; readonly regions: readonly string[] }[];

/** Opens the services with the accounts that the options name, else with those chosen in the window. */
export async function openScope(
  values: ScopeValues,
  { open, env }: Pick<CommandContext, 'open' | 'env'>,
): Promise<OpenedServices & { readonly scope: Scope }> {
  const { practice = false, profile: profiles = [], region: regions = [] } = values;
  const endpointUrl = values['endpoint-url'];
  const usesOptions =
    practice ||
    profiles.length > 0 ||
    regions.length > 0 ||
    endpointUrl !== undefined ||
    env['AWS_ACCESS_KEY_ID'] !== undefined;
  // Filled in below: which Regions there are is known only to the services that this opens.
  const chosen: { connection: string; regions: string[] }[] = [];
  const opened = await open({ practice, endpointUrl, ...(usesOptions && { chosen }) });
  if (usesOptions) {
    chosen.push(...(await chosenByOptions(opened.client, { profiles, regions, practice })));
    return { ...opened, scope: chosen };
  }
  const connections = await opened.services.connections.chosen();
  if (connections.length === 0) {
    throw new AppError('no-credentials', 'No account is chosen: add --profile or --practice.');
  }
  return {
    ...opened,
    scope: connections.map(({ id, regions: own }) => ({ connection: id, regions: own })),
  };
}

/**
 * Keys as they are named on the command line: an ARN goes to its own Region and, of several accounts, to
 * its own; an id or alias to the one Region that is named.
 */
export async function keysOf(
  names: readonly string[],
  { services, scope }: { services: OpenedServices['services']; scope: Scope },
  signal: AbortSignal,
): Promise<KeyRef[]> {
  return Promise.all(
    names.map(async (name) => {
      const arn = /^arn:aws[\w-]*:kms:([a-z0-9-]+):(\d{12}):(key|alias)\//.exec(name);
      const [first] = scope;
      if (!first) throw new UsageError('No account is named: add --profile or --practice.');
      if (arn) {
        const [, region = '', account = ''] = arn;
        const connection = await ownerOf(account, scope, services, signal);
        return { connection, region, keyId: name };
      }
      const [region, ...others] = first.regions;
      if (scope.length > 1 || others.length > 0 || region === undefined) {
        throw new UsageError(`--key ${name}: name one account and one --region, or the key's ARN.`);
      }
      return { connection: first.connection, region, keyId: name };
    }),
  );
}

async function ownerOf(
  account: string,
  scope: Scope,
  services: OpenedServices['services'],
  signal: AbortSignal,
): Promise<string> {
  const [first] = scope;
  if (scope.length > 1) {
    for (const { connection } of scope) {
      const identity = await services.connections.identify(connection, signal);
      if (identity.accountId === account) return connection;
    }
  }
  return first?.connection ?? '';
}

/** `--context name=value`, repeated. Throws UsageError. */
export function contextOf(option: string, given: readonly string[] = []): EncryptionContext {
  const context: EncryptionContext = {};
  for (const pair of given) {
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (at < 1 || value === '') throw new UsageError(`${option} takes NAME=VALUE, not "${pair}".`);
    if (Object.hasOwn(context, name)) throw new UsageError(`${option}: ${name} is given twice.`);
    context[name] = value;
  }
  return context;
}

/** Files by their paths as sources. Throws AppError for the first that cannot be read. */
export async function sourcesOf(client: ClavigerClient, paths: readonly string[]) {
  const { sources, problems } = await client.envelope.addFiles(undefined, { files: paths });
  const [problem] = problems;
  if (problem) throw new AppError('file-failed', problem.message);
  return sources;
}

/** `--out`: a folder that is there, or the name of the one result in a folder that is there. */
export async function placeOf(
  client: ClavigerClient,
  out: string | undefined,
): Promise<{ place?: string; name?: string }> {
  if (out === undefined) return {};
  const path = resolve(out);
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const [folder] = await sourcesOf(client, [isFolder ? path : dirname(path)]);
  if (!folder) return {};
  return { place: folder.id, ...(!isFolder && { name: basename(path) }) };
}

export function formatOf(given: string | undefined): 'auto' | 'simple' | 'esdk' {
  if (given === undefined || given === 'auto') return 'auto';
  if (given === 'simple' || given === 'esdk') return given;
  throw new UsageError('--format takes simple, esdk or auto.');
}
