import { evaluate, noColumn, type Row } from './evaluate';
import { walk, type Expression } from './expression';
import type { Select } from './statement';
import { SqlError } from './tokens';
import {
  bigint,
  boolean,
  json,
  shown,
  varchar,
  type Column,
  type SqlType,
  type SqlValue,
} from './types';

/** Takes the rows of a table one by one and gives the result at the end. */
export interface Selecting {
  readonly columns: readonly Column[];
  /** True where no more rows are wanted. */
  take(row: Row): boolean;
  result(): SqlValue[][];
}

const aggregates = new Set(['count', 'min', 'max', 'sum']);

/** @param columns the table's, its partitions' among them @throws SqlError */
export function selecting(select: Select, columns: readonly Column[]): Selecting {
  const items = (
    select.items ??
    columns.map(({ name }) => ({ of: { kind: 'column', name } as const, as: undefined }))
  ).map(({ of, as }, i) => ({ of, name: as ?? nameOf(of, i) }));
  const aliased = new Map(items.map(({ of, name }) => [name, of]));
  const isKnown = new Set(columns.map(({ name }) => name));
  /** Ordinals and aliases stand for what was selected. */
  const meant = (of: Expression): Expression => {
    if (of.kind === 'literal' && typeof of.value === 'number') return items[of.value - 1]?.of ?? of;
    return of.kind === 'column' && !isKnown.has(of.name) ? (aliased.get(of.name) ?? of) : of;
  };
  const groupBy = select.groupBy.map(meant);
  const orderBy = select.orderBy.map(({ of, down }) => ({ of: meant(of), down }));
  for (const of of [...items, ...orderBy].map((each) => each.of)) checkColumns(of, isKnown);
  if (select.where) checkColumns(select.where, isKnown);

  const grouped = groupBy.length > 0 || items.some(({ of }) => isAggregate(of));
  const wanted = [...items.map(({ of }) => of), ...orderBy.map(({ of }) => of)];
  const groups = new Map<string, { row: Row; sums: Aggregate[] }>();
  const rows: SqlValue[][] = [];
  const enough = !grouped && orderBy.length === 0 && !select.distinct ? select.limit : undefined;

  return {
    columns: items.map(({ of, name }) => ({ name, type: typeOf(of, columns) })),
    take(row) {
      if (select.where && evaluate(select.where, row) !== true) return false;
      if (grouped) {
        const key = JSON.stringify(groupBy.map((of) => evaluate(of, row)));
        const group = groups.get(key) ?? { row, sums: wanted.map((of) => aggregate(of)) };
        groups.set(key, group);
        for (const sum of group.sums) sum.add(row);
      } else rows.push(wanted.map((of) => evaluate(of, row)));
      return enough !== undefined && rows.length >= enough;
    },
    result() {
      if (grouped) {
        // Without GROUP BY there is one row, also of no rows.
        if (groups.size === 0 && groupBy.length === 0) {
          groups.set('', { row: {}, sums: wanted.map((of) => aggregate(of)) });
        }
        for (const { row, sums } of groups.values()) rows.push(sums.map((sum) => sum.value(row)));
      }
      const kept = select.distinct
        ? [
            ...new Map(
              rows.map((row) => [JSON.stringify(row.slice(0, items.length)), row]),
            ).values(),
          ]
        : rows;
      for (const [i, { down }] of [...orderBy.entries()].reverse()) {
        kept.sort((a, b) => order(a[items.length + i], b[items.length + i], down));
      }
      return kept.slice(0, select.limit).map((row) => row.slice(0, items.length));
    },
  };
}

/** Athena names what has no name. */
function nameOf(of: Expression, index: number): string {
  return of.kind === 'column' || of.kind === 'field' ? of.name : `_col${index}`;
}

function checkColumns(of: Expression, known: ReadonlySet<string>): void {
  walk(of, (each) => {
    if (each.kind === 'column' && !known.has(each.name)) throw noColumn(each.name);
  });
}

function isAggregate(of: Expression): boolean {
  return of.kind === 'call' && aggregates.has(of.name);
}

interface Aggregate {
  add(row: Row): void;
  value(row: Row): SqlValue;
}

/** What gathers an expression over the rows of a group; what is no aggregate is the group's own value. */
function aggregate(of: Expression): Aggregate {
  if (of.kind !== 'call' || !aggregates.has(of.name)) {
    return { add: () => {}, value: (row) => evaluate(of, row) };
  }
  const { name, args, distinct } = of;
  const [arg] = args;
  if (!arg && name !== 'count')
    throw new SqlError(`FUNCTION_NOT_FOUND: line 1:1: Unexpected parameters for function ${name}`);
  const seen = new Set<string>();
  let count = 0;
  let best: SqlValue = null;
  let sum = 0;
  return {
    add(row) {
      const value = arg ? evaluate(arg, row) : true;
      if (value === null) return;
      if (distinct) seen.add(JSON.stringify(value));
      count += 1;
      sum += Number(value);
      const better = best === null || order(value, best, false) < 0 === (name === 'min');
      if (better) best = value;
    },
    value() {
      if (name === 'count') return distinct ? seen.size : count;
      if (name === 'sum') return count === 0 ? null : sum;
      return best;
    },
  };
}

/** Nulls last, as Athena has them. */
function order(a: SqlValue | undefined, b: SqlValue | undefined, down: boolean): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  const less = typeof a === 'string' ? a < shown(b) : Number(a) < Number(b);
  return less === down ? 1 : -1;
}

function typeOf(of: Expression, columns: readonly Column[]): SqlType {
  switch (of.kind) {
    case 'column':
      return columns.find(({ name }) => name === of.name)?.type ?? varchar;
    case 'field': {
      const inner = typeOf(of.of, columns);
      const field = inner.kind === 'struct' && inner.fields.find(({ name }) => name === of.name);
      return field ? field.type : varchar;
    }
    case 'item': {
      const inner = typeOf(of.of, columns);
      return inner.kind === 'array' || inner.kind === 'map' ? inner.of : varchar;
    }
    case 'cast':
      return of.type;
    case 'call':
      return callType(of.name);
    case 'literal':
      return typeof of.value === 'number'
        ? bigint
        : typeof of.value === 'boolean'
          ? boolean
          : varchar;
    case 'and':
    case 'or':
    case 'not':
    case 'compare':
    case 'in':
    case 'like':
    case 'null':
      break;
  }
  return boolean;
}

function callType(name: string): SqlType {
  if (['count', 'sum', 'length', 'strpos'].includes(name)) return bigint;
  if (name === 'json_extract' || name === 'json_parse') return json;
  return name === 'starts_with' ? boolean : varchar;
}
