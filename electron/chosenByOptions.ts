import type { ClavigerClient } from '../shared/contract/index';
import { AppError } from '../shared/model/errors';

export interface ScopeOptions {
  readonly profiles: readonly string[];
  readonly regions: readonly string[];
  readonly practice: boolean;
}

/**
 * The connections and Regions that the options of a command name. Throws AppError `no-credentials`
 * or `not-found` with a sentence that says what to add.
 */
export async function chosenByOptions(
  client: ClavigerClient,
  { profiles, regions, practice }: ScopeOptions,
): Promise<{ connection: string; regions: string[] }[]> {
  const { connections } = await client.accounts.list();
  const ids = [...profiles.map((name) => `profile:${name}`), ...(practice ? ['practice'] : [])];
  const wanted = ids.length > 0 ? ids : ['environment'];
  return Promise.all(
    wanted.map(async (id) => {
      const found = connections.find((connection) => connection.id === id);
      if (!found)
        throw missing(
          id,
          connections.map(({ id }) => id),
        );
      if (regions.length > 0) return { connection: id, regions: [...regions] };
      if (id === 'practice') {
        const own = await client.accounts.regions({ connection: id });
        return { connection: id, regions: own.regions.map((region) => region.id) };
      }
      if (found.defaultRegion === undefined) {
        throw new AppError('bad-request', `${found.name} has no Region of its own: add --region.`);
      }
      return { connection: id, regions: [found.defaultRegion] };
    }),
  );
}

function missing(id: string, ids: readonly string[]): AppError {
  if (id === 'environment') {
    return new AppError(
      'no-credentials',
      'No account is named: add --profile or --practice, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    );
  }
  const name = id.replace(/^profile:/, '');
  const others = ids.flatMap((each) => /^profile:(.*)$/s.exec(each)?.[1] ?? []);
  return new AppError(
    'not-found',
    `There is no profile ${name}. ${others.length > 0 ? `There are: ${others.join(', ')}.` : 'The AWS config files have none.'}`,
  );
}
