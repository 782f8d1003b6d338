import { compileConditions, type Conditions } from './conditions';
import { compilePrincipal, type Meant } from './principals';
import { compileTemplate, type Lookup, type Template } from './template';
import type { Caller } from '../sigv4/verify';
import { fits, fitsArn, toPattern } from './wildcard';

/** What is asked for, as policies see it. */
export interface Asked {
  readonly caller: Caller;
  /** `kms:Decrypt` */
  readonly action: string;
  /** An ARN, or `*`. */
  readonly resource: string;
  readonly lookup: Lookup;
}

/** What one policy says to a request. */
export interface Opinion {
  readonly denies: boolean;
  /** How it allows the caller; for a policy without principals, `anyone`. */
  readonly allows: ReadonlySet<Meant>;
}

/** A policy made ready for many requests. */
export type Policy = (asked: Asked) => Opinion;

/** Compiles policies, each text once. */
export type PolicyReader = (text: string) => Policy;

/** More texts than any practice account has; then the oldest are forgotten. */
const keptPolicies = 20_000;

export function createPolicyReader(): PolicyReader {
  const known = new Map<string, Policy>();
  return (text) => {
    let policy = known.get(text);
    if (!policy) {
      policy = compilePolicy(text);
      if (known.size >= keptPolicies) known.delete(known.keys().next().value ?? '');
      known.set(text, policy);
    }
    return policy;
  };
}

const silent: Opinion = { denies: false, allows: new Set() };
const denying: Opinion = { denies: true, allows: new Set() };

/** Compiles one policy; one that cannot be read denies everything: it may have been meant to. */
export function compilePolicy(text: string): Policy {
  let statements: readonly Statement[];
  try {
    statements = readStatements(text);
  } catch {
    return () => denying;
  }
  return (asked) => {
    let allows: Set<Meant> | undefined;
    for (const statement of statements) {
      const meant = statement.applies(asked);
      if (!meant) continue;
      if (statement.denies) return denying;
      (allows ??= new Set()).add(meant);
    }
    return allows ? { denies: false, allows } : silent;
  };
}

/** @throws Error for a policy that cannot be evaluated */
export function checkPolicy(text: string): void {
  readStatements(text);
}

interface Statement {
  readonly denies: boolean;
  applies(asked: Asked): Meant | undefined;
}

type Json = Readonly<Record<string, unknown>>;

function readStatements(text: string): Statement[] {
  const policy = JSON.parse(text) as Json;
  const { Statement: given } = policy;
  const list: unknown[] = Array.isArray(given) ? given : [given];
  // A policy without a version is one of 2008, which knows no variables.
  const variables = policy.Version === '2012-10-17';
  return list.map((one) => readStatement(one as Json, variables));
}

function readStatement(statement: Json, variables: boolean): Statement {
  const { Effect: effect } = statement;
  if (effect !== 'Allow' && effect !== 'Deny') throw new Error('A statement allows or denies');
  const means = readPrincipal(statement);
  const covers = readActions(statement);
  const reaches = readResources(statement, variables);
  const holds: Conditions = compileConditions(statement.Condition, variables);
  return {
    denies: effect === 'Deny',
    applies(asked) {
      if (!covers(asked.action) || !reaches(asked)) return undefined;
      const meant = means(asked.caller);
      return meant && holds(asked.lookup) ? meant : undefined;
    },
  };
}

/** An identity-based policy has no principal: it means whoever it is attached to. */
function readPrincipal({ Principal: wanted, NotPrincipal: excepted }: Json) {
  if (excepted !== undefined) {
    const test = compilePrincipal(excepted);
    // Who names the account alone does not except its users and roles.
    return (caller: Caller): Meant | undefined => {
      const meant = test(caller);
      return meant === undefined || meant === 'account' ? 'anyone' : undefined;
    };
  }
  return wanted === undefined ? (): Meant => 'anyone' : compilePrincipal(wanted);
}

function readActions({ Action: wanted, NotAction: excepted }: Json): (action: string) => boolean {
  const patterns = textsOf(wanted ?? excepted).map((text) => toPattern(text.toLowerCase()));
  const listed = (action: string) => {
    const text = action.toLowerCase();
    return patterns.some((pattern) => fits(pattern, text));
  };
  return wanted === undefined ? (action) => !listed(action) : listed;
}

/** A trust policy names no resource: it is about the role it belongs to. */
function readResources({ Resource: wanted, NotResource: excepted }: Json, variables: boolean) {
  if (wanted === undefined && excepted === undefined) return () => true;
  const templates = textsOf(wanted ?? excepted).map((text) => compileTemplate(text, variables));
  const listed = ({ resource, lookup }: Asked) =>
    templates.some((template) => reaches(template, resource, lookup));
  return wanted === undefined ? (asked: Asked) => !listed(asked) : listed;
}

function reaches(template: Template, resource: string, lookup: Lookup): boolean {
  const pattern = template(lookup);
  return pattern !== undefined && fitsArn(pattern, resource);
}

function textsOf(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (!list.every((one) => typeof one === 'string')) throw new TypeError('A list of texts');
  return list;
}
