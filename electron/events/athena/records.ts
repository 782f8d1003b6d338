import { parse } from 'csv-parse/sync';
import { list, record, type Json } from '../record/json';
import { resultColumns } from './columns';

type Members = { [name: string]: Json | Members };

/**
 * Records of CloudTrail, rebuilt from whole rows of a result's CSV without its head: what the columns
 * have, under CloudTrail's names. What the table does not have is absent.
 */
export function recordsOfCsv(csv: string): Members[] {
  const rows = parse(csv, {
    relax_column_count: true,
    // Athena writes null as nothing, and an empty text in quotes.
    cast: (value, { quoting }) => (quoting ? value : null),
  }) as (string | null)[][];
  return rows.map(recordOf);
}

function recordOf(row: readonly (string | null)[]): Members {
  const made: Members = {};
  for (const [i, { member, kind }] of resultColumns.entries()) {
    const value = row[i];
    if (value === null || value === undefined) continue;
    put(made, member.split('.'), valueOf(value, kind));
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

function put(into: Members, [name = '', ...rest]: readonly string[], value: Json): void {
  if (rest.length === 0) into[name] = value;
  else put((into[name] ??= {}) as Members, rest, value);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
