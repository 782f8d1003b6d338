import { known } from '../../../facet';
import type { KeyRow } from '../../../key';
import type { Reading } from '../../evidence';
import type { RegionPosture } from '../../posture/region';
import type { KeyScope, PostureScope } from '../../sources';
import { accountItems, listItems, regionItems, type Judged } from './postureItems';
import type { Item } from '../../item';
import type { Verdict } from '../../../verdict';

/** Something that is encrypted with a key of KMS. */
export interface KeyedThing {
  /** As AWS names it: id, ARN or alias; absent for the service's own default. */
  readonly keyId: string | undefined;
  readonly region: string | undefined;
}

/** The keys that were read, by every name that a service may know them by. */
export interface KeyIndex {
  find(keyId: string, region: string | undefined): KeyRow | undefined;
  /** What a key comes to that is not among them: the list may not be whole. */
  missing(keyId: string): Verdict;
}

export function keyIndex(scopes: readonly KeyScope[]): KeyIndex {
  const rows = new Map<string, KeyRow>();
  for (const { rows: all } of scopes) {
    for (const row of all) {
      rows.set(row.arn, row);
      rows.set(`${row.region} ${row.keyId}`, row);
      for (const alias of known(row.aliases) ?? []) {
        rows.set(`${row.region} ${alias}`, row);
        rows.set(`${row.arn.split(':key/')[0] ?? ''}:${alias}`, row);
      }
    }
  }
  const problem = scopes
    .flatMap(({ report }) => report.problems)
    .find(({ operation }) => operation === 'kms:ListKeys');
  return {
    find: (keyId, region) => rows.get(keyId) ?? rows.get(`${region ?? ''} ${keyId}`),
    missing: (keyId) => ({
      value: 'cannot-tell',
      reason: `Its key ${keyId} is not among those that were read.${problem ? ` ${problem.message}` : ''}`,
      ...(problem?.permission !== undefined && { permission: problem.permission }),
    }),
  };
}

/** What something comes to by its key, and when the key was read: one is as old as the other. */
export interface ByKey {
  readonly verdict: Verdict;
  readonly asOf?: string | undefined;
}
type Rule = (thing: KeyedThing) => ByKey;

/** What a rule makes of the key that something is under; what nobody has read comes to nothing. */
export function byKey(
  { keyId, region }: KeyedThing & { readonly keyId: string },
  index: KeyIndex,
  rule: (row: KeyRow) => Verdict,
): ByKey {
  const row = index.find(keyId, region);
  if (!row) return { verdict: index.missing(keyId) };
  const { metadata } = row;
  const asOf = metadata.status === 'known' ? metadata.asOf : undefined;
  return { verdict: row.change?.kind === 'gone' ? gone(keyId) : rule(row), asOf };
}

function gone(keyId: string): Verdict {
  return {
    value: 'fail',
    reason: `Its key ${keyId} is gone: it is no longer listed.`,
    remedy: 'Restore the data from a backup under another key.',
  };
}

/** One item for each bucket, volume, database, table, secret and log group, by the key it is under. */
export function keyedItems(posture: readonly PostureScope[], rule: Rule): Item[] {
  return [
    ...bucketItems(posture, rule),
    ...storageItems(posture, rule),
    ...otherItems(posture, rule),
  ];
}

export function bucketItems(posture: readonly PostureScope[], rule: Rule): Item[] {
  return accountItems(posture, ({ buckets }, where) =>
    listItems(buckets, 'bucket', where, ({ name, region, encryption }) => ({
      id: name,
      name,
      rests: [encryption],
      ...('refused' in encryption
        ? { verdict: refusedVerdict(encryption.refused) }
        : encryption.answer.algorithm.startsWith('aws:kms')
          ? rule({ keyId: encryption.answer.keyId, region })
          : { verdict: { value: 'not-applicable', reason: 'Encrypted with keys of S3.' } }),
    })),
  );
}

/** Volumes and databases. */
export function storageItems(posture: readonly PostureScope[], rule: Rule): Item[] {
  return regionItems(posture, ({ region, volumes, databases }, where) => {
    const judge = (
      id: string,
      name: string,
      { encrypted, keyId }: { encrypted?: boolean | undefined; keyId?: string | undefined },
    ): Judged => ({
      id,
      name,
      ...(encrypted === true
        ? rule({ keyId, region })
        : {
            verdict:
              encrypted === undefined
                ? { value: 'cannot-tell', reason: 'AWS does not say whether it is encrypted.' }
                : {
                    value: 'not-applicable',
                    reason: 'It is not encrypted, which is another question.',
                  },
          }),
    });
    return [
      ...listItems(volumes.volumes, 'volume', where, (one) =>
        judge(one.id, one.tags['Name'] ?? one.id, one),
      ),
      ...[databases.instances, databases.clusters].flatMap((list) =>
        listItems(list, 'database', where, (one) => judge(one.arn, one.id, one)),
      ),
    ];
  });
}

function otherItems(posture: readonly PostureScope[], rule: Rule): Item[] {
  return regionItems(posture, (region, where) => [
    ...listItems(region.tables, 'table', where, ({ name, table }) => ({
      id: name,
      name,
      rests: [table],
      ...('refused' in table
        ? { verdict: refusedVerdict(table.refused) }
        : table.answer.key === 'kms'
          ? rule({ keyId: table.answer.keyId, region: region.region })
          : {
              verdict: {
                value: 'not-applicable',
                reason: 'Not encrypted with a key of the account.',
              },
            }),
    })),
    ...simple(region, region.secrets, 'secret', where, rule),
    ...simple(region, region.logGroups, 'log group', where, rule),
  ]);
}

function simple(
  { region }: RegionPosture,
  reading: Reading<{ arn: string; name: string; keyId?: string | undefined }[]>,
  what: string,
  where: Parameters<typeof listItems>[2],
  rule: Rule,
): Item[] {
  return listItems(reading, what, where, ({ arn, name, keyId }) => ({
    id: arn,
    name,
    ...rule({ keyId, region }),
  }));
}

export function refusedVerdict({
  message,
  permission,
}: {
  message: string;
  permission?: string | undefined;
}): Verdict {
  return { value: 'cannot-tell', reason: message, ...(permission !== undefined && { permission }) };
}

/** Whether a name is that of a key that AWS manages. */
export function isAwsAlias(keyId: string): boolean {
  return /(^|:)alias\/aws\//.test(keyId);
}
