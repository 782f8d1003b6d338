import { lstat, readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { SecretScanOptions } from '../../shared/model/secrets';

/** What is found on the way through folders. */
export type Step =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly bytes: number;
      readonly modifiedMs: number;
    }
  | { readonly kind: 'ignored'; readonly path: string }
  | { readonly kind: 'link'; readonly path: string }
  | { readonly kind: 'unread'; readonly path: string; readonly why: string };

interface Rules {
  readonly folder: string;
  readonly rules: Ignore;
}

/** Every file below a path, in the order of names; links are not followed, `.git` is never entered. */
export async function* walk(root: string, options: SecretScanOptions): AsyncGenerator<Step> {
  const own = { folder: root, rules: ignore().add([...options.ignore]) };
  yield* visit(root, [own], options.gitignore);
}

async function* visit(
  path: string,
  rules: readonly Rules[],
  gitignore: boolean,
): AsyncGenerator<Step> {
  let info;
  try {
    info = await lstat(path);
  } catch (error) {
    yield { kind: 'unread', path, why: reasonOf(error) };
    return;
  }
  if (info.isSymbolicLink()) yield { kind: 'link', path };
  else if (isIgnored(path, info.isDirectory(), rules)) yield { kind: 'ignored', path };
  else if (info.isFile()) {
    yield { kind: 'file', path, bytes: info.size, modifiedMs: info.mtimeMs };
  } else if (info.isDirectory()) yield* enter(path, rules, gitignore);
}

async function* enter(
  folder: string,
  rules: readonly Rules[],
  gitignore: boolean,
): AsyncGenerator<Step> {
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => name !== '.git').toSorted();
  } catch (error) {
    yield { kind: 'unread', path: folder, why: reasonOf(error) };
    return;
  }
  let inner = rules;
  if (gitignore && names.includes('.gitignore')) {
    const text = await readFile(join(folder, '.gitignore'), 'utf8').catch(() => '');
    inner = [...rules, { folder, rules: ignore().add(text) }];
  }
  for (const name of names) yield* visit(join(folder, name), inner, gitignore);
}

/** The operator's own rules come first; of .gitignore files the deepest that says something counts. */
function isIgnored(path: string, isFolder: boolean, [own, ...git]: readonly Rules[]): boolean {
  for (const { folder, rules } of [...(own ? [own] : []), ...git.toReversed()]) {
    const name = relative(folder, path).split(sep).join('/');
    if (name === '') continue;
    const { ignored, unignored } = rules.test(isFolder ? `${name}/` : name);
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}

export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'you may not read it',
    EPERM: 'you may not read it',
    ENOENT: 'it does not exist',
    ENAMETOOLONG: 'its name is too long',
  };
  return reasons[code] ?? `the system refused (${code})`;
}
