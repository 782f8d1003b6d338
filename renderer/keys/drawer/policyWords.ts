/** One statement of a key policy in words. */
export interface PolicyStatementWords {
  /** The Sid, or `#n` counted from 1: the same name as in the verdict. */
  readonly name: string;
  readonly effect: string;
  readonly who: string;
  readonly what: string;
  /** Conditions, one a line. */
  readonly when: readonly string[];
}

/** A key policy's statements in words; undefined where the text cannot be read as a policy. */
export function policyWords(text: string): readonly PolicyStatementWords[] | undefined {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(policy)) return undefined;
  const statements = Array.isArray(policy['Statement'])
    ? (policy['Statement'] as unknown[])
    : [policy['Statement']];
  if (!statements.every(isRecord)) return undefined;
  return statements.map((statement, index) => ({
    name: text1(statement['Sid']) || `#${index + 1}`,
    effect: text1(statement['Effect']) || 'no effect',
    who: principals(statement),
    what: actions(statement),
    when: conditions(statement['Condition']),
  }));
}

function principals(statement: Record<string, unknown>): string {
  const excluded = statement['NotPrincipal'];
  if (excluded !== undefined) return `everybody but ${principalList(excluded)}`;
  return principalList(statement['Principal']);
}

function principalList(value: unknown): string {
  if (value === '*') return 'everybody (*)';
  if (!isRecord(value)) return 'nobody that can be read';
  return Object.entries(value)
    .flatMap(([type, names]) => list(names).map((name) => principal(type, name)))
    .join(', ');
}

function principal(type: string, name: string): string {
  if (name === '*') return 'everybody (*)';
  const root = /^arn:[\w-]+:iam::(\d{12}):root$/.exec(name)?.[1] ?? /^\d{12}$/.exec(name)?.[0];
  if (root) return `account ${root}`;
  const iam = /^arn:[\w-]+:(?:iam|sts)::(\d{12}):(.+)$/.exec(name);
  if (iam) return `${iam[2]} of ${iam[1]}`;
  return type === 'AWS' ? name : `${type.toLowerCase()} ${name}`;
}

function actions(statement: Record<string, unknown>): string {
  const excluded = statement['NotAction'];
  if (excluded !== undefined) return `everything but ${list(excluded).join(', ')}`;
  const names = list(statement['Action']);
  if (names.some((name) => /^(\*|kms:\*)$/i.test(name))) return 'every KMS action';
  return names.map((name) => name.replace(/^kms:/i, '')).join(', ') || 'no action';
}

function conditions(value: unknown): string[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([operator, keys]) =>
    isRecord(keys)
      ? Object.entries(keys).map(
          ([key, values]) => `${key} ${operator} ${list(values).join(' or ')}`,
        )
      : [],
  );
}

function list(value: unknown): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map(String);
}

function text1(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
