import { mismatched, tokensOf, type SqlError, type Token } from './tokens';

/** Goes over the pieces of a statement. */
export interface Reader {
  readonly token: () => Token;
  /** Whether these words or signs come next; goes past them if they do. */
  readonly take: (...words: string[]) => boolean;
  /** @throws SqlError where something else comes */
  readonly expect: (...words: string[]) => void;
  /** The next piece, if it is of the kind. @throws SqlError */
  readonly value: (...kinds: Token['kind'][]) => string;
  readonly refuse: (expecting?: string) => SqlError;
}

export function readerOf(sql: string): Reader {
  const tokens = tokensOf(sql);
  let at = 0;
  const token = () => tokens[Math.min(at, tokens.length - 1)] as Token;
  const refuse = (expecting?: string) => mismatched(token().value, token(), expecting);

  function take(...words: string[]): boolean {
    const fits = words.every((word, i) => {
      const next = tokens[at + i];
      return next?.value === word && (next.kind === 'word' || next.kind === 'sign');
    });
    if (fits) at += words.length;
    return fits;
  }
  return {
    token,
    take,
    refuse,
    expect(...words) {
      for (const word of words) if (!take(word)) throw refuse(`'${word.toUpperCase()}'`);
    },
    value(...kinds) {
      const { kind, value } = token();
      if (!kinds.includes(kind)) throw refuse(kinds.includes('text') ? 'string' : 'identifier');
      at += 1;
      return value;
    },
  };
}

/** A column, table or database: quoted or not, names are lower case in the catalog. */
export function nameOf(reader: Reader): string {
  return reader.value('word', 'name').toLowerCase();
}

/** A list in round brackets. */
export function listOf<T>(reader: Reader, read: () => T): T[] {
  reader.expect('(');
  const list = [read()];
  while (reader.take(',')) list.push(read());
  reader.expect(')');
  return list;
}
