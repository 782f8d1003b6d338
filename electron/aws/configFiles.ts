import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseIni, type IniSection } from './ini';

export type Settings = ReadonlyMap<string, string>;

/** What the shared config and credentials files say, put together. */
export interface AwsConfig {
  readonly profiles: ReadonlyMap<string, Settings>;
  readonly ssoSessions: ReadonlyMap<string, Settings>;
  readonly services: ReadonlyMap<string, Settings>;
  /** Sentences that name file and line. */
  readonly problems: readonly string[];
  readonly configFile: string;
  readonly credentialsFile: string;
  /** The files that were there. */
  readonly files: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads both files anew (`AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` move them). A setting in
 * the credentials file wins over the same in the config file. What cannot be read becomes a problem;
 * it never hides the rest.
 */
export async function readAwsConfig(env: Env, homeDir: string): Promise<AwsConfig> {
  const configFile = located(env['AWS_CONFIG_FILE'], homeDir, 'config');
  const credentialsFile = located(env['AWS_SHARED_CREDENTIALS_FILE'], homeDir, 'credentials');
  const draft: Draft = {
    profiles: new Map(),
    ssoSessions: new Map(),
    services: new Map(),
    problems: [],
    files: [],
  };
  const readInto = async (file: string, named: boolean, take: TakeSection) => {
    const text = await readText(file, named, draft);
    if (text === undefined) return;
    draft.files.push(file);
    const { sections, problems } = parseIni(text);
    for (const { line, text: problem } of problems) {
      draft.problems.push(`${file}, line ${line}: ${problem}; the line is left out.`);
    }
    for (const section of sections) take(section, file, draft);
  };
  await readInto(configFile, env['AWS_CONFIG_FILE'] !== undefined, takeConfigSection);
  await readInto(
    credentialsFile,
    env['AWS_SHARED_CREDENTIALS_FILE'] !== undefined,
    takeCredentialsSection,
  );
  return { ...draft, configFile, credentialsFile };
}

interface Draft {
  readonly profiles: Map<string, Map<string, string>>;
  readonly ssoSessions: Map<string, Map<string, string>>;
  readonly services: Map<string, Map<string, string>>;
  readonly problems: string[];
  readonly files: string[];
}
type TakeSection = (section: IniSection, file: string, draft: Draft) => void;

function located(fromEnv: string | undefined, homeDir: string, name: string): string {
  if (!fromEnv) return path.join(homeDir, '.aws', name);
  return /^~[\\/]/.test(fromEnv) ? path.join(homeDir, fromEnv.slice(2)) : fromEnv;
}

/** Larger than any config file; a device or a log by mistake is not read into memory. */
const maxBytes = 4 * 1024 * 1024;

async function readText(file: string, named: boolean, draft: Draft): Promise<string | undefined> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > maxBytes) {
      draft.problems.push(`${file} is too large for an AWS config file and is left out.`);
      return undefined;
    }
    return bytes.toString('utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    if (!missing) draft.problems.push(`${file} cannot be read (${code ?? 'unknown reason'}).`);
    else if (named) draft.problems.push(`${file}, which the environment names, does not exist.`);
    return undefined;
  }
}

function takeConfigSection(section: IniSection, file: string, draft: Draft): void {
  const [kind = '', name, ...rest] = words(section.header);
  const tables = new Map([
    ['profile', draft.profiles],
    ['sso-session', draft.ssoSessions],
    ['services', draft.services],
  ]);
  const table = tables.get(kind);
  if (kind === 'default' && name === undefined) {
    // `[profile default]` wins over `[default]`, wherever it stands.
    const settings = draft.profiles.get('default') ?? new Map<string, string>();
    draft.profiles.set('default', new Map([...section.settings, ...settings]));
  } else if (table && name !== undefined && rest.length === 0) {
    merge(table, name, section);
  } else if (!knownKinds.has(kind)) {
    draft.problems.push(
      `${file}, line ${section.line}: [${section.header}] is left out; in this file a profile is [profile ${section.header}].`,
    );
  }
}

/** Sections of other tools' features, which are none of ours and no mistake. */
const knownKinds = new Set(['plugins', 'preview', 'aliases', 'login-session']);

function takeCredentialsSection(section: IniSection, file: string, draft: Draft): void {
  const prefixed = /^profile\s+(.+)$/.exec(section.header);
  if (prefixed) {
    draft.problems.push(
      `${file}, line ${section.line}: [${section.header}] is left out; in this file a profile is [${prefixed[1]}].`,
    );
    return;
  }
  merge(draft.profiles, section.header, section);
}

function merge(table: Map<string, Map<string, string>>, name: string, section: IniSection): void {
  table.set(name, new Map([...(table.get(name) ?? []), ...section.settings]));
}

/** The words of a header; quotes keep blanks together: `profile "my profile"`. */
function words(header: string): string[] {
  return [...header.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}
