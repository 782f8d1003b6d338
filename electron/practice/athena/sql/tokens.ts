/** A piece of a statement. Words are lower case; what was quoted keeps its letters. */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign' | 'end';
  readonly value: string;
  /** Where it begins: line and column, from 1. */
  readonly line: number;
  readonly column: number;
}

/** A statement that cannot be read; the message is the reason that the query fails with. */
export class SqlError extends Error {}

const pieces = [
  ['space', /(?:\s|--[^\n]*|\/\*[^]*?\*\/)+/y],
  ['text', /'(?:[^']|'')*'/y],
  ['name', /"(?:[^"]|"")*"|`(?:[^`]|``)*`/y],
  ['number', /\d+(?:\.\d+)?/y],
  ['word', /[A-Za-z_][A-Za-z0-9_$]*/y],
  ['sign', /<>|!=|<=|>=|\|\||[()<>=,.;:*[\]]/y],
] as const;

/** Splits a statement. Throws SqlError where a character fits nothing. */
export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;
  while (at < sql.length) {
    const found = pieceAt(sql, at);
    const place = { line, column: at - lineStart + 1 };
    if (!found) throw mismatched(sql.charAt(at), place);
    const [kind, piece] = found;
    if (kind !== 'space') tokens.push({ kind, value: valueOf(kind, piece), ...place });
    for (let i = 0; i < piece.length; i += 1) {
      if (piece[i] !== '\n') continue;
      line += 1;
      lineStart = at + i + 1;
    }
    at += piece.length;
  }
  return [...tokens, { kind: 'end', value: '<EOF>', line, column: at - lineStart + 1 }];
}

/** As Athena's parser says it. */
export function mismatched(
  value: string,
  { line, column }: { readonly line: number; readonly column: number },
  expecting?: string,
): SqlError {
  const wanted = expecting === undefined ? '' : `. Expecting: ${expecting}`;
  return new SqlError(`line ${line}:${column}: mismatched input '${value}'${wanted}`);
}

function pieceAt(
  sql: string,
  at: number,
): readonly [(typeof pieces)[number][0], string] | undefined {
  for (const [kind, pattern] of pieces) {
    pattern.lastIndex = at;
    const match = pattern.exec(sql);
    if (match) return [kind, match[0]];
  }
  return undefined;
}

function valueOf(kind: Token['kind'] | 'space', piece: string): string {
  if (kind === 'word') return piece.toLowerCase();
  if (kind !== 'text' && kind !== 'name') return piece;
  const [quote = ''] = piece;
  return piece.slice(1, -1).replaceAll(quote + quote, quote);
}
