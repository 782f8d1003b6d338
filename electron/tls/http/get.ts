import type { Failure, Received } from '../handshake';
import { maxBodyBytes, maxHeadBytes, readAnswer, type HttpAnswer } from './answer';

/** What GET / came to. */
export type GetOutcome =
  | { readonly kind: 'answer'; readonly answer: HttpAnswer }
  /** Something that is not HTTP. */
  | { readonly kind: 'other' }
  | Failure;

/** A session or a plain connection to ask over. */
export interface Stream {
  send(bytes: Uint8Array): void;
  receive(timeoutMs: number): Promise<Received>;
}

const timeoutMs = 5_000;
/** A server that sends byte by byte is not waited for. */
const maxReads = 512;

/**
 * Asks for `/` (HTTP/1.1, RFC 9110), in words that tell nothing of who asks, and reads the answer as far
 * as 64 KiB of body and 5 s go. `host` is as in the Host header.
 */
export async function get(stream: Stream, host: string): Promise<GetOutcome> {
  stream.send(
    Buffer.from(
      `GET / HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: Mozilla/5.0\r\nAccept: */*\r\n` +
        'Accept-Encoding: gzip, deflate, br\r\nConnection: close\r\n\r\n',
      'latin1',
    ),
  );
  const deadline = performance.now() + timeoutMs;
  let bytes = Buffer.alloc(0);
  for (let reads = 0; ; reads += 1) {
    const left = deadline - performance.now();
    const received: Received =
      left > 0 && reads < maxReads ? await stream.receive(left) : { kind: 'timeout' };
    if (received.kind === 'data') bytes = Buffer.concat([bytes, received.bytes]);
    const reading = readAnswer(bytes);
    if (reading.kind === 'other') return { kind: 'other' };
    const enough = bytes.length > maxHeadBytes + 2 * maxBodyBytes;
    if (reading.kind === 'answer' && (reading.complete || enough || received.kind !== 'data')) {
      return reading;
    }
    // Bytes that begin like HTTP and end there are no answer.
    if (received.kind !== 'data') return received;
  }
}

/** The Host header for a name or address and a port: the scheme's own port is left out. */
export function hostHeader(host: string, port: number, usual: number): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === usual ? name : `${name}:${port}`;
}
