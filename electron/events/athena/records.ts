import { parse } from 'csv-parse/sync';
import { list, record, type Json } from '../record/json';
import { resultColumns } from './columns';

const paths = resultColumns.map(({ member }) => member.split('.'));

type Members = { [name: string]: Json | Members };

/**
 * Records of CloudTrail, rebuilt from whole rows of a result's CSV without its head: what the columns
 * have, under CloudTrail's names. What the table does not have, or is empty, is absent.
 */
export function recordsOfCsv(csv: string): Members[] {
  // Nulls and empty texts are not told apart: neither says anything, and asking for each cell is slow.
  const rows = parse(csv, { relax_column_count: true });
  return rows.map(recordOf);
}

function recordOf(row: readonly string[]): Members {
  const made: Members = {};
  for (const [i, { kind }] of resultColumns.entries()) {
    const value = row[i];
    if (value === undefined || value === '') continue;
    put(made, paths[i] ?? [], valueOf(value, kind));
  }
  return made;
}

function valueOf(text: string, kind: (typeof resultColumns)[number]['kind']): Json {
  switch (kind) {
    case 'text':
      return text;
    case 'flag':
      return text === 'true';
    case 'json':
      return parsed(text) ?? text;
    case 'resources':
      break;
  }
  return list(parsed(text)).map((resource) => {
    const { arn, accountid, type } = record(resource) ?? {};
    return {
      ...(arn && { ARN: arn }),
      ...(accountid && { accountId: accountid }),
      ...(type && { type }),
    };
  });
}

function put(into: Members, path: readonly string[], value: Json): void {
  let at = into;
  for (const name of path.slice(0, -1)) at = (at[name] ??= {}) as Members;
  at[path.at(-1) ?? ''] = value;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
