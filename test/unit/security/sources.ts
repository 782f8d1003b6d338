import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Source {
  readonly path: string;
  /** The text without comments, line by line as in the file. */
  readonly code: string;
}

/** Every source file below some folders of the project. */
export function readSources(...folders: string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:ts|tsx|mjs|html|css)$/.test(entry.name))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name).replaceAll('\\', '/');
        return { path, code: withoutComments(readFileSync(path, 'utf8')) };
      }),
  );
}

/** `file:line: text` of every line that a pattern matches. */
export function matches(sources: readonly Source[], pattern: RegExp): string[] {
  return sources.flatMap(({ path, code }) =>
    code
      .split('\n')
      .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
  );
}

/** Blanks out comments; a `//` right after a colon is part of a URL. */
function withoutComments(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ''))
    .replaceAll(/(^|[^:'"`\\])\/\/(?=\s).*$/gm, '$1');
}
