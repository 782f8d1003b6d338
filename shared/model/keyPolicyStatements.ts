import { AppError } from './errors';
import type { Conditions } from './policyCondition';

/** A policy's statement, read strictly; conditions as tests. */
export interface PolicyStatement {
  /** The Sid, or `#n` counted from 1. */
  readonly name: string;
  readonly effect: 'Allow' | 'Deny';
  /** True for Principal "*", {"AWS": "*"} and for Allow with NotPrincipal. */
  readonly everybody: boolean;
  /** All that Principal or NotPrincipal names, of any type. */
  readonly principals: readonly string[];
  /** Principals of type AWS; of NotPrincipal where `excludes`. */
  readonly aws: readonly string[];
  readonly excludes: boolean;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly conditions: Conditions;
}

/** The statements of a key policy's text. Throws AppError `bad-response` where the text is no policy. */
export function readStatements(text: string): PolicyStatement[] {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw unreadable('it is not JSON');
  }
  if (!isRecord(policy)) throw unreadable('it is not a JSON object');
  const statements = Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement];
  return statements.map((value, index) => readStatement(value, `#${index + 1}`));
}

function readStatement(value: unknown, number: string): PolicyStatement {
  if (!isRecord(value)) throw unreadable(`statement ${number} is not an object`);
  const { Sid, Effect } = value;
  const name = typeof Sid === 'string' && Sid !== '' ? Sid : number;
  if (Effect !== 'Allow' && Effect !== 'Deny') throw unreadable(`${name} has no Effect`);
  if ((value.Action === undefined) === (value.NotAction === undefined)) {
    throw unreadable(`${name} has not exactly one of Action and NotAction`);
  }
  const excludes = value.NotPrincipal !== undefined;
  if (excludes === (value.Principal !== undefined)) {
    throw unreadable(`${name} has not exactly one of Principal and NotPrincipal`);
  }
  const principal = readPrincipal(excludes ? value.NotPrincipal : value.Principal, name);
  return {
    name,
    effect: Effect,
    // NotPrincipal names whom the statement does not reach: it reaches everybody else.
    everybody: excludes ? Effect === 'Allow' : principal.everybody,
    principals: principal.all,
    aws: principal.aws,
    excludes,
    actions: texts(value.Action ?? [], name),
    notActions: texts(value.NotAction ?? [], name),
    conditions: readConditions(value.Condition, name),
  };
}

function readPrincipal(
  value: unknown,
  name: string,
): { everybody: boolean; all: string[]; aws: string[] } {
  if (value === '*') return { everybody: true, all: ['*'], aws: ['*'] };
  if (!isRecord(value)) throw unreadable(`${name} has a Principal that cannot be read`);
  const all = Object.values(value).flatMap((entry) => texts(entry, name));
  return { everybody: all.includes('*'), all, aws: texts(value.AWS ?? [], name) };
}

function readConditions(value: unknown, name: string): Conditions {
  if (value === undefined) return [];
  if (!isRecord(value)) throw unreadable(`${name} has a Condition that cannot be read`);
  return Object.entries(value).flatMap(([operator, keys]) => {
    if (!isRecord(keys)) throw unreadable(`${name} has a Condition that cannot be read`);
    return Object.entries(keys).map(([key, values]) => ({
      operator,
      key,
      values: (Array.isArray(values) ? values : [values]).map(String),
    }));
  });
}

/** The account of `arn:aws:iam::111122223333:role/r` or of a bare `111122223333`. */
export function accountOf(principal: string): string | undefined {
  return (
    /^\d{12}$/.exec(principal)?.[0] ?? /^arn:[\w-]+:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1]
  );
}

/** Whether a principal is the account itself. */
export function isRoot(principal: string, accountId: string): boolean {
  return (
    principal === accountId || new RegExp(`^arn:[\\w-]+:iam::${accountId}:root$`).test(principal)
  );
}

/** Whether a statement is about every action of KMS: `*`, `kms:*` and their like, or all but those of others. */
export function coversAllActions({ actions, notActions }: PolicyStatement): boolean {
  return notActions.length > 0
    ? !notActions.some(reachesKms)
    : actions.some((pattern) => anyKmsActions.every((name) => wildcard(pattern).test(name)));
}

/** Names that have nothing in common but the service: a pattern for both is one for all. */
const anyKmsActions = ['kms:Aa', 'kms:PutResourceZ'];

/** Whether a pattern may stand for an action of KMS. */
function reachesKms(pattern: string): boolean {
  return wildcard(pattern.split(':')[0] ?? '').test('kms');
}

/** Whether a statement is about one action, `kms:PutKeyPolicy`, by its wildcards too. */
export function reachesAction({ actions, notActions }: PolicyStatement, action: string): boolean {
  const matches = (pattern: string): boolean => wildcard(pattern).test(action);
  return notActions.length ? !notActions.some(matches) : actions.some(matches);
}

/** IAM's pattern with `*` and `?`, whatever the case. */
export function wildcard(pattern: string): RegExp {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll(/\*+/g, '.*').replaceAll('?', '.')}$`, 'i');
}

function texts(value: unknown, name: string): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((entry) => {
    if (typeof entry !== 'string') throw unreadable(`${name} has an entry that is not text`);
    return entry;
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(why: string): AppError {
  return new AppError('bad-response', `The key policy cannot be read: ${why}.`, {
    operation: 'kms:GetKeyPolicy',
  });
}
