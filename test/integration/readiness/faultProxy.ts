import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const faultKinds = [
  'denied',
  'throttled',
  'server-error',
  'cut',
  'malformed',
  'empty',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface FaultProxy {
  readonly url: string;
  /** From now on answers this operation so, `kms:DescribeKey`; all others pass through. */
  set(operation: string, kind: FaultKind): void;
  clear(): void;
  /** How many requests the fault has met since it was set. */
  readonly met: number;
  close(): Promise<void>;
}

/**
 * An HTTP proxy in front of a practice account that answers one operation wrongly.
 * @param ready what it answers itself, rightly, by operation: JSON
 */
export async function startFaultProxy(
  target: string,
  ready: Readonly<Record<string, () => object>> = {},
): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  let fault: { operation: string; kind: FaultKind } | undefined;
  let met = 0;

  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const body = Buffer.concat(parts);
      const operation = operationOf(incoming, body);
      if (fault?.operation === operation) {
        met += 1;
        answerWrongly(outgoing, operation, fault.kind);
        return;
      }
      const answer = ready[operation];
      if (answer) {
        outgoing.writeHead(200, {
          'content-type': 'application/x-amz-json-1.1',
          'x-amzn-requestid': 'ready',
        });
        outgoing.end(JSON.stringify(answer()));
        return;
      }
      const { method, url, headers } = incoming;
      const onward = request({ hostname, port, method, path: url, headers }, (reply) => {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(operation, kind) {
      fault = { operation, kind };
      met = 0;
    },
    clear: () => (fault = undefined),
    get met() {
      return met;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Service by the signature's scope, operation by header or body. */
function operationOf({ headers }: IncomingMessage, body: Buffer): string {
  const scope = /\/([a-z0-9]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1] ?? '';
  const target = String(headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1);
  const action = /(?:^|&)Action=(\w+)/.exec(body.toString('utf8'))?.[1];
  const service = scope === 'monitoring' ? 'cloudwatch' : scope;
  return `${service}:${target || action || ''}`;
}

function answerWrongly(outgoing: ServerResponse, operation: string, kind: FaultKind): void {
  const xml = operation.startsWith('sns:');
  const reply = (status: number, code: string, message: string) => {
    const text = xml
      ? `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`
      : JSON.stringify({ __type: code, message });
    outgoing.writeHead(status, { 'content-type': xml ? 'text/xml' : 'application/x-amz-json-1.1' });
    outgoing.end(text);
  };
  switch (kind) {
    case 'denied':
      return reply(
        xml ? 403 : 400,
        xml ? 'AuthorizationError' : 'AccessDeniedException',
        `User: arn:aws:iam::111122223333:user/practice-operator is not authorized to perform: ${operation} on resource: *`,
      );
    case 'throttled':
      return reply(400, xml ? 'Throttling' : 'ThrottlingException', 'Rate exceeded');
    case 'server-error':
      return reply(500, 'InternalFailure', 'Something failed.');
    case 'cut':
      outgoing.writeHead(200, { 'content-length': '5000' });
      outgoing.write('{"half":');
      outgoing.destroy();
      return undefined;
    case 'malformed':
      outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      outgoing.end('{"Keys": [{"KeyId"');
      return undefined;
    case 'empty':
      outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      outgoing.end(xml ? '<Nothing/>' : '{}');
      return undefined;
    default:
      return kind satisfies never;
  }
}
