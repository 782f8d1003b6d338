import { evaluate, type Row } from './sql/evaluate';
import { walk, type Expression } from './sql/expression';
import { SqlError } from './sql/tokens';
import { shown } from './sql/types';
import type { TableRecord } from './catalog';

/** A part of a table: the values of its partition columns, and where its objects lie. */
export interface Partition {
  readonly values: Row;
  /** `s3://bucket/prefix/`. */
  readonly location: string;
}

/**
 * The partitions that a WHERE leaves, by partition projection (Athena user guide, "Supported types for
 * partition projection": enum, date, injected). Without projection a partitioned table has none here,
 * as nothing adds them.
 * @param now the account's time, for ranges that end at NOW
 * @throws SqlError in Athena's words
 */
export function partitionsOf(
  table: TableRecord,
  where: Expression | undefined,
  now: number,
): Partition[] {
  const { partitions, properties, location } = table;
  if (partitions.length === 0) return [{ values: {}, location }];
  if (properties['projection.enabled']?.toLowerCase() !== 'true') return [];
  const names = partitions.map(({ name }) => name);
  const conditions = conjuncts(where).flatMap((condition) => {
    const columns = columnsOf(condition);
    return columns.size > 0 && [...columns].every((name) => names.includes(name))
      ? [{ condition, columns }]
      : [];
  });
  const holds = (row: Row, known: readonly string[]) =>
    conditions
      .filter(({ columns }) => [...columns].every((name) => known.includes(name)))
      .every(({ condition }) => evaluate(condition, row) === true);

  let found: Row[] = [{}];
  for (const [i, name] of names.entries()) {
    // What one column alone decides is asked once, not for each combination.
    const own = conditions.filter(({ columns }) => columns.size === 1 && columns.has(name));
    const values = valuesOf(
      table,
      name,
      own.map(({ condition }) => condition),
      now,
    ).filter((value) => holds({ [name]: value }, [name]));
    const known = names.slice(0, i + 1);
    found = found.flatMap((row) =>
      values.map((value) => ({ ...row, [name]: value })).filter((each) => holds(each, known)),
    );
  }
  const template = properties['storage.location.template'];
  return found.map((values) => ({
    values,
    location: placeOf(template ?? location, values, template === undefined),
  }));
}

function valuesOf(
  { properties, name: table }: TableRecord,
  column: string,
  conditions: readonly Expression[],
  now: number,
): string[] {
  const property = (what: string) => properties[`projection.${column}.${what}`];
  switch (property('type')?.toLowerCase()) {
    case 'enum':
      return (property('values') ?? '').split(',').map((value) => value.trim());
    case 'injected': {
      const equal = conditions.flatMap(equalTo);
      if (equal.length > 0) return equal;
      throw new SqlError(
        `CONSTRAINT_VIOLATION: For the injected projected partition column ${column}, the WHERE clause must contain only static equality conditions, and at least one such condition must be present.`,
      );
    }
    case 'date':
      return days(property('range') ?? '', property('format') ?? '', now);
    case undefined:
    default:
      throw new SqlError(
        `INVALID_TABLE_PROPERTY: Table ${table}: projection.${column}.type must be one of enum, date, injected (the practice account has no others)`,
      );
  }
}

const dayMs = 86_400_000;

function days(range: string, format: string, now: number): string[] {
  if (format !== 'yyyy/MM/dd' && format !== 'yyyy-MM-dd') {
    throw new SqlError(
      `INVALID_TABLE_PROPERTY: the date format ${format} (the practice account has yyyy/MM/dd and yyyy-MM-dd)`,
    );
  }
  const [from = Number.NaN, to = Number.NaN] = range
    .split(',')
    .map((end) => (end.trim() === 'NOW' ? now : Date.parse(end.trim().replaceAll('/', '-'))));
  const found: string[] = [];
  for (let at = from; at <= to; at += dayMs) {
    const day = new Date(at).toISOString().slice(0, 10);
    found.push(format === 'yyyy/MM/dd' ? day.replaceAll('-', '/') : day);
  }
  return found;
}

function placeOf(template: string, values: Row, isHive: boolean): string {
  const filled = isHive
    ? `${template.replace(/\/?$/, '/')}${Object.entries(values)
        .map(([name, value]) => `${name}=${shown(value)}`)
        .join('/')}`
    : template.replaceAll(/\$\{(\w+)\}/g, (_, name: string) =>
        shown(values[name.toLowerCase()] ?? ''),
      );
  return filled.replace(/\/?$/, '/');
}

function equalTo(condition: Expression): string[] {
  const list =
    condition.kind === 'in'
      ? condition.list
      : condition.kind === 'compare' && condition.sign === '='
        ? [condition.right]
        : [];
  return list.flatMap((each) => (each.kind === 'literal' ? [String(each.value)] : []));
}

function conjuncts(where: Expression | undefined): readonly Expression[] {
  if (!where) return [];
  return where.kind === 'and' ? where.list.flatMap(conjuncts) : [where];
}

function columnsOf(expression: Expression): Set<string> {
  const names = new Set<string>();
  walk(expression, (each) => {
    if (each.kind === 'column') names.add(each.name);
  });
  return names;
}
