import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface RefusingProxy {
  readonly url: string;
  /** What it refuses from now on: a part of the decoded path and query, or of the signature's scope. */
  refuse(pattern: RegExp | undefined, action?: string): void;
  /** Requests that were refused since the last `refuse`. */
  readonly refused: () => number;
  close(): Promise<void>;
}

/**
 * Stands before a practice account and refuses some requests as AWS does: what a policy does that
 * names a prefix or a Region.
 */
export async function refusingProxy(endpoint: string, user: string): Promise<RefusingProxy> {
  let pattern: RegExp | undefined;
  let message = '';
  let count = 0;
  const server: Server = createServer((incoming, outgoing) => {
    if (pattern?.test(askedBy(incoming)) === true) {
      count += 1;
      incoming.resume();
      const isJson = incoming.headers['x-amz-target'] !== undefined;
      outgoing.writeHead(isJson ? 400 : 403, {
        'content-type': isJson ? 'application/x-amz-json-1.1' : 'application/xml',
      });
      outgoing.end(
        isJson
          ? JSON.stringify({ __type: 'AccessDeniedException', message })
          : `<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`,
      );
      return;
    }
    const { method, url, headers } = incoming;
    const onwards = request(new URL(url ?? '/', endpoint), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onwards.on('error', () => outgoing.destroy());
    incoming.pipe(onwards);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refuse(next, action = 's3:GetObject') {
      pattern = next;
      message = `User: ${user} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
      count = 0;
    },
    refused: () => count,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function askedBy({ url = '', headers }: IncomingMessage): string {
  const target = String(headers['x-amz-target'] ?? '');
  return `${decodeURIComponent(url)} ${target} ${headers.authorization ?? ''}`;
}
