import { known } from '../../../facet';
import type { KeyRow } from '../../../key';
import { defaultVerdictOptions, told, type Settings } from '../../../keyVerdictParts';
import type { Verdict } from '../../../verdict';
import { defineCheck, type Check, type CheckFacts, type ReadinessOptions } from '../../check';
import type { Item } from '../../item';
import type { KeyScope } from '../../sources';

/** The parts of a key that come from AWS, each by its own call. */
export type KeyPart =
  'metadata' | 'aliases' | 'tags' | 'rotation' | 'history' | 'policy' | 'grants';

const permissionOf: Readonly<Record<KeyPart, string>> = {
  metadata: 'kms:DescribeKey',
  aliases: 'kms:ListAliases',
  tags: 'kms:ListResourceTags',
  rotation: 'kms:GetKeyRotationStatus',
  history: 'kms:ListKeyRotations',
  policy: 'kms:GetKeyPolicy',
  grants: 'kms:ListGrants',
};

type KeyCheckFacts = Omit<CheckFacts, 'group' | 'permissions' | 'nothing' | 'view'> &
  Partial<Pick<CheckFacts, 'group' | 'nothing'>> & {
    /** The parts that the rule reads; the permissions follow from them. */
    readonly parts: readonly KeyPart[];
    /** AWS's own keys are left out, as nobody can set anything of them. */
    readonly customerOnly?: boolean;
    readonly rule: (row: KeyRow, now: Date, settings: Settings & ReadinessOptions) => Verdict;
  };

/** A check that asks each key of every Region the same question. */
export function keyCheck({ parts, rule, customerOnly = false, ...facts }: KeyCheckFacts): Check {
  return defineCheck({
    group: 'keys',
    nothing: 'There is no key in the Regions that were read.',
    view: 'keys',
    ...facts,
    permissions: ['kms:ListKeys', ...parts.map((part) => permissionOf[part])],
    reads: ['keys'],
    judge: ({ keys }, { now, settings }) => {
      const all = { ...defaultVerdictOptions, ...settings };
      const own = customerOnly ? managed : () => undefined;
      return keyCheckItems(keys, parts, (row) => {
        return own(row) ?? rule(row, now(row.connection), all);
      });
    },
  });
}

/**
 * One item for each key by a rule, and one for each Region whose list has something to say.
 * @param parts what the rule reads: how old the answer is follows from them
 */
export function* keyCheckItems(
  scopes: readonly KeyScope[],
  parts: readonly KeyPart[],
  rule: (row: KeyRow) => Verdict,
): Generator<Item> {
  for (const scope of scopes) {
    yield* listing(scope);
    for (const row of scope.rows) {
      if (row.change?.kind !== 'gone') yield itemOf(row, parts, rule(row));
    }
  }
}

/** AWS's own key, or one of which nobody knows whose it is; undefined for a customer's. */
export function managed(row: KeyRow): Verdict | undefined {
  const metadata = told(row.metadata, 'kms:DescribeKey', 'who manages the key');
  if (!metadata.known) return metadata.verdict;
  if (metadata.value.keyManager === 'CUSTOMER') return undefined;
  return { value: 'not-applicable', reason: 'AWS manages this key; nothing of it can be set.' };
}

function itemOf(row: KeyRow, parts: readonly KeyPart[], verdict: Verdict): Item {
  const { connection, region, keyId, accountId } = row;
  const ref = `${connection}/${region}/${keyId}`;
  let asOf: string | undefined;
  for (const part of parts) {
    const facet = row[part];
    if (facet.status !== 'known') continue;
    if (asOf === undefined || facet.asOf < asOf) asOf = facet.asOf;
  }
  return {
    subject: {
      kind: 'key',
      id: ref,
      name: known(row.aliases)?.[0] ?? keyId,
      connection,
      account: accountId,
      region,
    },
    verdict,
    evidence: [keyDocumentId(ref)],
    ...(asOf !== undefined && { asOf }),
  };
}

export function keyDocumentId(ref: string): string {
  return `keys ${ref}`;
}

/**
 * What the list of keys itself has to say: nothing where it is whole; that it is not where a key
 * may be missing from it; that it is old, or that there is none, where it is empty.
 */
function listing(scope: KeyScope): Item[] {
  const { connection, account, region, report, listedAt } = scope;
  const subject = {
    kind: 'account-region' as const,
    id: `${connection}/${region}`,
    name: `${account ?? connection} ${region}`,
    connection,
    account,
    region,
  };
  const evidence = [keyDocumentId(subject.id)];
  const failed = report.problems.find(({ operation }) => operation === 'kms:ListKeys');
  if (failed) return [{ subject, evidence, verdict: unlisted(failed) }];
  const whole = report.state === 'complete' || report.state === 'partial';
  if (!whole || listedAt === undefined) {
    const reason = `The keys of ${region} have not been listed${report.state === 'cancelled' ? ': the reading was stopped' : ''}.`;
    return [
      { subject, evidence, verdict: { value: 'cannot-tell', reason, remedy: 'Run the checks.' } },
    ];
  }
  if (scope.rows.some((row) => row.change?.kind !== 'gone')) return [];
  return [
    {
      subject,
      evidence,
      asOf: listedAt,
      verdict: { value: 'not-applicable', reason: `There is no key in ${region}.` },
    },
  ];
}

function unlisted({
  message,
  permission,
}: {
  readonly message: string;
  readonly permission?: string | undefined;
}): Verdict {
  return {
    value: 'cannot-tell',
    reason: `Not all keys could be listed: ${message}`,
    ...(permission !== undefined && { permission }),
  };
}
