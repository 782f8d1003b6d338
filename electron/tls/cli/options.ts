import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { elbPolicies, isUnverifiedElbPolicy } from '../../../shared/model/tls/elbPolicies';
import { gradeLetters } from '../../../shared/model/tls/judgement';
import { scanParts, vulnerabilityIds } from '../../../shared/model/tls/scan';
import { UsageError } from '../../command';
import { readImportText } from '../fleet/importText';
import { parseHost, parseTarget } from '../fleet/target';

/** What the command line scans; as an endpoint of the list, with the defaults that one has. */
export interface CliTarget {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** The name to send: the host where null, none where empty. */
  readonly sni: string | null;
  readonly owner: string;
  readonly tags: string[];
  readonly elbPolicy: string | null;
  readonly clientCertificate: boolean;
}

/**
 * The endpoints that arguments and `--input` name, each once. Throws UsageError with the sentences that
 * say what is wrong: nothing is scanned where a part of the input cannot be read.
 */
export async function readTargets(
  positionals: readonly string[],
  input: string | undefined,
  sni: string | undefined,
): Promise<CliTarget[]> {
  const named = positionals.map((text): CliTarget => {
    const target = parseTarget(text);
    if ('problem' in target) throw new UsageError(target.problem);
    return { ...plain, host: target.host, port: target.port ?? 443 };
  });
  const listed = input === undefined ? [] : await readList(input);
  const name = sni === undefined ? undefined : sniOf(sni);
  const byKey = new Map<string, CliTarget>();
  for (const target of [...named, ...listed]) {
    const chosen = name === undefined ? target : { ...target, sni: name };
    const key = JSON.stringify([chosen.host, chosen.port, chosen.sni]);
    if (!byKey.has(key)) byKey.set(key, chosen);
  }
  if (byKey.size === 0) {
    throw new UsageError('Name an endpoint: HOST, HOST:PORT, or a file of them with --input.');
  }
  return [...byKey.values()];
}

const plain = {
  name: '',
  sni: null,
  owner: '',
  tags: [],
  elbPolicy: null,
  clientCertificate: false,
};

async function readList(file: string): Promise<CliTarget[]> {
  const content = file === '-' ? await readAll(process.stdin) : await readTextFile(file, '--input');
  const { endpoints, problems } = readImportText(content);
  const wrong = problems.filter(({ message }) => !message.startsWith('The same endpoint'));
  if (wrong.length > 0) {
    const shown = wrong.slice(0, 10).map(({ line, message }) => `  line ${line}: ${message}`);
    const more = wrong.length > 10 ? [`  and ${wrong.length - 10} more`] : [];
    throw new UsageError([`${file} cannot be used:`, ...shown, ...more].join('\n'));
  }
  return endpoints;
}

/** A file's text. Throws UsageError where it cannot be read. */
export async function readTextFile(file: string, option: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new UsageError(`${option}: ${file} cannot be read (${code}).`, { cause: error });
  }
}

function sniOf(text: string): string {
  if (text === '') return '';
  const parsed = parseHost(text);
  if ('problem' in parsed) throw new UsageError(`--sni: ${parsed.problem}`);
  if (isIP(parsed.host)) throw new UsageError('--sni takes a host name, not an address.');
  return parsed.host;
}

/** `--only`, `--skip`: names out of a closed list, separated by commas. */
export function namesOf<T extends string>(
  option: string,
  given: string | undefined,
  known: readonly T[],
): T[] | undefined {
  if (given === undefined) return undefined;
  const names = given.split(',').map((name) => name.trim());
  const found = names.map((name) => {
    const one = known.find((each) => each === name);
    if (!one) {
      throw new UsageError(
        `${option}: there is no “${name.slice(0, 80)}”. It takes ${known.join(', ')}.`,
      );
    }
    return one;
  });
  return [...new Set(found)];
}

export const partsOf = (given: string | undefined) =>
  namesOf('--only', given, scanParts) ?? [...scanParts];
export const probesOf = (given: string | undefined) =>
  namesOf('--skip', given, vulnerabilityIds) ?? [];

/** Names of ELB policies; also those that are known by name alone, of which nothing can be told. */
export function elbPoliciesOf(given: readonly string[] = []): readonly string[] {
  for (const name of given) {
    if (elbPolicies.some((policy) => policy.name === name) || isUnverifiedElbPolicy(name)) continue;
    throw new UsageError(`--elb-policy: there is no “${name.slice(0, 80)}”.`);
  }
  return given;
}

/** A grade that can be asked for; T and M are no grades but reasons for none. */
export function minGradeOf(given: string | undefined): (typeof gradeLetters)[number] | undefined {
  if (given === undefined) return undefined;
  const grades = gradeLetters.filter((letter) => letter !== 'T' && letter !== 'M');
  const found = grades.find((letter) => letter === given.toUpperCase());
  if (!found) throw new UsageError(`--min-grade takes one of ${grades.join(', ')}.`);
  return found;
}
