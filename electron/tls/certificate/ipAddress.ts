import { isIP } from 'node:net';

/** The bytes of an address: 4 or 16; nothing where the text is none. A zone (`%eth0`) and brackets are left aside. */
export function ipBytes(text: string): Buffer | undefined {
  const bare = text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
  const family = isIP(bare);
  if (family === 4) return Buffer.from(bare.split('.').map(Number));
  return family === 6 ? ipv6Bytes(bare) : undefined;
}

/** `192.0.2.1`, `2001:db8::1` (RFC 5952); other lengths as hex. */
export function ipText(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return bytes.toString('hex');
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2).toString(16));
  const full = groups.join(':');
  // The longest run of two zero groups or more, the first of equals, becomes `::`.
  const runs = [...full.matchAll(/(?<=^|:)0(?::0)+(?=:|$)/g)];
  const longest = runs.toSorted((a, b) => b[0].length - a[0].length)[0];
  if (!longest) return full;
  const before = full.slice(0, longest.index).replace(/:$/, '');
  const behind = full.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${before}::${behind}`;
}

function ipv6Bytes(text: string): Buffer {
  const dotted = /[\d.]+$/.exec(text)?.[0];
  const tail = dotted?.includes('.') ? Buffer.from(dotted.split('.').map(Number)) : undefined;
  const hex = tail
    ? `${text.slice(0, -(dotted ?? '').length)}${tail.readUInt16BE(0).toString(16)}:${tail.readUInt16BE(2).toString(16)}`
    : text;
  const [left = '', right] = hex.split('::');
  const head = left === '' ? [] : left.split(':');
  const rest = right === undefined || right === '' ? [] : right.split(':');
  const zeros = Array.from({ length: 8 - head.length - rest.length }, () => '0');
  const bytes = Buffer.alloc(16);
  for (const [index, group] of [...head, ...zeros, ...rest].entries()) {
    bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2);
  }
  return bytes;
}
