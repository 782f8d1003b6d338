import type { KeyUses } from '../../shared/model/drills/risk';
import type { Events } from '../events/index';

/** What is asked of the stored events. */
export type StoredEvents = Pick<Events['handlers'], 'coverage' | 'facets'>;

const dayMs = 86_400_000;
/** Further back a use says little about what a key is used for now. */
const days = 90;
/** What encrypts, decrypts, signs or makes data keys; looking at a key is no use of it. */
const operations = [
  'Decrypt',
  'DeriveSharedSecret',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'ReEncrypt',
  'Sign',
  'Verify',
  'VerifyMac',
];

/**
 * How often keys were used of late, by ARN, as far as the stored CloudTrail events tell: a key of an
 * account and Region without events is not among them. More than 200 keys: the least used are not either.
 */
export async function keyUses(
  arns: readonly string[],
  events: StoredEvents,
  now: Date,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, KeyUses>> {
  const context = { signal, progress: () => {} };
  const since = new Date(now.getTime() - days * dayMs).toISOString();
  const { coverage } = await events.coverage(undefined, context);
  const places = new Map(
    coverage.flatMap(({ account, region, oldest, newest, gaps }) =>
      oldest === undefined || newest === undefined || newest < since
        ? []
        : [
            [
              `${region}:${account}`,
              {
                from: oldest > since ? oldest : since,
                to: newest,
                gaps: gaps.filter(({ to }) => to > since).length,
              },
            ],
          ],
    ),
  );
  if (places.size === 0) return new Map();
  const query = {
    search: '',
    filters: { name: operations, outcome: ['ok'], source: ['kms.amazonaws.com'] },
    since,
    dryRuns: false,
  };
  const [found] = await events.facets({ query, facets: ['key'] }, context);
  const counts = new Map(found?.values.map(({ value, count }) => [value, count]));
  return new Map(
    arns.flatMap((arn) => {
      const [, , , region = '', account = ''] = arn.split(':');
      const place = places.get(`${region}:${account}`);
      const count = counts.get(arn) ?? (found?.more === 0 ? 0 : undefined);
      return place && count !== undefined ? [[arn, { count, ...place }]] : [];
    }),
  );
}
