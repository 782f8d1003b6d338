import { existsSync } from 'node:fs';

/**
 * Where the bundle of a worker thread lies: `dist/main/NAME.js`, as seen from main, from the command
 * line and from a chunk of theirs. Undefined where the program runs from its TypeScript sources, as
 * in tests: then the work is done on the caller's thread.
 */
export function workerBundle(name: string): URL | undefined {
  return [`./${name}.js`, `../main/${name}.js`, `./main/${name}.js`]
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url));
}
