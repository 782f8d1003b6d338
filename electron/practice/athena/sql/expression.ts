import { listOf, nameOf, type Reader } from './reader';
import { readType, type SqlType } from './types';

/** What can be computed for a row. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'field'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'item'; readonly of: Expression; readonly index: Expression }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Expression[];
      readonly distinct: boolean;
    }
  | { readonly kind: 'cast'; readonly of: Expression; readonly type: SqlType }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'and' | 'or'; readonly list: readonly Expression[] }
  | {
      readonly kind: 'compare';
      readonly sign: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'in'; readonly of: Expression; readonly list: readonly Expression[] }
  | {
      readonly kind: 'like';
      readonly of: Expression;
      readonly pattern: Expression;
      readonly escape: string | undefined;
    }
  | { readonly kind: 'null'; readonly of: Expression };

/** Reads an expression. @throws SqlError */
export function readExpression(reader: Reader): Expression {
  const list = [readAnd(reader)];
  while (reader.take('or')) list.push(readAnd(reader));
  return joined('or', list);
}

function readAnd(reader: Reader): Expression {
  const list = [readNot(reader)];
  while (reader.take('and')) list.push(readNot(reader));
  return joined('and', list);
}

function joined(kind: 'and' | 'or', list: readonly Expression[]): Expression {
  const [first] = list;
  return list.length === 1 && first ? first : { kind, list };
}

function readNot(reader: Reader): Expression {
  if (reader.take('not')) return { kind: 'not', of: readNot(reader) };
  return readPredicate(reader);
}

const signs = ['=', '<>', '!=', '<', '<=', '>', '>='];

function readPredicate(reader: Reader): Expression {
  const left = readJoined(reader);
  for (const sign of signs) {
    if (reader.take(sign)) {
      return {
        kind: 'compare',
        sign: sign === '!=' ? '<>' : sign,
        left,
        right: readJoined(reader),
      };
    }
  }
  if (reader.take('is')) {
    const not = reader.take('not');
    reader.expect('null');
    return negated(not, { kind: 'null', of: left });
  }
  const not = reader.take('not');
  if (reader.take('in')) {
    return negated(not, {
      kind: 'in',
      of: left,
      list: listOf(reader, () => readExpression(reader)),
    });
  }
  if (reader.take('like')) {
    const pattern = readJoined(reader);
    const escape = reader.take('escape') ? reader.value('text') : undefined;
    return negated(not, { kind: 'like', of: left, pattern, escape });
  }
  if (reader.take('between')) {
    const from = readJoined(reader);
    reader.expect('and');
    const to = readJoined(reader);
    const list: Expression[] = [
      { kind: 'compare', sign: '>=', left, right: from },
      { kind: 'compare', sign: '<=', left, right: to },
    ];
    return negated(not, { kind: 'and', list });
  }
  if (not) throw reader.refuse("'BETWEEN', 'IN', 'LIKE'");
  return left;
}

function negated(not: boolean, of: Expression): Expression {
  return not ? { kind: 'not', of } : of;
}

/** Values joined by `||`. */
function readJoined(reader: Reader): Expression {
  const parts = [readValue(reader)];
  while (reader.take('||')) parts.push(readValue(reader));
  const [first] = parts;
  if (parts.length === 1 && first) return first;
  return { kind: 'call', name: 'concat', args: parts, distinct: false };
}

function readValue(reader: Reader): Expression {
  let value = readPrimary(reader);
  for (;;) {
    if (reader.take('.')) value = { kind: 'field', of: value, name: nameOf(reader) };
    else if (reader.take('[')) {
      value = { kind: 'item', of: value, index: readExpression(reader) };
      reader.expect(']');
    } else return value;
  }
}

function readPrimary(reader: Reader): Expression {
  if (reader.take('(')) {
    const inner = readExpression(reader);
    reader.expect(')');
    return inner;
  }
  const { kind } = reader.token();
  if (kind === 'text') return { kind: 'literal', value: reader.value('text') };
  if (kind === 'number') return { kind: 'literal', value: Number(reader.value('number')) };
  if (reader.take('null')) return { kind: 'literal', value: null };
  if (reader.take('true')) return { kind: 'literal', value: true };
  if (reader.take('false')) return { kind: 'literal', value: false };
  if (reader.take('cast', '(')) {
    const of = readExpression(reader);
    reader.expect('as');
    const type = readType(reader);
    reader.expect(')');
    return { kind: 'cast', of, type };
  }
  if (kind === 'word' && reserved.has(reader.token().value)) throw reader.refuse('<expression>');
  const name = nameOf(reader);
  return reader.take('(') ? readCall(reader, name) : { kind: 'column', name };
}

function readCall(reader: Reader, name: string): Expression {
  if (reader.take('*', ')')) return { kind: 'call', name, args: [], distinct: false };
  if (reader.take(')')) return { kind: 'call', name, args: [], distinct: false };
  const distinct = reader.take('distinct');
  const args = [readExpression(reader)];
  while (reader.take(',')) args.push(readExpression(reader));
  reader.expect(')');
  return { kind: 'call', name, args, distinct };
}

const reserved = new Set(
  'select from where and or not in like between is group order by having limit as union join on case when then else end with distinct'.split(
    ' ',
  ),
);

/** Calls `visit` for an expression and everything within. */
export function walk(expression: Expression, visit: (each: Expression) => void): void {
  visit(expression);
  for (const inner of innerOf(expression)) walk(inner, visit);
}

function innerOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'column':
      return [];
    case 'call':
      return expression.args;
    case 'and':
    case 'or':
      return expression.list;
    case 'compare':
      return [expression.left, expression.right];
    case 'in':
      return [expression.of, ...expression.list];
    case 'like':
      return [expression.of, expression.pattern];
    case 'item':
      return [expression.of, expression.index];
    case 'field':
    case 'cast':
    case 'not':
    case 'null':
      break;
  }
  return [expression.of];
}
