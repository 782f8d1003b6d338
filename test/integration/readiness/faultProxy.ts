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
/** `in-progress` is no fault: what GenerateCredentialReport says while a report is being made. */
export type FaultKind = (typeof faultKinds)[number] | 'in-progress';

export interface FaultProxy {
  readonly url: string;
  /** From now on answers these operations so, `kms:DescribeKey`; all others pass through. */
  set(operations: readonly string[], kind: FaultKind): void;
  clear(): void;
  /** Which of them were asked for since. */
  readonly met: ReadonlySet<string>;
  close(): Promise<void>;
}

/**
 * An HTTP proxy in front of a practice account that answers some operations wrongly.
 * @param ready what it answers itself, rightly, by operation: JSON
 */
export async function startFaultProxy(
  target: string,
  ready: Readonly<Record<string, () => object>> = {},
): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  let fault: { operations: readonly string[]; kind: FaultKind } | undefined;
  let met = new Set<string>();

  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const body = Buffer.concat(parts);
      const operation = operationOf(incoming, body);
      if (fault?.operations.includes(operation)) {
        met.add(operation);
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
    set(operations, kind) {
      fault = { operations, kind };
      met = new Set();
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

/** What S3's requests about buckets are, by the one word of their query. */
const bucketOperations = new Map([
  ['encryption', 'GetBucketEncryption'],
  ['versioning', 'GetBucketVersioning'],
  ['policy', 'GetBucketPolicy'],
  ['policyStatus', 'GetBucketPolicyStatus'],
  ['publicAccessBlock', 'GetPublicAccessBlock'],
  ['acl', 'GetBucketAcl'],
  ['tagging', 'GetBucketTagging'],
]);

/** Service by the signature's scope, operation by header, body or, of S3, the query. */
function operationOf({ headers, url = '' }: IncomingMessage, body: Buffer): string {
  const scope = /\/([a-z0-9]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1] ?? '';
  const target = String(headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1);
  const action = /(?:^|&)Action=(\w+)/.exec(body.toString('utf8'))?.[1];
  if (scope === 's3') {
    const { pathname, searchParams } = new URL(url, 'http://s3');
    if (pathname.startsWith('/v20180820/')) return 's3control:GetPublicAccessBlock';
    const word = [...searchParams.keys()].find((name) => bucketOperations.has(name));
    const bucketOperation = word === undefined ? '' : bucketOperations.get(word);
    return `s3:${bucketOperation || (pathname === '/' ? 'ListBuckets' : '')}`;
  }
  if (scope === 'backup') return `backup:${backupOperation(url)}`;
  const service = scope === 'monitoring' ? 'cloudwatch' : scope;
  return `${service}:${target || action || ''}`;
}

/** REST: the operation is the form of the path. */
function backupOperation(url: string): string {
  const { pathname } = new URL(url, 'http://backup');
  const [, name = ''] = backupPaths.find(([path]) => path.test(pathname)) ?? [];
  return name;
}
const backupPaths: readonly (readonly [RegExp, string])[] = [
  [/^\/backup-vaults\/?$/, 'ListBackupVaults'],
  [/^\/backup-vaults\/[^/]+\/recovery-points\/?$/, 'ListRecoveryPointsByBackupVault'],
  [/^\/resources\/?$/, 'ListProtectedResources'],
  [/^\/backup\/plans\/?$/, 'ListBackupPlans'],
  [/^\/backup\/plans\/[^/]+\/?$/, 'GetBackupPlan'],
  [/^\/backup\/plans\/[^/]+\/selections\/?$/, 'ListBackupSelections'],
];

/** Each XML protocol has its own frame. */
function xmlError(operation: string, code: string, message: string): string {
  const inner = `<Code>${code}</Code><Message>${message}</Message>`;
  if (operation.startsWith('s3:')) return `<Error>${inner}<RequestId>r</RequestId></Error>`;
  if (operation.startsWith('ec2:')) {
    return `<Response><Errors><Error>${inner}</Error></Errors><RequestID>r</RequestID></Response>`;
  }
  return `<ErrorResponse><Error><Type>Sender</Type>${inner}</Error><RequestId>r</RequestId></ErrorResponse>`;
}

function deniedCode(operation: string, xml: boolean): string {
  if (!xml) return 'AccessDeniedException';
  if (operation.startsWith('ec2:')) return 'UnauthorizedOperation';
  return operation.startsWith('sns:') ? 'AuthorizationError' : 'AccessDenied';
}

function answerWrongly(outgoing: ServerResponse, operation: string, kind: FaultKind): void {
  const xml = /^(sns|s3|s3control|iam|ec2|rds):/.test(operation);
  const reply = (status: number, code: string, message: string) => {
    const text = xml
      ? xmlError(operation, code, message)
      : JSON.stringify({ __type: code, message });
    outgoing.writeHead(status, { 'content-type': xml ? 'text/xml' : 'application/x-amz-json-1.1' });
    outgoing.end(text);
  };
  switch (kind) {
    case 'denied':
      return reply(
        xml ? 403 : 400,
        deniedCode(operation, xml),
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
    case 'in-progress':
      outgoing.writeHead(200, { 'content-type': 'text/xml' });
      outgoing.end(reportInProgress);
      return undefined;
    default:
      return kind satisfies never;
  }
}

const reportInProgress =
  '<GenerateCredentialReportResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GenerateCredentialReportResult><State>INPROGRESS</State></GenerateCredentialReportResult></GenerateCredentialReportResponse>';
