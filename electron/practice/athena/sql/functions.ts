import { outsideSubset } from './statement';
import { shown, type SqlValue } from './types';

type SqlFunction = (...args: SqlValue[]) => SqlValue;

/** Calls a function of one row. Throws SqlError for one that is not there. */
export function callFunction(name: string, args: readonly SqlValue[]): SqlValue {
  const found = functions.get(name);
  if (!found) throw outsideSubset(`the function ${name}`);
  return found(...args);
}

const functions = new Map<string, SqlFunction>([
  ['coalesce', (...args) => args.find((value) => value !== null) ?? null],
  ...texts({
    lower: (text) => text.toLowerCase(),
    upper: (text) => text.toUpperCase(),
    trim: (text) => text.trim(),
    length: (text) => Array.from(text).length,
    concat: (...all) => all.join(''),
    strpos: (text, part = '') => text.indexOf(part) + 1,
    starts_with: (text, part = '') => text.startsWith(part),
    substr: (text, from, length) => part(text, from, length),
    substring: (text, from, length) => part(text, from, length),
    split_part: (text, by = '', index = '1') => text.split(by)[Number(index) - 1] ?? null,
    json_format: (text) => text,
    json_parse: (text) => (parsed(text) === undefined ? null : text),
    json_extract_scalar: (text, path = '') => scalar(pathOf(text, path)),
    json_extract(text, path = '') {
      const found = pathOf(text, path);
      return found === undefined ? null : JSON.stringify(found);
    },
  }),
]);

/** Functions of texts: null where any argument is null. */
function texts(
  all: Readonly<Record<string, (text: string, ...rest: string[]) => SqlValue>>,
): [string, SqlFunction][] {
  return Object.entries(all).map(([name, work]) => [
    name,
    (...args) => {
      if (args.includes(null)) return null;
      const [first = '', ...rest] = args.map(shown);
      return work(first, ...rest);
    },
  ]);
}

function part(text: string, from = '1', length?: string): string {
  const start = Number(from) < 0 ? text.length + Number(from) : Number(from) - 1;
  return text.slice(start, length === undefined ? undefined : start + Number(length));
}

/** What a JSON path such as `$.keyId` or `$['aws:s3:arn']` leads to. */
function pathOf(text: string, path: string): unknown {
  let value = parsed(text);
  const steps = path.matchAll(/\.([\w-]+)|\[(\d+)\]|\[(?:"([^"]*)"|'([^']*)')\]/g);
  for (const [, name, index, quoted, single] of steps) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name ?? index ?? quoted ?? single ?? ''];
  }
  return value;
}

function scalar(value: unknown): SqlValue {
  const plain =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return plain ? String(value) : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
