import { holdsWildcard, toPattern } from './wildcard';

/** Gives the values that a condition key has in a request, by its name in lower case; undefined: it has none. */
export type Lookup = (key: string) => readonly string[] | undefined;

/** A policy's text with its variables, made into a pattern for one request; undefined where a variable has no value. */
export type Template = (lookup: Lookup) => string | undefined;

const variable = /\$\{([^}]*)\}/g;

/**
 * Compiles a text that may hold `*`, `?` and variables such as `${aws:PrincipalTag/team, 'none'}`.
 * A variable's value never brings wildcards of its own.
 * @param variables false for policies of 2008-10-17, which have none
 * Source: IAM user guide, "IAM policy elements: variables and tags".
 */
export function compileTemplate(text: string, variables: boolean): Template {
  if (!variables || !text.includes('${')) {
    const pattern = toPattern(text);
    return () => pattern;
  }
  const parts: (string | Variable)[] = [];
  let from = 0;
  for (const match of text.matchAll(variable)) {
    parts.push(toPattern(text.slice(from, match.index)), readVariable(match[1] ?? ''));
    from = match.index + match[0].length;
  }
  parts.push(toPattern(text.slice(from)));
  return (lookup) => {
    let pattern = '';
    for (const part of parts) {
      const value = typeof part === 'string' ? part : part(lookup);
      if (value === undefined) return undefined;
      pattern += value;
    }
    return pattern;
  };
}

type Variable = (lookup: Lookup) => string | undefined;

/** `${*}`, `${?}` and `${$}` mean the character itself. */
const literals: Readonly<Record<string, string>> = { '*': '*', '?': '?', $: '$' };

function readVariable(text: string): Variable {
  const literal = literals[text];
  if (literal !== undefined) return () => literal;
  const [, name = text, fallback] = /^([^,]*?)(?:\s*,\s*'([^']*)'\s*)?$/s.exec(text) ?? [];
  const key = name.trim().toLowerCase();
  return (lookup) => {
    const values = lookup(key);
    const value = values?.length === 1 ? values[0] : fallback;
    return value === undefined || holdsWildcard(value) ? undefined : value;
  };
}
