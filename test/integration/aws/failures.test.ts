import {
  DisableKeyCommand,
  DescribeKeyCommand,
  ListKeysCommand,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { AppError } from '../../../shared/model/errors';
import type { AwsCommand, Tuning } from '../../../electron/aws/types';
import {
  json,
  openWorld,
  refuse,
  startLoopback,
  staticProfile,
  stsXml,
  callerIdentity,
  type Answer,
  type Loopback,
  type World,
} from './loopback';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function open(answer: Answer, tuning: Partial<Tuning> = {}): Promise<World & Loopback> {
  const server = await startLoopback(answer);
  const world = await openWorld(staticProfile(server.url), { tuning });
  closers.push(server.close, world.close);
  return { ...server, ...world };
}

const target = { connection: 'profile:ann', region: 'eu-central-1' };

async function fails<I extends object, O extends object>(
  { aws }: Pick<World, 'aws'>,
  command: AwsCommand<I, O>,
  signal?: AbortSignal,
): Promise<AppError> {
  return aws.gateway.send(target, command, { signal }).then(
    () => expect.fail('the call should have failed'),
    (error: AppError) => error,
  );
}

const listKeys = () => new ListKeysCommand({});
const describeKey = () => new DescribeKeyCommand({ KeyId: 'k' });
const disableKey = () => new DisableKeyCommand({ KeyId: 'k' });

describe('a server that answers rubbish', () => {
  it.each<[string, Answer]>([
    ['a web page', (_, response) => response.end('<html><body>Log in to the hotel</body></html>')],
    ['bytes', (_, response) => response.end(Buffer.from([0, 255, 7, 9]))],
    ['nothing', (_, response) => response.end()],
    ['an empty object', (_, response) => json(response, 200, {})],
    ['a list where an object belongs', (_, response) => json(response, 200, [1, 2])],
    ['members of another type', (_, response) => json(response, 200, { Keys: 'none' })],
    ['keys that are no objects', (_, response) => json(response, 200, { Keys: [1, null] })],
    ['null', (_, response) => json(response, 200, null)],
    [
      'a page with 404',
      (_, response) => {
        response.writeHead(404, { 'content-type': 'text/html' });
        response.end('<html>Not Found</html>');
      },
    ],
    ['a redirect', (_, response) => void response.writeHead(302, { location: '/' }).end()],
    ['an error without a name', (_, response) => json(response, 400, {})],
  ])('is told apart from AWS: %s', async (_name, answer) => {
    const world = await open(answer);
    const error = await fails(world, listKeys());
    expect(error).toMatchObject({
      code: 'bad-response',
      detail: { operation: 'kms:ListKeys', connection: 'profile:ann', region: 'eu-central-1' },
    });
    expect(error.message).toContain(new URL(world.url).host);
  });

  it('that is not even HTTP is named so', async () => {
    const server = createServer((socket) => socket.resume().end('220 mail.example ESMTP\r\n'));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as { port: number };
    const world = await openWorld(staticProfile(`http://127.0.0.1:${port}`));
    closers.push(() => new Promise((resolve) => server.close(() => resolve())), world.close);
    expect(await fails(world, listKeys())).toMatchObject({ code: 'bad-response' });
  });
});

describe('a server that fails', () => {
  it('is asked again for a read, and the second answer counts', async () => {
    let count = 0;
    const world = await open((_, response) => {
      count += 1;
      if (count === 1) response.writeHead(503).end('<html>busy</html>');
      else json(response, 200, { Keys: [] });
    });
    const answer = await world.aws.gateway.send(target, listKeys());
    expect(answer.output.Keys).toEqual([]);
    expect(answer.requestId).toBe('request-1');
    expect(world.seen).toHaveLength(2);
  });

  it('is not asked again for a write, and the operator is told that it may have been done', async () => {
    const world = await open((request, response) => {
      if (request.operation === 'GetCallerIdentity')
        stsXml(response, request.operation, callerIdentity);
      else refuse(response, 'KMSInternalException', 'oops', 500);
    });
    const error = await fails(world, disableKey());
    expect(error.code).toBe('aws-error');
    expect(error.message).toContain('not known whether AWS did it');
    expect(world.seen.filter(({ operation }) => operation === 'DisableKey')).toHaveLength(1);
  });

  it('with pages gives up with a sentence', async () => {
    const world = await open((_, response) => response.writeHead(502).end('<html>bad</html>'));
    const error = await fails(world, listKeys());
    expect(error).toMatchObject({ code: 'bad-response', detail: { httpStatus: 502 } });
    expect(world.seen).toHaveLength(2);
  });

  it('by cutting the connection is unreachable', async () => {
    const world = await open((_, response) => response.destroy());
    expect(await fails(world, listKeys())).toMatchObject({ code: 'unreachable' });
    expect(world.seen).toHaveLength(2);
  });

  it('by cutting the answer in two is unreachable', async () => {
    const world = await open((_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"Keys":[', () => response.destroy());
    });
    expect(await fails(world, listKeys())).toMatchObject({ code: 'unreachable' });
  });

  it('by hanging runs into the time limit', async () => {
    const world = await open(() => {}, { requestTimeoutMs: 50 });
    const error = await fails(world, listKeys());
    expect(error.code).toBe('timeout');
    expect(error.message).toContain('did not answer kms:ListKeys in time');
  });

  it('by hanging in the middle of the answer runs into the time limit', async () => {
    const world = await open(
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"Keys":[');
      },
      { requestTimeoutMs: 50 },
    );
    expect(await fails(world, listKeys())).toMatchObject({ code: 'timeout' });
  });

  it('by hanging can be given up', async () => {
    const abort = new AbortController();
    const world = await open(() => abort.abort());
    expect(await fails(world, listKeys(), abort.signal)).toMatchObject({ code: 'cancelled' });
  });
});

describe('a way that leads nowhere', () => {
  it('to a closed port says that the connection is refused', async () => {
    const server = await startLoopback(() => {});
    await server.close();
    const world = await openWorld(staticProfile(server.url));
    closers.push(world.close);
    const error = await fails(world, listKeys());
    expect(error).toMatchObject({ code: 'unreachable', detail: { nodeCode: 'ECONNREFUSED' } });
  });

  it('to a name without an address says so', async () => {
    const world = await openWorld(staticProfile('http://claviger.invalid'));
    closers.push(world.close);
    const error = await fails(world, listKeys());
    expect(error.code).toBe('unreachable');
    expect(error.message).toMatch(/cannot be resolved \((ENOTFOUND|EAI_AGAIN)\)/);
  });

  it('to a server without TLS names TLS', async () => {
    const server = await startLoopback(() => {});
    const world = await openWorld(staticProfile(server.url.replace('http:', 'https:')));
    closers.push(server.close, world.close);
    const error = await fails(world, listKeys());
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain('No trusted TLS connection');
  });
});

describe('AWS', () => {
  it('is asked again after throttling, also for a write, and the answer counts', async () => {
    let count = 0;
    const world = await open((request, response) => {
      if (request.operation === 'GetCallerIdentity')
        stsXml(response, request.operation, callerIdentity);
      else if (++count < 3) refuse(response, 'ThrottlingException', 'Rate exceeded');
      else json(response, 200, {});
    });
    await world.aws.gateway.send(target, disableKey());
    expect(count).toBe(3);
  });

  it('that throttles without end leads to a sentence', async () => {
    const world = await open((_, response) =>
      refuse(response, 'ThrottlingException', 'Rate exceeded'),
    );
    const error = await fails(world, listKeys());
    expect(error).toMatchObject({
      code: 'throttled',
      detail: { awsCode: 'ThrottlingException', requestId: 'request-1' },
    });
    expect(world.seen).toHaveLength(3);
  });

  it('that throttles a storm of calls answers each with the sentence, and is asked no more than agreed', async () => {
    const world = await open((_, response) => refuse(response, 'ThrottlingException'), {
      throttledAttempts: 2,
    });
    const errors = await Promise.all(Array.from({ length: 40 }, () => fails(world, describeKey())));
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['throttled']));
    expect(world.seen).toHaveLength(80);
  });

  it.each([
    'ListKeys',
    'ListAliases',
    'DescribeKey',
    'GetKeyRotationStatus',
    'ListKeyRotations',
    'ListResourceTags',
    'GetKeyPolicy',
    'ListGrants',
  ])('that denies %s alone names the permission', async (operation) => {
    const sdk = (await import('@aws-sdk/client-kms')) as unknown as Record<
      string,
      new (input: object) => AwsCommand<object, object>
    >;
    const Command = sdk[`${operation}Command`];
    if (!Command) expect.fail();
    const world = await open((_, response) =>
      refuse(
        response,
        'AccessDeniedException',
        `User: arn:aws:iam::111122223333:user/ann is not authorized to perform: kms:${operation} because no identity-based policy allows the kms:${operation} action`,
      ),
    );
    const error = await fails(world, new Command({ KeyId: 'k' }));
    expect(error).toMatchObject({ code: 'denied', detail: { permission: `kms:${operation}` } });
    expect(error.message).toContain('no identity-based policy allows it');
  });

  it('that finds the token expired leads to renewed credentials where the files have them', async () => {
    const world = await open((request, response) => {
      const old = String(request.headers.authorization).includes('AKIAEXAMPLE');
      if (old) refuse(response, 'ExpiredTokenException', 'The security token is expired');
      else json(response, 200, { Keys: [] });
    });
    expect(await fails(world, listKeys())).toMatchObject({
      code: 'expired-credentials',
      message: expect.stringContaining('profile ann have expired') as string,
    });
    await world.write(
      '.aws/credentials',
      '[ann]\naws_access_key_id = AKIANEW\naws_secret_access_key = new-secret\n',
    );
    await world.aws.connections.chosen();
    const answer = await world.aws.gateway.send(target, listKeys());
    expect(answer.output.Keys).toEqual([]);
  });

  it('that finds the clock wrong leads to the clock, and stays so', async () => {
    const world = await open((_, response) =>
      refuse(
        response,
        'InvalidSignatureException',
        'Signature expired: 20260101T000000Z is now earlier than 20261123T115500Z (20261123T120000Z - 5 min.)',
        400,
        { date: new Date(Date.now() + 3_600_000).toUTCString() },
      ),
    );
    expect(await fails(world, listKeys())).toMatchObject({ code: 'clock-skew' });
    expect(await fails(world, listKeys())).toMatchObject({ code: 'clock-skew' });
  });
});

describe('a write', () => {
  it('is reported before and after, with principal and request id and without its policy', async () => {
    const world = await open((request, response) => {
      if (request.operation === 'GetCallerIdentity')
        stsXml(response, request.operation, callerIdentity);
      else json(response, 200, {});
    });
    await world.aws.gateway.send(
      target,
      new PutKeyPolicyCommand({ KeyId: 'k', Policy: '{"secret":"canary"}' }),
    );
    expect(world.writes).toMatchObject([
      {
        what: 'kms:PutKeyPolicy',
        outcome: 'started',
        facts: { keyId: 'k', region: 'eu-central-1' },
      },
      {
        outcome: 'ok',
        requestId: 'request-1',
        principal: 'arn:aws:iam::111122223333:user/ann',
        facts: { policySha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      },
    ]);
    expect(JSON.stringify(world.writes)).not.toContain('canary');
  });

  it('that AWS denies is reported as failed', async () => {
    const world = await open((request, response) => {
      if (request.operation === 'GetCallerIdentity')
        stsXml(response, request.operation, callerIdentity);
      else refuse(response, 'AccessDeniedException', 'no');
    });
    await fails(world, disableKey());
    expect(world.writes).toMatchObject([
      { outcome: 'started' },
      { outcome: 'failed', error: 'denied', requestId: 'request-1' },
    ]);
  });

  it('is not sent when it cannot be put on record', async () => {
    const server = await startLoopback((request, response) => {
      if (request.operation === 'GetCallerIdentity')
        stsXml(response, request.operation, callerIdentity);
      else json(response, 200, {});
    });
    const world = await openWorld(staticProfile(server.url), {
      onWrite: () => {
        throw new Error('disk full');
      },
    });
    closers.push(server.close, world.close);
    await expect(world.aws.gateway.send(target, disableKey())).rejects.toThrow('disk full');
    expect(server.seen.filter(({ operation }) => operation === 'DisableKey')).toHaveLength(0);
  });
});
