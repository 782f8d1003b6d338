import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAws, type Aws } from '../../../electron/aws/index';
import type { AwsOptions, AwsWrite, Tuning } from '../../../electron/aws/types';

/** One request as the loopback server saw it. */
export interface SeenRequest {
  /** `ListKeys` of `TrentService.ListKeys`, or the `Action` of a query call; else empty. */
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

export type Answer = (request: SeenRequest, response: ServerResponse) => void;

export interface Loopback {
  readonly url: string;
  readonly seen: SeenRequest[];
  readonly close: () => Promise<void>;
}

/** A real HTTP server on a free loopback port that answers as a test wants. */
export async function startLoopback(answer: Answer): Promise<Loopback> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('error', () => {});
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
      const action = /(?:^|&)Action=(\w+)/.exec(body)?.[1];
      const one = {
        operation: target ?? action ?? '',
        method: request.method ?? '',
        url: request.url ?? '',
        body,
        headers: request.headers,
      };
      seen.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers in AWS's JSON protocol. */
export function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': 'request-1',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

/** Answers with one of AWS's errors. */
export function refuse(
  response: ServerResponse,
  name: string,
  message = '',
  status = 400,
  headers = {},
): void {
  json(response, status, { __type: name, message }, headers);
}

/** Answers an STS call in its XML protocol. */
export function stsXml(response: ServerResponse, operation: string, result: string): void {
  response.writeHead(200, { 'content-type': 'text/xml' });
  response.end(
    `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result>${result}</${operation}Result><ResponseMetadata><RequestId>sts-1</RequestId></ResponseMetadata></${operation}Response>`,
  );
}

export function stsError(response: ServerResponse, code: string, message: string): void {
  response.writeHead(403, { 'content-type': 'text/xml' });
  response.end(
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>sts-2</RequestId></ErrorResponse>`,
  );
}

export function roleCredentials(accessKeyId: string, expires: Date): string {
  return `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey><SessionToken>role-token</SessionToken><Expiration>${expires.toISOString()}</Expiration></Credentials><AssumedRoleUser><Arn>arn:aws:sts::222222222222:assumed-role/Auditor/s</Arn><AssumedRoleId>AROA:s</AssumedRoleId></AssumedRoleUser>`;
}

export const callerIdentity =
  '<UserId>AIDA</UserId><Account>111122223333</Account><Arn>arn:aws:iam::111122223333:user/ann</Arn>';

export interface World {
  readonly aws: Aws;
  readonly homeDir: string;
  readonly writes: AwsWrite[];
  /** Writes a file below the home folder: `.aws/config`. */
  readonly write: (file: string, text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The AWS part on a home folder of its own, with time limits short enough for a test. */
export async function openWorld(
  files: Readonly<Record<string, string>>,
  options: Partial<AwsOptions> & { tuning?: Partial<Tuning> } = {},
): Promise<World> {
  const homeDir = await mkdtemp(path.join(tmpdir(), 'claviger-aws-'));
  const write = async (file: string, text: string) => {
    const whole = path.join(homeDir, file);
    await mkdir(path.dirname(whole), { recursive: true });
    await writeFile(whole, text);
  };
  for (const [file, text] of Object.entries(files)) await write(file, text);
  const writes: AwsWrite[] = [];
  const aws = createAws({
    env: {},
    homeDir,
    now: () => new Date(),
    realAccounts: { allowed: true },
    quotaPercent: () => 100,
    chosen: { read: () => undefined, write: () => {} },
    askMfa: () => Promise.reject(new Error('nobody is asked in this test')),
    onWrite: (record) => writes.push(record),
    ...options,
    tuning: {
      connectTimeoutMs: 2000,
      requestTimeoutMs: 2000,
      throttledAttempts: 3,
      failedAttempts: 2,
      backoffMs: 1,
      maxBackoffMs: 2,
      ...options.tuning,
    },
  });
  return {
    aws,
    homeDir,
    writes,
    write,
    close: async () => {
      aws.close();
      await rm(homeDir, { recursive: true, force: true });
    },
  };
}

/** A profile with static keys whose calls go to `url`. */
export function staticProfile(url: string): Record<string, string> {
  return {
    '.aws/config': `[profile ann]\nregion = eu-central-1\nendpoint_url = ${url}\n`,
    '.aws/credentials':
      '[ann]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = ann-secret\n',
  };
}
