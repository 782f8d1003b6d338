/**
 * What is different between a primary's key policy and its replica's, a sentence each. What AWS takes
 * for the same makes no difference: the order of statements and lists, one value or a list of one, a
 * statement's name, an action's case, an account by its number or its root's ARN.
 * Source: IAM user guide, "JSON policy element reference".
 */
export function policyDrift(primary: string, replica: string): string[] {
  const [a, b] = [readPolicy(primary), readPolicy(replica)];
  if (!a || !b) return primary === replica ? [] : ['One of them is no policy that can be read.'];
  const missing = [...a.statements].filter(([text]) => !b.statements.has(text));
  const added = [...b.statements].filter(([text]) => !a.statements.has(text));
  return [
    ...(a.version === b.version
      ? []
      : [`The replica’s policy is of version ${b.version}, the primary’s of ${a.version}.`]),
    ...missing.map(([, name]) => `The replica lacks ${name} as the primary has it.`),
    ...added.map(([, name]) => `The replica alone has ${name}.`),
  ];
}

interface Policy {
  readonly version: string;
  /** What a statement means, as one text, with the name that people know it by. */
  readonly statements: ReadonlyMap<string, string>;
}

function readPolicy(text: string): Policy | undefined {
  try {
    const { Version, Statement } = JSON.parse(text) as { Version?: unknown; Statement?: unknown };
    const list = listOf(Statement);
    const isPolicy = list.length > 0 && list.every((one) => typeof one === 'object' && one);
    if (!isPolicy) return undefined;
    return {
      // The version of a policy that names none (same source).
      version: typeof Version === 'string' ? Version : '2008-10-17',
      statements: new Map(
        list.map((statement, index) => {
          const { Sid } = statement as { Sid?: unknown };
          const name = typeof Sid === 'string' && Sid ? `“${Sid}”` : `statement ${index + 1}`;
          return [meaning(statement as Record<string, unknown>), name];
        }),
      ),
    };
  } catch {
    return undefined;
  }
}

/** One text for all statements that mean the same. */
function meaning({ Sid: _name, ...statement }: Record<string, unknown>): string {
  return objectText(statement, (member, value) => {
    switch (member) {
      case 'Action':
      case 'NotAction':
        return listText(value, (text) => text.toLowerCase());
      case 'Principal':
      case 'NotPrincipal':
        return objectText(value === '*' ? { AWS: '*' } : value, (_kind, who) =>
          listText(who, account),
        );
      case 'Condition':
        return objectText(value, (_operator, keys) =>
          objectText(lowerCase(keys), (_key, wanted) => listText(wanted)),
        );
      default:
        return listText(value);
    }
  });
}

function objectText(value: unknown, textOf: (member: string, value: unknown) => string): string {
  const members = Object.entries(value ?? {}).map(
    ([name, member]) => `${JSON.stringify(name)}:${textOf(name, member)}`,
  );
  return `{${members.toSorted().join(',')}}`;
}

function listText(value: unknown, normal: (text: string) => string = (text) => text): string {
  const texts = listOf(value).map((one) => normal(String(one)));
  return JSON.stringify([...new Set(texts)].toSorted());
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** Names of condition keys are the same in any case. */
function lowerCase(keys: unknown): object {
  const entries = Object.entries(keys ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value as unknown]));
}

/** The root of an account stands for the account. */
function account(principal: string): string {
  return /^arn:aws[\w-]*:iam::(\d{12}):root$/.exec(principal)?.[1] ?? principal;
}
