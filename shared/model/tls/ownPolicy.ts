import { isMap, isNode, isPair, LineCounter, parseDocument, type Document } from 'yaml';
import { ownPolicySchema, type OwnPolicy } from './ownPolicySchema';

export type { OwnPolicy } from './ownPolicySchema';

export interface OwnPolicyProblem {
  readonly line?: number | undefined;
  readonly message: string;
}

/** Reads a policy file (YAML 1.2). With a problem there is no policy; each names its line where it has one. */
export function parseOwnPolicy(text: string): {
  readonly policy?: OwnPolicy;
  readonly problems: OwnPolicyProblem[];
} {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map(({ message, pos: [start] }) => ({
        line: lines.linePos(start).line,
        message: sentence(message),
      })),
    };
  }
  const content = contentOf(document);
  if (content === undefined) {
    return { problems: [{ message: 'An anchor is used too often for this file to be read.' }] };
  }
  const read = ownPolicySchema.safeParse(content.value);
  if (read.success) return { policy: read.data, problems: [] };
  return {
    problems: read.error.issues.flatMap((issue): OwnPolicyProblem[] => {
      const path = issue.path.filter((part) => typeof part !== 'symbol');
      if (issue.code !== 'unrecognized_keys') {
        const where = path.length > 0 ? `${path.join('.')}: ` : '';
        return [
          { ...lineOf(document, path, lines), message: `${where}${sentence(issue.message)}` },
        ];
      }
      return issue.keys.map((key) => ({
        ...lineOf(document, [...path, key], lines),
        message: `There is no rule ${[...path, key].join('.')}.`,
      }));
    }),
  };
}

/** Undefined where aliases would grow without measure. */
function contentOf(document: Document): { value: unknown } | undefined {
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) };
  } catch {
    return undefined;
  }
}

/** The line of the key or value at a path, or of the nearest thing around it. */
function lineOf(
  document: Document,
  path: readonly (string | number)[],
  lines: LineCounter,
): { line?: number } {
  for (let length = path.length; length > 0; length -= 1) {
    const parent =
      length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isPair(item) && String(item.key) === String(key))
      : undefined;
    const node = pair?.key ?? document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return { line: lines.linePos(node.range[0]).line };
  }
  return {};
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
