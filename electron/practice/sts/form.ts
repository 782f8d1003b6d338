/**
 * Reads the Query protocol's parameters: `Tags.member.1.Key=a` becomes `Tags: [{ Key: 'a' }]`.
 * @param numbers the parameters that are numbers; text that is none stays text, which validation refuses
 */
export function readForm(
  form: URLSearchParams,
  numbers: readonly string[],
): Record<string, unknown> {
  const input: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const lists = new Map<string, Map<number, unknown>>();
  for (const [name, value] of form) {
    const [head = '', member, index, field] = name.split('.');
    if (member !== 'member') {
      input[head] = numbers.includes(head) && /^-?\d+$/.test(value) ? Number(value) : value;
      continue;
    }
    const list = lists.get(head) ?? new Map<number, unknown>();
    lists.set(head, list);
    const at = Number(index);
    if (field === undefined) list.set(at, value);
    else list.set(at, { ...(list.get(at) as object | undefined), [field]: value });
  }
  for (const [name, list] of lists) {
    input[name] = [...list].sort(([a], [b]) => a - b).map(([, value]) => value);
  }
  return { ...input };
}
