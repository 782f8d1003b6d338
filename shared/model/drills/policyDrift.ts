/**
 * What is different between a primary's key policy and its replica's, a sentence each. The order of
 * statements and of their members makes no difference; an account number in an ARN does.
 */
export function policyDrift(primary: string, replica: string): string[] {
  const [a, b] = [statementsOf(primary), statementsOf(replica)];
  if (!a || !b) return primary === replica ? [] : ['One of them is no JSON.'];
  const missing = [...a].filter(([text]) => !b.has(text)).map(([, name]) => name);
  const added = [...b].filter(([text]) => !a.has(text)).map(([, name]) => name);
  return [
    ...missing.map((name) => `The replica lacks ${name} as the primary has it.`),
    ...added.map((name) => `The replica alone has ${name}.`),
  ];
}

function statementsOf(policy: string): Map<string, string> | undefined {
  try {
    const { Statement } = JSON.parse(policy) as { Statement?: unknown };
    const list = Array.isArray(Statement) ? (Statement as unknown[]) : [Statement];
    return new Map(
      list.map((statement, index) => {
        const { Sid } = (statement ?? {}) as { Sid?: unknown };
        const name = typeof Sid === 'string' ? `“${Sid}”` : `statement ${index + 1}`;
        return [sorted(statement), name];
      }),
    );
  } catch {
    return undefined;
  }
}

/** One text for what means the same: members by name, lists of texts sorted, one text as a list of one. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map(sorted).toSorted());
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, member]) => {
      const listed = ['Action', 'NotAction', 'Resource', 'AWS', 'Service'].includes(name);
      return `${name}:${sorted(listed && !Array.isArray(member) ? [member] : member)}`;
    });
    return `{${members.toSorted().join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
