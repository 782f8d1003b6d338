import { CsvError, parse } from 'csv-parse/sync';
import { AppError } from '../../../shared/model/errors';
import { endpointEditSchema, type EndpointEdit } from '../../../shared/model/tls/fleet';
import { headerOf, type Header } from './importHeader';
import { normalised } from './endpoints';
import { parsePort, parseTarget } from './target';

/** One line that is no endpoint, or not all of it, and why. */
export interface ImportProblem {
  readonly line: number;
  readonly message: string;
}

export interface ImportedText {
  readonly endpoints: EndpointEdit[];
  readonly problems: ImportProblem[];
}

/** What one import takes; the rest is named in a problem. */
const maxEndpoints = 10_000;
const maxProblems = 1000;

/**
 * Reads endpoints from a list (hosts, host:port, URLs; several on a line; `#` begins a comment) or from
 * CSV with a header line, separated by comma, semicolon or tab. Nothing is dropped without a problem
 * that says so.
 */
export function readImportText(text: string): ImportedText {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  const header = headerOf(lines[first] ?? '');
  const found = header ? readCsv(lines, first, header) : readList(lines);
  return bounded(withoutRepeats(found));
}

/** An endpoint or a problem, and the line it comes from. */
type Found = { line: number } & ({ edit: EndpointEdit } | { message: string });

function readList(lines: readonly string[]): Found[] {
  return lines.flatMap((text, index) => {
    const line = index + 1;
    const words = text
      .replace(/(^|\s)#.*/, '')
      .split(/[\s,;]+/)
      .map((word) => word.replace(/^(["'])(.*)\1$/, '$2'))
      .filter((word) => word !== '');
    const found: Found[] = [];
    for (let at = 0; at < words.length; at++) {
      const target = parseTarget(words[at] ?? '');
      if ('problem' in target) {
        found.push({ line, message: target.problem });
        continue;
      }
      // `host port`, `host,port`
      const next = target.port === undefined ? parsePort(words[at + 1] ?? '') : undefined;
      if (next !== undefined) at++;
      found.push({ line, edit: editOf({ host: target.host, port: target.port ?? next }) });
    }
    return found;
  });
}

function readCsv(lines: readonly string[], first: number, header: Header): Found[] {
  const { delimiter, columns, unknown } = header;
  const found: Found[] = unknown.map((name) => ({
    line: first + 1,
    message: `The column “${name}” is not used.`,
  }));
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(lines.slice(first + 1).join('\n'), {
      delimiter,
      trim: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
      comment: '#',
      comment_no_infix: true,
    }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = first + 1 + Number(error['lines'] ?? 0);
    return [
      ...found,
      { line, message: 'From here on this is no CSV: a quotation mark is missing.' },
    ];
  }
  for (const { record, info } of records) {
    if (record.every((cell) => cell === '')) continue;
    found.push({ line: first + 1 + info.lines, ...fromRecord(record, columns) });
  }
  return found;
}

function fromRecord(
  record: readonly string[],
  columns: Header['columns'],
): { edit: EndpointEdit } | { message: string } {
  const cell = (name: keyof Header['columns']) => record[columns[name] ?? -1] ?? '';
  const target = parseTarget(cell('host'));
  if ('problem' in target) return { message: target.problem };
  const port = cell('port') === '' ? undefined : parsePort(cell('port'));
  if (cell('port') !== '' && port === undefined) {
    return {
      message: `“${cell('port').slice(0, 80)}” is no port. A port is a number from 1 to 65535.`,
    };
  }
  if (port !== undefined && target.port !== undefined && port !== target.port) {
    return { message: `The host says port ${target.port}, the port's column says ${port}.` };
  }
  const clientCertificate = /^(1|y|yes|true|x|required)$/i.test(cell('clientCertificate'));
  const edit = endpointEditSchema.safeParse({
    ...editOf({ host: target.host, port: port ?? target.port }),
    name: cell('name'),
    owner: cell('owner'),
    sni: cell('sni') === '' ? null : cell('sni'),
    tags: cell('tags')
      .split(/[,;|]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
    elbPolicy: cell('elbPolicy') === '' ? null : cell('elbPolicy'),
    clientCertificate,
  });
  if (!edit.success) {
    return { message: `${edit.error.issues[0]?.path.join('.')}: too long.` };
  }
  try {
    return { edit: normalised(edit.data) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { message: error.message };
  }
}

function editOf({ host, port }: { host: string; port: number | undefined }): EndpointEdit {
  return endpointEditSchema.parse({ host, ...(port && { port }), source: 'import' });
}

function withoutRepeats(found: readonly Found[]): Found[] {
  const lineOf = new Map<string, number>();
  return found.map((each) => {
    if (!('edit' in each)) return each;
    const { host, port, sni } = each.edit;
    const key = JSON.stringify([host, port, sni ?? host]);
    const earlier = lineOf.get(key);
    if (earlier === undefined) {
      lineOf.set(key, each.line);
      return each;
    }
    return { line: each.line, message: `The same endpoint as in line ${earlier}.` };
  });
}

function bounded(found: readonly Found[]): ImportedText {
  const all = found.flatMap((each) => ('edit' in each ? each : []));
  const problems = found.flatMap((each) =>
    'edit' in each ? [] : { line: each.line, message: each.message },
  );
  const more = problems.length - maxProblems;
  if (more > 0) {
    problems.length = maxProblems;
    problems.push({ line: problems.at(-1)?.line ?? 1, message: `And ${more} more like these.` });
  }
  const rest = all[maxEndpoints];
  if (rest) {
    problems.push({
      line: rest.line,
      message: `One import takes ${maxEndpoints} endpoints: import this line and the ${all.length - maxEndpoints - 1} behind it by themselves.`,
    });
  }
  return { endpoints: all.slice(0, maxEndpoints).map(({ edit }) => edit), problems };
}
