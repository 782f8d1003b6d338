import type { Expression } from './expression';
import { callFunction } from './functions';
import { outsideSubset } from './statement';
import { SqlError } from './tokens';
import { shown, type SqlType, type SqlValue } from './types';

export type Row = Readonly<Record<string, SqlValue>>;

/**
 * Computes an expression for a row, with SQL's unknown (null). Throws SqlError as Athena fails the
 * query.
 */
export function evaluate(expression: Expression, row: Row): SqlValue {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'column': {
      const value = row[expression.name];
      if (value === undefined) throw noColumn(expression.name);
      return value;
    }
    case 'field': {
      const of = evaluate(expression.of, row);
      if (of === null) return null;
      const value = typeof of === 'object' ? (of as Row)[expression.name] : undefined;
      if (value === undefined) throw noColumn(expression.name);
      return value;
    }
    case 'item':
      return itemOf(evaluate(expression.of, row), evaluate(expression.index, row));
    case 'call':
      return callFunction(
        expression.name,
        expression.args.map((arg) => evaluate(arg, row)),
      );
    case 'cast':
      return cast(evaluate(expression.of, row), expression.type);
    case 'not': {
      const of = evaluate(expression.of, row);
      return of === null ? null : of !== true;
    }
    case 'and':
      return all(expression.list, row, false);
    case 'or':
      return all(expression.list, row, true);
    case 'compare': {
      const { sign, left, right } = expression;
      return compare(sign, evaluate(left, row), evaluate(right, row));
    }
    case 'in': {
      const of = evaluate(expression.of, row);
      const found = expression.list.map((each) => compare('=', of, evaluate(each, row)));
      return found.includes(true) ? true : found.includes(null) ? null : false;
    }
    case 'like': {
      const of = evaluate(expression.of, row);
      const pattern = evaluate(expression.pattern, row);
      if (of === null || pattern === null) return null;
      return likePattern(shown(pattern), expression.escape).test(shown(of));
    }
    case 'null':
      break;
  }
  return evaluate(expression.of, row) === null;
}

/** Athena's reason for a column that is not there. */
export function noColumn(name: string): SqlError {
  return new SqlError(
    `COLUMN_NOT_FOUND: line 1:1: Column '${name}' cannot be resolved or requester is not authorized to access requested resources`,
  );
}

/** With `any` an OR, else an AND, of three values: an unknown decides nothing. */
function all(list: readonly Expression[], row: Row, any: boolean): SqlValue {
  let unknown = false;
  for (const each of list) {
    const value = evaluate(each, row);
    if (value === any) return any;
    if (value === null) unknown = true;
  }
  return unknown ? null : !any;
}

function compare(sign: string, left: SqlValue, right: SqlValue): boolean | null {
  if (left === null || right === null) return null;
  const comparable = typeof left === typeof right && typeof left !== 'object';
  if (!comparable) {
    throw new SqlError(
      `TYPE_MISMATCH: line 1:1: Cannot apply operator: ${typeName(left)} ${sign} ${typeName(right)}`,
    );
  }
  // Text is compared by code points, as Athena does.
  const order =
    typeof left === 'string'
      ? Buffer.compare(Buffer.from(left), Buffer.from(shown(right)))
      : Number(left) - Number(right);
  switch (sign) {
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

function typeName(value: SqlValue): string {
  return typeof value === 'string'
    ? 'varchar'
    : typeof value === 'number'
      ? 'bigint'
      : typeof value;
}

function itemOf(list: SqlValue, index: SqlValue): SqlValue {
  if (list === null || index === null) return null;
  if (!Array.isArray(list) && typeof list === 'object') {
    const value = (list as Row)[shown(index)];
    if (value === undefined)
      throw new SqlError(`INVALID_FUNCTION_ARGUMENT: Key not present in map: ${shown(index)}`);
    return value;
  }
  const value = Array.isArray(list) ? (list as SqlValue[])[Number(index) - 1] : undefined;
  if (value === undefined) {
    throw new SqlError(
      'INVALID_FUNCTION_ARGUMENT: Array subscript must be less than or equal to array length',
    );
  }
  return value;
}

function cast(value: SqlValue, type: SqlType): SqlValue {
  if (type.kind !== 'plain') throw outsideSubset('CAST to a structure');
  if (value === null) return null;
  switch (type.name) {
    case 'json':
      return JSON.stringify(value);
    case 'varchar':
    case 'string':
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    case 'boolean':
      return value === true || value === 'true';
    default: {
      const number = Number(value);
      if (Number.isNaN(number)) {
        throw new SqlError(
          `INVALID_CAST_ARGUMENT: Cannot cast '${shown(value)}' to ${type.name.toUpperCase()}`,
        );
      }
      return number;
    }
  }
}

const patterns = new Map<string, RegExp>();

/** `%` stands for anything, `_` for one character; the escape takes their meaning away. */
function likePattern(pattern: string, escape: string | undefined): RegExp {
  const name = `${escape ?? ''} ${pattern}`;
  const known = patterns.get(name);
  if (known) return known;
  let source = '';
  const letters = Array.from(pattern);
  for (let i = 0; i < letters.length; i += 1) {
    const letter = letters[i] ?? '';
    if (letter === escape) source += quoted(letters[(i += 1)] ?? '');
    else if (letter === '%') source += '[^]*';
    else source += letter === '_' ? '[^]' : quoted(letter);
  }
  const made = new RegExp(`^${source}$`, 'u');
  if (patterns.size > 200) patterns.clear();
  patterns.set(name, made);
  return made;
}

function quoted(letter: string): string {
  return letter.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
