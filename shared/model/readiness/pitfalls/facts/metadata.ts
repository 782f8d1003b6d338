import type { ReadinessEvidence } from '../../sources';
import { fact, gathered, notRead, untoldFact, type PitfallFact } from './fact';

/** What log groups and buckets show to whoever may only list them or read CloudTrail. */
export function metadataFacts({ posture }: ReadinessEvidence): PitfallFact[] {
  const read = posture?.flatMap((scope) => scope.posture ?? []) ?? [];
  if (read.length === 0) return notRead('Log groups and buckets');
  const logs = gathered(read.flatMap(({ regions }) => regions.map(({ logGroups }) => logGroups)));
  const groups = logs.told.flat();
  const found = gathered(read.map(({ buckets }) => buckets));
  const buckets = found.told.flat();
  const encryptions = gathered(buckets.map(({ encryption }) => encryption));
  const named = buckets.filter(
    ({ encryption }) =>
      'answer' in encryption &&
      encryption.answer.algorithm.startsWith('aws:kms') &&
      encryption.answer.bucketKey !== true,
  );
  const open = groups.filter(({ keyId }) => keyId === undefined);
  const forEver = groups.filter(({ retentionDays }) => retentionDays === undefined);
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);
  return [
    fact(
      'Log groups without a key of your own',
      `${open.length} of ${groups.length}. Whoever may read logs reads them.`,
      names(open),
    ),
    fact(
      'Log groups that are kept for ever',
      `${forEver.length} of ${groups.length}.`,
      names(forEver),
    ),
    fact(
      'Buckets whose object names go to CloudTrail',
      `${named.length} of ${buckets.length}. Without a bucket key, S3 gives KMS the name of the object as encryption context, in clear text.`,
      names(named),
    ),
    fact(
      'Names in clear text',
      `${buckets.length} buckets. Names of buckets and of objects are never encrypted.`,
      names(buckets),
    ),
    ...untoldFact('Not read', [...logs.untold, ...found.untold, ...encryptions.untold]),
  ];
}
