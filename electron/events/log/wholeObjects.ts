import type { Json } from '../record/json';

/**
 * The JSON objects that stand one after the other from a place on, with commas or white space
 * between, up to the first that is not whole. `atEnd`: nothing came after the last of them.
 */
export function wholeObjects(text: string, from: number): { objects: Json[]; atEnd: boolean } {
  const objects: Json[] = [];
  let at = from;
  for (;;) {
    while (at < text.length && ' \t\r\n,'.includes(text[at] ?? '')) at += 1;
    if (at >= text.length) return { objects, atEnd: true };
    const end = text[at] === '{' ? endOfObject(text, at) : -1;
    if (end < 0) return { objects, atEnd: false };
    try {
      objects.push(JSON.parse(text.slice(at, end)) as Json);
    } catch {
      return { objects, atEnd: false };
    }
    at = end;
  }
}

/** Where the object that begins at `start` ends, or -1 where it does not. */
function endOfObject(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b) depth += 1;
    else if (code === 0x7d) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}
