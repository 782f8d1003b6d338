import { sha256 } from '../digests';

export const sumsFile = 'SHA256SUMS';

/** The files of a bundle, by name. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** SHA256SUMS as sha256sum writes and reads it, sorted by name. */
export function sumsOf(files: Files): string {
  return [...files]
    .map(([name, bytes]) => ({ name, hash: sha256(bytes) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, hash }) => `${hash}  ${name}\n`)
    .join('');
}

/** The names and hashes of a SHA256SUMS; undefined where it is not exactly as `sumsOf` writes it. */
export function readSums(text: string): Map<string, string> | undefined {
  if (!text.endsWith('\n')) return undefined;
  const sums = new Map<string, string>();
  let before = '';
  for (const line of text.slice(0, -1).split('\n')) {
    const [, hash, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (hash === undefined || name === undefined || name <= before) return undefined;
    sums.set(name, hash);
    before = name;
  }
  return sums;
}

const beside = /^(signatures\/[a-z]+(-\d+)?\.sig|addenda\/\d{3,}\.(json|sig))$/;

/** What is not as a SHA256SUMS says: changed, missing, or there without being named. */
export function sumProblems(
  files: Files,
  sums: ReadonlyMap<string, string>,
  onHashed: (bytes: number) => void = () => {},
): { file: string; why: string }[] {
  const problems: { file: string; why: string }[] = [];
  for (const [file, hash] of sums) {
    const bytes = files.get(file);
    if (!bytes) problems.push({ file, why: 'It is missing.' });
    else if (sha256(bytes) !== hash) {
      problems.push({ file, why: 'It was changed: its SHA-256 is another.' });
    }
    onHashed(bytes?.length ?? 0);
  }
  for (const file of files.keys()) {
    if (file !== sumsFile && !sums.has(file) && !(isSafeName(file) && beside.test(file))) {
      problems.push({ file, why: 'It was added: SHA256SUMS does not name it.' });
    }
  }
  return problems;
}

/** A name that leads nowhere outside, and that sha256sum needs no escapes for. */
export function isSafeName(name: string): boolean {
  return (
    /^[\w.@+ -]+(\/[\w.@+ -]+)*$/.test(name) &&
    name.split('/').every((part) => part !== '.' && part !== '..')
  );
}
