import type { InventoryProgress } from '../../shared/contract/keys';
import { AppError } from '../../shared/model/errors';
import { keyRefString, type KeyRow, type ScopeReport } from '../../shared/model/key';
import { applyKeyQuery } from '../../shared/model/keyFilter';
import { createKeyLens, keyFacets, type KeyView } from '../../shared/model/keyLens';
import { keyQuerySchema, type KeyQuery } from '../../shared/model/keyQuery';
import { verdictValues } from '../../shared/model/verdict';
import { defineCommand, exitCodes, UsageError, type Command } from '../command';
import { chosenByOptions } from '../chosenByOptions';
import { textTable } from '../textTable';
import { columnsOf, jsonOf } from './export';

/** `claviger keys list`: reads the inventory now and prints it. */
const list = defineCommand({
  name: 'keys list',
  summary: 'List keys with rotation status and verdicts, read from AWS now',
  usage: `Options:
  --profile NAME        a profile of the AWS config files; may be repeated
  --region REGION       may be repeated; the profile's own Region where absent
  --practice            the practice account, all its Regions
  --endpoint-url URL    another endpoint, such as that of "claviger practice"
  --search TEXT         words that alias, id, description or tags must contain
  --filter FACET=VALUE  may be repeated; facets: ${keyFacets.join(', ')}
  --sort COLUMN         -COLUMN for descending
  --json                the whole listing as one JSON document (docs/keys.md)

Without --profile and --practice it takes the credentials of the environment, else the
connections chosen in the window.

Exit codes: 0 all was read (whatever the verdicts), 1 nothing could be read, 3 a part could not be read.`,
  options: {
    profile: { type: 'string', multiple: true },
    region: { type: 'string', multiple: true },
    practice: { type: 'boolean', default: false },
    'endpoint-url': { type: 'string' },
    search: { type: 'string' },
    filter: { type: 'string', multiple: true },
    sort: { type: 'string', multiple: true },
  },
  async run({ values }, { open, stdout, stderr, env, signal, columns: width }) {
    const query = queryOf(values);
    const { practice, profile: profiles = [], region: regions = [] } = values;
    const endpointUrl = values['endpoint-url'];
    const named = practice || profiles.length > 0 || endpointUrl !== undefined;
    const usesOptions = named || regions.length > 0 || env['AWS_ACCESS_KEY_ID'] !== undefined;

    // Filled in below: which Regions there are is known only to the services that this opens.
    const chosen: { connection: string; regions: string[] }[] = [];
    const { client, services } = await open({
      practice,
      endpointUrl,
      ...(usesOptions && { chosen }),
    });
    if (usesOptions) {
      chosen.push(...(await chosenByOptions(client, { profiles, regions, practice })));
    }
    const rows = new Map<string, KeyRow>();
    const onProgress = collect(rows, stderr);
    const { scopes } = await client.keys.refresh({}, { signal, onProgress });
    if (scopes.length === 0) {
      throw new AppError('no-credentials', 'No account is chosen: add --profile or --practice.');
    }

    const { environmentTag, ownerTag } = await client.settings.get();
    const clocks = new Map<string, Date>();
    for (const { connection } of scopes) {
      clocks.set(connection, await services.connections.now(connection).catch(() => new Date()));
    }
    const now = (row: KeyRow) => clocks.get(row.connection) ?? new Date();
    const lens = createKeyLens({ now, environmentTag, ownerTag });
    const listed = [...rows.values()].filter((row) => row.change?.kind !== 'gone');
    const { views } = applyKeyQuery(listed.map(lens), query);
    if (values.json) {
      const writtenAt = new Date().toISOString();
      for await (const text of jsonOf({ views, query, scopes, writtenAt })) stdout(text);
    } else {
      stdout(`${listing(views, width)}\n\n${footer(views, scopes)}\n`);
    }
    for (const line of problemLines(scopes)) stderr(`${line}\n`);
    return exitCodeOf(scopes);
  },
});

export const keyCommands: readonly Command[] = [list];

const tableColumns = [
  'alias',
  'keyId',
  'verdict',
  'state',
  'rotation',
  'nextRotation',
  'region',
  'account',
  'kind',
  'owner',
];

function listing(views: readonly KeyView[], width: number | undefined): string {
  const columns = columnsOf(tableColumns);
  const lines = views.map((view) => columns.map((column) => column.cell(view).text));
  return textTable(
    columns.map(({ title }) => title),
    lines,
    width,
  );
}

function queryOf(values: {
  search?: string | undefined;
  filter?: string[] | undefined;
  sort?: string[] | undefined;
}): KeyQuery {
  const filters: Record<string, string[]> = {};
  for (const text of values.filter ?? []) {
    const [facet = '', ...rest] = text.split('=');
    if (!(keyFacets as readonly string[]).includes(facet) || rest.length === 0) {
      throw new UsageError(`--filter takes FACET=VALUE; facets are ${keyFacets.join(', ')}.`);
    }
    (filters[facet] ??= []).push(rest.join('='));
  }
  const sort = (values.sort ?? []).map((text) => {
    const column = text.replace(/^-/, '');
    if (columnsOf([column]).length === 0) throw new UsageError(`There is no column ${column}.`);
    return { column, desc: text.startsWith('-') };
  });
  const query = keyQuerySchema.safeParse({ search: values.search ?? '', filters, sort });
  if (!query.success) throw new UsageError('The search or the filters are too long.');
  return query.data;
}

function collect(
  rows: Map<string, KeyRow>,
  stderr: (text: string) => void,
): (value: InventoryProgress) => void {
  let toldAt = Date.now();
  return (value) => {
    if (value.kind === 'rows') for (const row of value.rows) rows.set(keyRefString(row), row);
    if (value.kind !== 'count' || Date.now() - toldAt < 5000) return;
    toldAt = Date.now();
    const left = value.remainingSeconds
      ? `, about ${Math.ceil(value.remainingSeconds)} s left`
      : '';
    stderr(`${rows.size} keys, ${value.done} of ${value.expected} answers${left}\n`);
  };
}

/** What was covered, when, and how it looks: no number without its scope and time. */
function footer(views: readonly KeyView[], scopes: readonly ScopeReport[]): string {
  const accounts = new Set(scopes.flatMap(({ accountId }) => accountId ?? []));
  const counts = verdictValues.flatMap((value) => {
    const count = views.filter(({ overall }) => overall === value).length;
    return count > 0 ? [`${count} ${value}`] : [];
  });
  const regions = scopes.map(({ region, asOf }) => `${region} (as of ${asOf ?? 'never'})`);
  return [
    `${views.length} keys${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`,
    `Account ${[...accounts].join(', ') || 'unknown'}: ${regions.join(', ')}`,
  ].join('\n');
}

function problemLines(scopes: readonly ScopeReport[]): string[] {
  return scopes.flatMap(({ connectionName, region, state, problems }) =>
    state === 'complete'
      ? []
      : [
          `${connectionName}, ${region}: ${state}`,
          ...problems.map(
            ({ operation, message, keys }) =>
              `  ${operation}${keys > 0 ? ` for ${keys} keys` : ''}: ${message}`,
          ),
        ],
  );
}

function exitCodeOf(scopes: readonly ScopeReport[]) {
  if (scopes.every(({ state }) => state === 'complete')) return exitCodes.ok;
  return scopes.every(({ state }) => state === 'failed') ? exitCodes.failed : exitCodes.partial;
}
