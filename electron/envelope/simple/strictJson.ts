/** What is wrong with a text that should be JSON, as the end of a sentence: `has the member "nonce" twice`. */
export class JsonProblem extends Error {}

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/**
 * Reads JSON as JSON.parse does, but takes no object that has a member twice: readers disagree on
 * which of the two counts (RFC 8259 section 4), so that one file could mean two things. A string of a
 * hundred million characters is no trouble. Throws JsonProblem.
 */
export function parseStrictJson(text: string): Json {
  const reader = { text, at: 0 };
  const value = readValue(reader, 0);
  skipSpace(reader);
  if (reader.at < text.length) throw new JsonProblem('has something after its end');
  return value;
}

interface Reader {
  readonly text: string;
  at: number;
}

const maxDepth = 16;

function readValue(reader: Reader, depth: number): Json {
  skipSpace(reader);
  if (depth > maxDepth) throw new JsonProblem('is nested too deeply');
  const first = reader.text[reader.at];
  if (first === '{') return readObject(reader, depth);
  if (first === '[') return readArray(reader, depth);
  return first === '"' ? readString(reader) : readScalar(reader);
}

function readObject(reader: Reader, depth: number): Json {
  // No prototype: a member may be called __proto__.
  const members: { [name: string]: Json } = Object.create(null) as { [name: string]: Json };
  reader.at += 1;
  if (take(reader, '}')) return members;
  do {
    skipSpace(reader);
    if (reader.text[reader.at] !== '"') throw unreadable(reader);
    const name = readString(reader);
    if (name in members) throw new JsonProblem(`has the member ${JSON.stringify(name)} twice`);
    if (!take(reader, ':')) throw unreadable(reader);
    members[name] = readValue(reader, depth + 1);
  } while (take(reader, ','));
  if (!take(reader, '}')) throw unreadable(reader);
  return members;
}

function readArray(reader: Reader, depth: number): Json {
  const items: Json[] = [];
  reader.at += 1;
  if (take(reader, ']')) return items;
  do items.push(readValue(reader, depth + 1));
  while (take(reader, ','));
  if (!take(reader, ']')) throw unreadable(reader);
  return items;
}

function readString(reader: Reader): string {
  const { text, at } = reader;
  let end = at;
  do {
    end = text.indexOf('"', end + 1);
    if (end === -1) throw new JsonProblem('ends within a string: it was cut off');
  } while (isEscaped(text, end));
  const value = parse(text.slice(at, end + 1), reader) as string;
  reader.at = end + 1;
  return value;
}

/** A quote after an odd number of backslashes belongs to the string. */
function isEscaped(text: string, quote: number): boolean {
  let backslashes = 0;
  while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function readScalar(reader: Reader): Json {
  const pattern = /[-+.\w]+/y;
  pattern.lastIndex = reader.at;
  const [word] = pattern.exec(reader.text) ?? [];
  if (word === undefined) throw unreadable(reader);
  const value = parse(word, reader);
  reader.at += word.length;
  return value;
}

function parse(part: string, reader: Reader): Json {
  try {
    return JSON.parse(part) as Json;
  } catch {
    throw unreadable(reader);
  }
}

function take(reader: Reader, character: string): boolean {
  skipSpace(reader);
  if (reader.text[reader.at] !== character) return false;
  reader.at += 1;
  return true;
}

function skipSpace(reader: Reader): void {
  while (' \t\n\r'.includes(reader.text[reader.at] ?? 'x')) reader.at += 1;
}

function unreadable({ text, at }: Reader): JsonProblem {
  return new JsonProblem(
    at >= text.length ? 'ends too early: it was cut off' : `is no JSON at character ${at + 1}`,
  );
}
