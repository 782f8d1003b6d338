import { wildcard } from '../../../keyPolicyStatements';
import type { Verdict } from '../../../verdict';
import type { Reading } from '../../evidence';
import type { Item } from '../../item';
import type { Authorization } from '../../posture/identities';
import { listItems } from '../at-rest/postureItems';

/**
 * One item for each user, group and role: whether a policy of it allows one of some actions of KMS on
 * every key. Boundaries, Deny statements and conditions other than on keys are not weighed: they may be met or not.
 */
export function principalItems(
  reading: Reading<Authorization>,
  where: Parameters<typeof listItems>[2],
  actions: readonly string[],
): Item[] {
  const listed: Reading<Principal[]> =
    'refused' in reading ? reading : { calls: reading.calls, answer: principalsOf(reading.answer) };
  return listItems(listed, 'principal', where, (one) => ({
    id: one.arn,
    name: one.arn.replace(/^arn:[\w-]+:iam::\d{12}:/, ''),
    verdict: verdictOf(one, actions),
  }));
}

interface Principal {
  readonly arn: string;
  readonly documents: readonly { readonly name: string; readonly document: string | undefined }[];
}

/** Users, groups and roles with their policies; roles of AWS services are AWS's own. */
function principalsOf({ users, groups, roles, policies }: Authorization): Principal[] {
  const managed = new Map(policies.map(({ arn, document }) => [arn, document]));
  return [...users, ...groups, ...roles]
    .filter(({ arn }) => !arn.includes(':role/aws-service-role/'))
    .map(({ arn, inline, attached }) => ({
      arn,
      documents: [
        ...inline,
        ...attached.map((policy) => ({ name: policy.name, document: managed.get(policy.arn) })),
      ],
    }));
}

function verdictOf({ documents }: Principal, actions: readonly string[]): Verdict {
  const allowing: string[] = [];
  const allowed = new Set<string>();
  const unread: string[] = [];
  for (const { name, document } of documents) {
    const allows = document === undefined ? undefined : allowedOnAll(document, actions);
    if (allows === undefined) unread.push(name);
    else if (allows.length > 0) allowing.push(name);
    for (const action of allows ?? []) allowed.add(action);
  }
  if (allowing.length > 0) {
    return {
      value: 'fail',
      reason: `${allowing.join(', ')} ${allowing.length === 1 ? 'allows' : 'allow'} ${[...allowed].join(' and ')} on every key.`,
      remedy: 'Name the keys that it needs.',
    };
  }
  return unread.length > 0
    ? { value: 'cannot-tell', reason: `What ${unread.join(', ')} allows could not be read.` }
    : { value: 'pass', reason: `No policy of it allows ${actions.join(' or ')} on every key.` };
}

type Statement = Readonly<Record<string, unknown>>;

/** Those of some actions that a policy allows on every key; undefined where it cannot be read. */
function allowedOnAll(text: string, actions: readonly string[]): string[] | undefined {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { Statement: found } = (policy ?? {}) as { Statement?: unknown };
  const statements: unknown[] = Array.isArray(found) ? found : [found];
  if (!statements.every((one) => typeof one === 'object' && one !== null)) return undefined;
  const wide = (statements as Statement[]).filter(
    (statement) =>
      statement['Effect'] === 'Allow' &&
      reachesEveryKey(statement) &&
      !picksKeys(statement['Condition']),
  );
  return actions.filter((action) => wide.some((statement) => reaches(statement, action)));
}

function reaches({ Action, NotAction }: Statement, action: string): boolean {
  const matches = (pattern: string) => wildcard(pattern).test(action);
  return NotAction === undefined ? texts(Action).some(matches) : !texts(NotAction).some(matches);
}

function reachesEveryKey({ Resource, NotResource }: Statement): boolean {
  if (NotResource === undefined)
    return texts(Resource).some((one) => everyKeyOf(one) !== undefined);
  return !texts(NotResource).some((one) => everyKeyOf(one) === 'everywhere');
}

/**
 * A condition on aliases or tags leaves some keys out, unless any value will do; `ForAllValues:` holds
 * of a key that has none. Other conditions are about who, how and when.
 */
function picksKeys(condition: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return false;
  return Object.entries(condition as Statement).some(
    ([operator, keys]) =>
      !/Not|IfExists|^Null$|^ForAllValues:/i.test(operator) &&
      Object.entries((keys ?? {}) as Statement).some(
        ([key, values]) =>
          /^(kms:ResourceAliases|kms:RequestAlias|aws:ResourceTag\/.+)$/i.test(key) &&
          !(/Like$/i.test(operator) && texts(values).some(isAnyValue)),
      ),
  );
}

/** `*`, `alias/*` and their like: they fit names that have nothing in common. */
function isAnyValue(pattern: string): boolean {
  const form = wildcard(pattern);
  return ['a', 'Z9-z'].every((name) => form.test(name) || form.test(`alias/${name}`));
}

/** Ids that have nothing in common: what fits both fits every key. */
const anyKeys = [
  'key/0a1b2c3d-0000-4000-8000-000000000000',
  'key/f9e8d7c6-ffff-4fff-bfff-ffffffffffff',
];

/**
 * Whether a resource is every key, of all accounts and Regions or of some; undefined where a key
 * escapes it. IAM completes an ARN that ends early with stars (IAM user guide, "Resource").
 */
function everyKeyOf(resource: string): 'everywhere' | 'somewhere' | undefined {
  const parts = resource.split(':');
  const [arn = '', , service = '*', region = '*', account = '*'] = parts;
  const name = parts.length > 5 ? parts.slice(5).join(':') : '*';
  const fits =
    wildcard(arn).test('arn') &&
    wildcard(service).test('kms') &&
    anyKeys.every((key) => wildcard(name).test(key));
  if (!fits) return undefined;
  return [region, account].every((part) => /^\*+$/.test(part)) ? 'everywhere' : 'somewhere';
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}
