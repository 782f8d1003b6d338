import { wildcard } from '../../../keyPolicyStatements';
import type { Verdict } from '../../../verdict';
import type { Reading } from '../../evidence';
import type { Item } from '../../item';
import type { Authorization } from '../../posture/identities';
import { listItems } from '../at-rest/postureItems';

/**
 * One item for each user, group and role: whether a policy of it allows an action of KMS on every key.
 * Boundaries, Deny statements and conditions other than on keys are not weighed: they may be met or not.
 */
export function principalItems(
  reading: Reading<Authorization>,
  where: Parameters<typeof listItems>[2],
  action: string,
): Item[] {
  const listed: Reading<Principal[]> =
    'refused' in reading ? reading : { calls: reading.calls, answer: principalsOf(reading.answer) };
  return listItems(listed, 'principal', where, (one) => ({
    id: one.arn,
    name: one.arn.replace(/^arn:[\w-]+:iam::\d{12}:/, ''),
    verdict: verdictOf(one, action),
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

function verdictOf({ documents }: Principal, action: string): Verdict {
  const allowing: string[] = [];
  const unread: string[] = [];
  for (const { name, document } of documents) {
    const allows = document === undefined ? undefined : allowsOnAll(document, action);
    if (allows === undefined) unread.push(name);
    else if (allows) allowing.push(name);
  }
  if (allowing.length > 0) {
    return {
      value: 'fail',
      reason: `${allowing.join(', ')} ${allowing.length === 1 ? 'allows' : 'allow'} ${action} on every key.`,
      remedy: 'Name the keys that it needs.',
    };
  }
  return unread.length > 0
    ? { value: 'cannot-tell', reason: `What ${unread.join(', ')} allows could not be read.` }
    : { value: 'pass', reason: `No policy of it allows ${action} on every key.` };
}

/** Whether a policy allows an action on every key; undefined where it cannot be read. */
function allowsOnAll(text: string, action: string): boolean | undefined {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { Statement: found } = (policy ?? {}) as { Statement?: unknown };
  const statements: unknown[] = Array.isArray(found) ? found : [found];
  if (!statements.every((one) => typeof one === 'object' && one !== null)) return undefined;
  return (statements as Record<string, unknown>[]).some(
    ({ Effect, Action, NotAction, Resource, NotResource, Condition }) =>
      Effect === 'Allow' &&
      (NotAction === undefined
        ? texts(Action).some((one) => wildcard(one).test(action))
        : !texts(NotAction).some((one) => wildcard(one).test(action))) &&
      (NotResource !== undefined || texts(Resource).some(isEveryKey)) &&
      !picksKeys(Condition),
  );
}

/** A condition on aliases or tags leaves some keys out; other conditions are about who, how and when. */
function picksKeys(condition: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return false;
  return Object.entries(condition).some(
    ([operator, keys]) =>
      !/Not|IfExists|^Null$/i.test(operator) &&
      Object.keys((keys ?? {}) as object).some((key) =>
        /^(kms:ResourceAliases|kms:RequestAlias|aws:ResourceTag\/.+)$/i.test(key),
      ),
  );
}

/** `*`, or a pattern that no key of the Region or account escapes. */
function isEveryKey(resource: string): boolean {
  return /^(\*|arn:[^:]*:(\*|kms):[^:]*:[^:]*:(\*|key\/\*))$/.test(resource);
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}
