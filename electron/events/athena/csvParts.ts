/**
 * Cuts a CSV that comes in pieces into parts of whole rows, without its first row. A line break within
 * quotes is no end of a row.
 */
export async function* wholeRows(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let headless = false;
  for await (const piece of pieces) {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    if (!headless) {
      const end = endOfRow(rest, 'first');
      if (end < 0) continue;
      rest = rest.subarray(end);
      headless = true;
    }
    const end = endOfRow(rest, 'last');
    if (end < 0) continue;
    yield rest.subarray(0, end);
    rest = rest.subarray(end);
  }
  if (headless && rest.length > 0) yield rest;
}

const quote = 0x22;
const newLine = 0x0a;

/** Behind the first or last line break that ends a row, or -1. */
function endOfRow(bytes: Buffer, which: 'first' | 'last'): number {
  let end = -1;
  let quoted = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    // A doubled quote closes and opens again, which comes to the same.
    if (byte === quote) quoted = !quoted;
    else if (byte === newLine && !quoted) {
      end = at + 1;
      if (which === 'first') return end;
    }
  }
  return end;
}
