import type { PolicyEntry } from './events/findings';
import { accountOf, readStatements, wildcard, type PolicyStatement } from './keyPolicyStatements';
import { accountsIn, narrowsPrincipals, type Conditions } from './policyCondition';

export interface PolicyDiff {
  /** What is newly allowed, or no longer forbidden. */
  readonly gained: PolicyEntry[];
  /** What is no longer allowed, or newly forbidden. */
  readonly lost: PolicyEntry[];
}

/**
 * Who may do more and who less under `after` than under `before`, by the texts alone: an action that
 * the same principal was allowed by a wildcard before is nothing new. IAM policies and grants are no
 * part of it. Without `before` everything counts as gained.
 * Throws AppError `bad-response` where a text is no policy.
 */
export function policyDiff(
  before: string | undefined,
  after: string,
  accountId: string,
): PolicyDiff {
  const [old, now] = [before === undefined ? [] : pairs(before), pairs(after)];
  const missing = (from: readonly Pair[], to: readonly Pair[], effect: Pair['effect']) =>
    from.filter((pair) => pair.effect === effect && !to.some((other) => covers(other, pair)));
  const entries = (found: readonly Pair[]) => joined(found, accountId);
  return {
    gained: entries([...missing(now, old, 'allow'), ...missing(old, now, 'deny')]),
    lost: entries([...missing(old, now, 'allow'), ...missing(now, old, 'deny')]),
  };
}

/** One principal, one action, under one set of conditions. */
interface Pair {
  readonly effect: 'allow' | 'deny';
  readonly principal: string;
  /** Lower case, since IAM compares actions so; `not` for everything but them. */
  readonly action: string;
  readonly not: boolean;
  readonly excludes: boolean;
  readonly conditions: Conditions;
  readonly conditionText: string;
}

function pairs(text: string): Pair[] {
  return readStatements(text).flatMap((statement) => {
    const common = {
      effect: statement.effect === 'Allow' ? ('allow' as const) : ('deny' as const),
      excludes: statement.excludes,
      conditions: statement.conditions,
      conditionText: conditionText(statement.conditions),
    };
    // NotPrincipal and NotAction are one thing each: their parts mean nothing alone.
    const principals = statement.excludes
      ? [statement.principals.map(written).toSorted().join(', ')]
      : statement.principals.map(written);
    return principals.flatMap((principal) =>
      actionsOf(statement).map((action) => ({
        ...common,
        principal,
        action,
        not: statement.notActions.length > 0,
      })),
    );
  });
}

/** An account has two names that mean the same. */
function written(principal: string): string {
  return /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal;
}

function actionsOf({ actions, notActions }: PolicyStatement): string[] {
  const lower = (names: readonly string[]) => names.map((name) => name.toLowerCase());
  return notActions.length > 0
    ? [lower(notActions).toSorted().join(', ')]
    : lower(actions).map((action) => (action === '*' ? 'kms:*' : action));
}

/** The same whatever the order in which a policy writes its conditions. */
function conditionText(conditions: Conditions): string {
  const lines = conditions.map(({ operator, key, values }) =>
    JSON.stringify([operator.toLowerCase(), key.toLowerCase(), values.toSorted()]),
  );
  return lines.toSorted().join('\n');
}

/** Whether all that `pair` says is said by `other` too. */
function covers(other: Pair, pair: Pair): boolean {
  if (other.effect !== pair.effect || other.excludes !== pair.excludes) return false;
  const everybody = other.principal === '*' && !other.excludes;
  if (other.principal !== pair.principal && !everybody) return false;
  if (other.conditionText !== pair.conditionText && other.conditionText !== '') return false;
  if (other.not || pair.not) return other.not === pair.not && other.action === pair.action;
  // A pattern covers another one where it fits whatever that one's `*` stands for.
  const pattern = wildcard(other.action);
  return ['', '**'].every((text) => pattern.test(pair.action.replaceAll('*', text)));
}

function joined(found: readonly Pair[], accountId: string): PolicyEntry[] {
  const groups = new Map<string, Pair[]>();
  for (const pair of found) {
    const id = [pair.effect, pair.excludes, pair.principal, pair.not, pair.conditionText].join('|');
    const group = groups.get(id) ?? [];
    groups.set(id, group);
    if (!group.some(({ action }) => action === pair.action)) group.push(pair);
  }
  return [...groups.values()]
    .map((group) => entryOf(group, accountId))
    .toSorted((a, b) => compare(sortText(a), sortText(b)));
}

function entryOf(group: readonly Pair[], accountId: string): PolicyEntry {
  const [first] = group as [Pair, ...Pair[]];
  const { effect, principal, excludes, not, conditions } = first;
  const actions = group.map(({ action }) => (not ? `everything but ${action}` : action)).toSorted();
  const open = excludes ? effect === 'allow' : principal === '*';
  const account = [accountOf(principal), ...(open ? accountsIn(conditions) : [])].find(
    (each) => each !== undefined && each !== accountId,
  );
  return {
    principal: excludes ? `everybody but ${principal}` : principal,
    actions,
    effect,
    ...(conditions.length > 0 && { conditions: readable(conditions) }),
    everybody: open && !narrowsPrincipals(conditions),
    ...(account !== undefined && !excludes && { otherAccount: account }),
    powers: powersOf(group),
  };
}

function readable(conditions: Conditions): string {
  const tree: Record<string, Record<string, readonly string[]>> = {};
  for (const { operator, key, values } of conditions) {
    tree[operator] = { ...tree[operator], [key]: values };
  }
  return JSON.stringify(tree);
}

/** What opens data, or the key itself. */
const powers = ['Decrypt', 'CreateGrant', 'PutKeyPolicy'] as const;

function powersOf(group: readonly Pair[]): string[] {
  const may = (name: string) =>
    group.some(({ action, not }) =>
      not
        ? !action.split(', ').some((pattern) => wildcard(pattern).test(name))
        : wildcard(action).test(name),
    );
  if (group.some(({ action, not }) => !not && action === 'kms:*')) return ['everything'];
  return powers.filter((power) => may(`kms:${power}`));
}

function sortText({ effect, principal, conditions, actions }: PolicyEntry): string {
  return JSON.stringify([effect, principal, conditions ?? '', actions]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
