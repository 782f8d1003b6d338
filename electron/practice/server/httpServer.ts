import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsError } from '../protocol/awsError';
import type { HttpRequest } from '../sigv4/verify';
import type { Answer } from './answer';
import { bodyLimitBytes, readBody } from './body';
import { jsonError } from './routing';

export interface HttpServer {
  readonly port: number;
  /** Stops taking requests, ends those under way and closes every connection. */
  close(): Promise<void>;
}

/** A client that is never answered is cut off after this. */
const longestSilenceMs = 120_000;

export type Handler = (request: HttpRequest, requestId: string) => Promise<Answer>;

/**
 * Serves on 127.0.0.1 alone. Slow clients are cut off, bodies and headers are limited, and connections
 * are counted, so that no client can fill the memory.
 * @throws what listening throws (port in use)
 */
export async function startHttpServer(port: number, handler: Handler): Promise<HttpServer> {
  const server = createServer(
    {
      maxHeaderSize: 32 * 1024,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 2000,
    },
    (request, response) => {
      void answer(request, response, handler);
    },
  );
  server.maxConnections = 12_000;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = clientErrors[error.code ?? ''] ?? '400 Bad Request';
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

/** What a client did that Node's HTTP parser refuses, where 400 does not say it. */
const clientErrors: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handler: Handler,
): Promise<void> {
  const requestId = randomUUID();
  try {
    const body = await readBody(request);
    if (body === undefined) {
      const message = `Request size exceeded ${bodyLimitBytes} bytes`;
      write(
        response,
        requestId,
        jsonError(new AwsError('RequestEntityTooLargeException', message, 413)),
      );
      return;
    }
    const headers = joinedHeaders(request);
    const url = request.url ?? '/';
    write(
      response,
      requestId,
      await handler({ method: request.method ?? 'GET', url, headers, body }, requestId),
    );
  } catch {
    // The client went away, or was too slow: there is nobody to answer.
    response.destroy();
  }
}

function write(response: ServerResponse, requestId: string, given: Answer): void {
  if (given.unanswered) {
    leave(response, given.unanswered);
    return;
  }
  response.writeHead(given.status, {
    'x-amzn-RequestId': requestId,
    'Content-Type': given.contentType,
    'Content-Length': Buffer.byteLength(given.body),
    'Cache-Control': 'no-cache, no-store, must-revalidate, private',
    Expires: '0',
    Pragma: 'no-cache',
    ...(given.errorType && { 'x-amzn-ErrorType': given.errorType }),
    ...given.headers,
  });
  response.end(given.body);
}

/** Gives no answer. A client that waits without end is let go in the end, so that it holds nothing for good. */
function leave(response: ServerResponse, how: NonNullable<Answer['unanswered']>): void {
  if (how === 'cut') {
    response.destroy();
    return;
  }
  const timer = setTimeout(() => response.destroy(), longestSilenceMs);
  response.on('close', () => clearTimeout(timer));
}

/** Lower-case names; the values of a name that came several times, joined as SigV4 joins them. */
function joinedHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (values) headers[name] = values.join(',');
  }
  return headers;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cutOff = setTimeout(() => server.closeAllConnections(), 1000);
  await closed;
  clearTimeout(cutOff);
}
