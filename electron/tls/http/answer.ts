import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib';

/** A server's answer to GET, as far as it was read. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in small letters, in the order sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body as sent but out of its chunks; cut where it is long. */
  readonly body: Buffer;
}

/** What bytes are so far: an answer (`complete` when no more is needed), no HTTP at all, or too few. */
export type HttpReading =
  | { readonly kind: 'answer'; readonly answer: HttpAnswer; readonly complete: boolean }
  | { readonly kind: 'other' }
  | { readonly kind: 'more' };

/** A head that is longer is an attack or nonsense. */
export const maxHeadBytes = 64 * 1024;
const maxHeaders = 256;
/** Enough for an error page; the rest is not read. */
export const maxBodyBytes = 64 * 1024;
/** 100 Continue and 103 Early Hints come before the answer. */
const maxInterim = 4;

/** Reads an HTTP/1 answer from its first bytes (RFC 9112); takes lines that end without a carriage return. */
export function readAnswer(bytes: Buffer): HttpReading {
  let rest = bytes;
  for (let interim = 0; interim <= maxInterim; interim += 1) {
    const start = 'HTTP/';
    if (rest.length === 0) return { kind: 'more' };
    const beginning = rest.subarray(0, start.length).toString('latin1');
    if (!start.startsWith(beginning)) return { kind: 'other' };
    const end = headEnd(rest);
    if (!end) return { kind: rest.length > maxHeadBytes ? 'other' : 'more' };
    const head = readHead(rest.subarray(0, end.head).toString('latin1'));
    if (!head) return { kind: 'other' };
    rest = rest.subarray(end.body);
    if (head.status >= 200) return withBody(head, rest);
  }
  return { kind: 'other' };
}

/** The value of the first header of that name. */
export function headerOf(answer: HttpAnswer, name: string): string | undefined {
  return answer.headers.find(([one]) => one === name)?.[1];
}

/** The body as text, decompressed as far as it goes; for looking for words in error pages. */
export function bodyText(answer: HttpAnswer): string {
  const coding = headerOf(answer, 'content-encoding')?.trim().toLowerCase() ?? '';
  const unpack = unpackers.get(coding);
  try {
    return (unpack ? unpack(answer.body) : answer.body).toString('latin1');
  } catch {
    return ''; // larger than the bound, or not what it says
  }
}

// A body that was cut ends early: what is there is given out.
const zlibBounds = { maxOutputLength: maxBodyBytes, finishFlush: constants.Z_SYNC_FLUSH };
const unpackers: ReadonlyMap<string, (bytes: Buffer) => Buffer> = new Map([
  ['gzip', (bytes) => gunzipSync(bytes, zlibBounds)],
  ['deflate', (bytes) => inflateSync(bytes, zlibBounds)],
  [
    'br',
    (bytes) =>
      brotliDecompressSync(bytes, {
        maxOutputLength: maxBodyBytes,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      }),
  ],
]);

function headEnd(bytes: Buffer): { head: number; body: number } | undefined {
  const text = bytes.subarray(0, maxHeadBytes + 4).toString('latin1');
  const match = /\r?\n\r?\n/.exec(text);
  return match ? { head: match.index, body: match.index + match[0].length } : undefined;
}

type Head = Pick<HttpAnswer, 'status' | 'headers'>;

function readHead(text: string): Head | undefined {
  // A line that begins with a blank goes on with the one before (RFC 9112 section 5.2).
  const [first = '', ...lines] = text.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const status = /^HTTP\/\d(?:\.\d)? (\d{3})(?: |$)/.exec(first)?.[1];
  if (!status || Number(status) < 100) return undefined;
  const headers = lines.slice(0, maxHeaders).flatMap((line) => {
    const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)$/.exec(line);
    return match ? [[(match[1] ?? '').toLowerCase(), (match[2] ?? '').trim()] as const] : [];
  });
  return { status: Number(status), headers };
}

function withBody(head: Head, rest: Buffer): HttpReading {
  const answer = { ...head, body: Buffer.alloc(0) };
  const read = (body: Buffer, complete: boolean): HttpReading => ({
    kind: 'answer',
    answer: { ...answer, body: body.subarray(0, maxBodyBytes) },
    complete: complete || body.length >= maxBodyBytes,
  });
  if (head.status === 204 || head.status === 304) return read(rest.subarray(0, 0), true);
  if (/\bchunked\b/i.test(headerOf(answer, 'transfer-encoding') ?? '')) {
    const { body, ended } = unchunk(rest);
    return read(body, ended);
  }
  const length = headerOf(answer, 'content-length');
  if (length !== undefined && /^\d{1,15}$/.test(length)) {
    return read(rest.subarray(0, Number(length)), rest.length >= Number(length));
  }
  return read(rest, false);
}

/** The chunks' content (RFC 9112 section 7.1), up to the last chunk, to nonsense, or to where it breaks off. */
function unchunk(bytes: Buffer): { body: Buffer; ended: boolean } {
  const chunks: Buffer[] = [];
  let have = 0;
  let at = 0;
  while (have < maxBodyBytes) {
    const lineEnd = bytes.indexOf('\n', at);
    if (lineEnd < 0) return { body: Buffer.concat(chunks), ended: bytes.length - at > 1024 };
    const size = /^([0-9a-f]{1,7})\s*(?:;.*)?$/i.exec(bytes.toString('latin1', at, lineEnd).trim());
    const length = parseInt(size?.[1] ?? '0', 16);
    if (length === 0) return { body: Buffer.concat(chunks), ended: true };
    const chunk = bytes.subarray(lineEnd + 1, lineEnd + 1 + length);
    chunks.push(chunk);
    have += chunk.length;
    const next = bytes.indexOf('\n', lineEnd + 1 + length);
    if (next < 0) break;
    at = next + 1;
  }
  return { body: Buffer.concat(chunks), ended: have >= maxBodyBytes };
}
