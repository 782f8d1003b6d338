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
  let at = 0;
  while (at < bytes.length) {
    const open = bytes.indexOf(quote, at);
    const plain = open < 0 ? bytes.length : open;
    if (which === 'first') {
      const found = bytes.indexOf(newLine, at);
      if (found >= 0 && found < plain) return found + 1;
    } else {
      const found = bytes.subarray(at, plain).lastIndexOf(newLine);
      if (found >= 0) end = at + found + 1;
    }
    if (open < 0) return end;
    const close = bytes.indexOf(quote, open + 1);
    if (close < 0) return end;
    // A doubled quote closes and opens again, which comes to the same.
    at = close + 1;
  }
  return end;
}
