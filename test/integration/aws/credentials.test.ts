import { createHash } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { ListKeysCommand } from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppError } from '../../../shared/model/errors';
import { AppError as AppErrorClass } from '../../../shared/model/errors';
import type { AwsOptions, MfaPrompt } from '../../../electron/aws/types';
import {
  callerIdentity,
  json,
  openWorld,
  refuse,
  roleCredentials,
  startLoopback,
  stsError,
  stsXml,
  type Loopback,
  type World,
} from './loopback';

const closers: (() => Promise<void>)[] = [];
let server: Loopback;
/** How STS and SSO answer in the present test. */
let issue: { roleError?: [code: string, message: string]; ssoStatus?: number; life: number };

beforeEach(async () => {
  issue = { life: 3_600_000 };
  server = await startLoopback((request, response) => {
    if (request.operation === 'AssumeRole') {
      if (issue.roleError) return stsError(response, ...issue.roleError);
      const expires = new Date(Date.now() + issue.life);
      return stsXml(response, 'AssumeRole', roleCredentials('ASIAROLE', expires));
    }
    if (request.operation === 'AssumeRoleWithWebIdentity') {
      const expires = new Date(Date.now() + issue.life);
      return stsXml(response, request.operation, roleCredentials('ASIAWEB', expires));
    }
    if (request.operation === 'GetCallerIdentity') {
      return stsXml(response, 'GetCallerIdentity', callerIdentity);
    }
    if (request.url.startsWith('/federation/credentials')) {
      if (issue.ssoStatus) return refuse(response, 'Refused', '', issue.ssoStatus);
      return json(response, 200, {
        roleCredentials: {
          accessKeyId: 'ASIASSO',
          secretAccessKey: 'sso-secret',
          sessionToken: 'sso-token',
          expiration: Date.now() + issue.life,
        },
      });
    }
    return json(response, 200, { Keys: [] });
  });
  closers.push(server.close);
});

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  vi.unstubAllEnvs();
});

async function open(
  files: Record<string, string>,
  options: Partial<AwsOptions> = {},
): Promise<World> {
  const world = await openWorld(files, {
    ...options,
    env: { ...options.env, AWS_ENDPOINT_URL: server.url },
  });
  closers.push(world.close);
  // The SDK's SSO provider looks for the token cache in the process's own home folder.
  vi.stubEnv('HOME', world.homeDir);
  return world;
}

const list = ({ aws }: World, connection: string, signal?: AbortSignal) =>
  aws.gateway.send({ connection, region: 'eu-central-1' }, new ListKeysCommand({}), { signal });

const failure = (world: World, connection: string, signal?: AbortSignal) =>
  list(world, connection, signal).then(
    () => expect.fail('the call should have failed'),
    (error: AppError) => error,
  );

/** The access key that signed the KMS calls, in order. */
const signers = () =>
  server.seen
    .filter(({ operation }) => operation === 'ListKeys')
    .map(({ headers }) => /Credential=(\w+)\//.exec(String(headers.authorization))?.[1]);

const keys = '[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = base-secret\n';

describe('a chain of roles', () => {
  const config = `
[profile auditor]
role_arn = arn:aws:iam::222222222222:role/Auditor
source_profile = hub
external_id = x-1
region = eu-west-1
[profile hub]
role_arn = arn:aws:iam::333333333333:role/Hub
source_profile = base
role_session_name = from-claviger
`;
  it('is followed link by link, each signed by the one before', async () => {
    const world = await open({ '.aws/config': config, '.aws/credentials': keys });
    await list(world, 'profile:auditor');
    const [hub, auditor] = server.seen.filter(({ operation }) => operation === 'AssumeRole');
    expect(hub?.body).toContain('role%2FHub');
    expect(hub?.body).toContain('RoleSessionName=from-claviger');
    expect(String(hub?.headers.authorization)).toContain('AKIABASE');
    expect(auditor?.body).toContain('role%2FAuditor');
    expect(auditor?.body).toContain('ExternalId=x-1');
    expect(String(auditor?.headers.authorization)).toMatch(/ASIAROLE\/\d+\/eu-west-1\/sts/);
    expect(signers()).toEqual(['ASIAROLE']);
  });

  it('is walked once for many calls at the same time, and not again while it lasts', async () => {
    const world = await open({ '.aws/config': config, '.aws/credentials': keys });
    await Promise.all(Array.from({ length: 10 }, () => list(world, 'profile:auditor')));
    await list(world, 'profile:auditor');
    expect(server.seen.filter(({ operation }) => operation === 'AssumeRole')).toHaveLength(2);
  });

  it('is walked again before the credentials run out', async () => {
    let time = Date.now();
    const now = () => new Date(time);
    const world = await open({ '.aws/config': config, '.aws/credentials': keys }, { now });
    await list(world, 'profile:auditor');
    time += issue.life - 4 * 60_000;
    await list(world, 'profile:auditor');
    expect(server.seen.filter(({ operation }) => operation === 'AssumeRole')).toHaveLength(4);
  });

  it('that AWS refuses names the permission', async () => {
    issue.roleError = [
      'AccessDenied',
      'User: arn:aws:iam::1:user/b is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::333333333333:role/Hub',
    ];
    const world = await open({ '.aws/config': config, '.aws/credentials': keys });
    expect(await failure(world, 'profile:auditor')).toMatchObject({
      code: 'denied',
      detail: { permission: 'sts:AssumeRole', operation: 'sts:AssumeRole' },
    });
  });
});

describe('MFA', () => {
  const config = `
[profile careful]
role_arn = arn:aws:iam::222222222222:role/Auditor
source_profile = base
mfa_serial = arn:aws:iam::111122223333:mfa/ann
`;
  const files = { '.aws/config': config, '.aws/credentials': keys };

  it('is asked for once, however many calls wait for it', async () => {
    const prompts: MfaPrompt[] = [];
    const askMfa = (prompt: MfaPrompt) => {
      prompts.push(prompt);
      return Promise.resolve('123456');
    };
    const world = await open(files, { askMfa });
    await Promise.all([list(world, 'profile:careful'), list(world, 'profile:careful')]);
    expect(prompts).toEqual([
      {
        connection: 'profile:careful',
        connectionName: 'careful',
        serial: 'arn:aws:iam::111122223333:mfa/ann',
      },
    ]);
    expect(server.seen[0]?.body).toContain('TokenCode=123456');
  });

  it('that AWS does not accept says so', async () => {
    issue.roleError = [
      'AccessDenied',
      'MultiFactorAuthentication failed with invalid MFA one time pass code.',
    ];
    const world = await open(files, { askMfa: () => Promise.resolve('000000') });
    const error = await failure(world, 'profile:careful');
    expect(error.code).toBe('mfa-required');
    expect(error.message).toContain('did not accept the MFA code');
  });

  it('is taken back when the last caller gives up, not before', async () => {
    let tell = (_signal: AbortSignal) => {};
    const asked = new Promise<AbortSignal>((resolve) => {
      tell = resolve;
    });
    const askMfa = (_: MfaPrompt, signal: AbortSignal) => {
      tell(signal);
      return new Promise<string>((_resolve, reject) => {
        signal.addEventListener('abort', () =>
          reject(new AppErrorClass('cancelled', 'Cancelled.')),
        );
      });
    };
    const world = await open(files, { askMfa });
    const [one, two] = [new AbortController(), new AbortController()];
    const first = failure(world, 'profile:careful', one.signal);
    const second = failure(world, 'profile:careful', two.signal);
    const signal = await asked;
    one.abort();
    expect(await first).toMatchObject({ code: 'cancelled' });
    expect(signal.aborted).toBe(false);
    two.abort();
    expect(await second).toMatchObject({ code: 'cancelled' });
    expect(signal.aborted).toBe(true);
  });

  it('that was given up is not asked for again by the calls that follow, only by asking anew', async () => {
    let asked = 0;
    const askMfa = () => {
      asked += 1;
      return Promise.reject(new AppErrorClass('mfa-required', 'No code was given.'));
    };
    const world = await open(files, { askMfa });
    await failure(world, 'profile:careful');
    await failure(world, 'profile:careful');
    expect(asked).toBe(1);
    const context = { signal: new AbortController().signal, progress: () => {} };
    await expect(
      world.aws.handlers.identify({ connection: 'profile:careful' }, context),
    ).rejects.toMatchObject({ code: 'mfa-required' });
    expect(asked).toBe(2);
  });
});

describe('credential_process', () => {
  async function withScript(script: string, line: (file: string) => string, env = {}) {
    const world = await open({ 'bin/get creds.sh': `#!/bin/sh\n${script}\n` }, { env });
    const file = path.join(world.homeDir, 'bin/get creds.sh');
    await chmod(file, 0o700);
    await world.write('.aws/config', `[profile tool]\ncredential_process = ${line(file)}\n`);
    return world;
  }
  const good = 'echo \'{"Version":1,"AccessKeyId":"AKIATOOL","SecretAccessKey":"s"}\'';

  it('runs without a shell, which would replace the name of a variable', async () => {
    const world = await withScript(
      `[ "$1" = "two words" ] && [ "$2" = '$HOME;id' ] && ${good}`,
      (file) => `"${file}" 'two words' "$HOME;id"`,
    );
    await list(world, 'profile:tool');
    expect(signers()).toEqual(['AKIATOOL']);
  });

  it('does not see the variables of the program', async () => {
    const world = await withScript(
      `[ -z "$ELECTRON_RUN_AS_NODE" ] && [ "$AWS_PROFILE" = tool ] && ${good}`,
      (file) => `'${file}'`,
      { ELECTRON_RUN_AS_NODE: '1', AWS_PROFILE: 'tool', PATH: process.env['PATH'] },
    );
    await list(world, 'profile:tool');
    expect(signers()).toEqual(['AKIATOOL']);
  });

  it.each([
    ['exit 3', 'ended with 3'],
    ['echo hello', 'something other than JSON'],
    ['echo \'{"Version":2}\'', 'Version 1'],
    ['echo null', 'Version 1'],
  ])('that goes wrong says how: %s', async (script, said) => {
    const world = await withScript(script, (file) => `'${file}'`);
    const error = await failure(world, 'profile:tool');
    expect(error.code).toBe('no-credentials');
    expect(error.message).toContain(said);
  });

  it('that gives old credentials says so', async () => {
    const old =
      '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","Expiration":"2020-01-01T00:00:00Z"}';
    const world = await withScript(`echo '${old}'`, (file) => `'${file}'`);
    expect(await failure(world, 'profile:tool')).toMatchObject({ code: 'expired-credentials' });
  });

  it('that does not exist says so', async () => {
    const world = await withScript('exit 0', () => '/nowhere/tool');
    const error = await failure(world, 'profile:tool');
    expect(error.message).toContain('/nowhere/tool cannot be started (ENOENT)');
  });
});

describe('SSO', () => {
  const startUrl = 'https://company.awsapps.com/start';
  const cache = (id: string) =>
    `.aws/sso/cache/${createHash('sha1').update(id).digest('hex')}.json`;
  const token = (expiresAt: string) => JSON.stringify({ accessToken: 'login-token', expiresAt });
  const later = new Date(Date.now() + 8 * 3_600_000).toISOString();
  const common = 'sso_account_id = 444455556666\nsso_role_name = Auditor\nregion = eu-north-1\n';
  const modern = `[profile work]\nsso_session = company\n${common}[sso-session company]\nsso_region = eu-north-1\nsso_start_url = ${startUrl}\n`;
  const legacy = `[profile work]\nsso_region = eu-north-1\nsso_start_url = ${startUrl}\n${common}`;

  it.each([
    ['sso_session', modern, 'company'],
    ['the older form', legacy, startUrl],
  ])('with %s takes the role with the token of the login', async (_name, config, id) => {
    const world = await open({ '.aws/config': config, [cache(id)]: token(later) });
    await list(world, 'profile:work');
    const [asked] = server.seen;
    expect(asked?.url).toContain('account_id=444455556666');
    expect(asked?.url).toContain('role_name=Auditor');
    expect(asked?.headers['x-amz-sso_bearer_token']).toBe('login-token');
    expect(signers()).toEqual(['ASIASSO']);
  });

  it.each([
    ['has expired', token('2020-01-01T00:00:00Z')],
    ['is not there', undefined],
    ['is unreadable', '{"accessToken":'],
    ['is no object', 'null'],
  ])('whose login %s says which command to run, and asks nobody', async (_name, text) => {
    const world = await open({
      '.aws/config': modern,
      ...(text === undefined ? {} : { [cache('company')]: text }),
    });
    const error = await failure(world, 'profile:work');
    expect(error.code).toBe('expired-credentials');
    expect(error.message).toContain('aws sso login --profile work');
    const [connection] = (await world.aws.handlers.list(undefined, {} as never)).connections;
    expect(connection).toMatchObject({ source: 'sso', problem: { code: 'expired-credentials' } });
    expect(server.seen).toHaveLength(0);
  });

  it.each([
    [401, 'expired-credentials'],
    [403, 'denied'],
    [429, 'throttled'],
    [500, 'bad-response'],
  ])('that Identity Center answers with %i is %s', async (status, code) => {
    issue.ssoStatus = status;
    const world = await open({ '.aws/config': modern, [cache('company')]: token(later) });
    expect(await failure(world, 'profile:work')).toMatchObject({ code });
  });

  it('that cannot be reached is unreachable, not expired', async () => {
    const world = await open({ '.aws/config': modern, [cache('company')]: token(later) });
    await server.close();
    expect(await failure(world, 'profile:work')).toMatchObject({ code: 'unreachable' });
  });

  it('is the source of a role, and works again after a login', async () => {
    const config = `${modern}[profile role]\nrole_arn = arn:aws:iam::222222222222:role/Auditor\nsource_profile = work\n`;
    const world = await open({ '.aws/config': config });
    const error = await failure(world, 'profile:role');
    expect(error.message).toContain('aws sso login --profile work');
    await world.write(cache('company'), token(later));
    const context = { signal: new AbortController().signal, progress: () => {} };
    const identity = await world.aws.handlers.identify({ connection: 'profile:role' }, context);
    expect(identity).toMatchObject({ accountId: '111122223333', connection: 'profile:role' });
  });
});

describe('the environment', () => {
  it('is a connection of its own where it has keys', async () => {
    const world = await open(
      { '.aws/config': '[default]\nregion = eu-south-1\n' },
      {
        env: {
          AWS_ACCESS_KEY_ID: 'AKIAENV',
          AWS_SECRET_ACCESS_KEY: 'env-secret',
          AWS_SESSION_TOKEN: 't',
        },
      },
    );
    await list(world, 'environment');
    expect(signers()).toEqual(['AKIAENV']);
    expect(server.seen[0]?.headers['x-amz-security-token']).toBe('t');
    expect(await world.aws.connections.find('environment')).toMatchObject({
      kind: 'environment',
      defaultRegion: 'eu-south-1',
    });
  });

  it('with a web identity token takes the role', async () => {
    const world = await open({ 'token.jwt': 'a.b.c\n' });
    const env = {
      AWS_ENDPOINT_URL: server.url,
      AWS_WEB_IDENTITY_TOKEN_FILE: path.join(world.homeDir, 'token.jwt'),
      AWS_ROLE_ARN: 'arn:aws:iam::222222222222:role/Pod',
    };
    const other = await openWorld({}, { env });
    closers.push(other.close);
    await list(other, 'environment');
    expect(server.seen[0]?.body).toContain('WebIdentityToken=a.b.c');
    expect(signers()).toEqual(['ASIAWEB']);
  });
});

describe('what is set wrong', () => {
  it('as a token with a line break in it is told, not sent', async () => {
    const world = await open(
      {},
      {
        env: {
          AWS_ACCESS_KEY_ID: 'AKIA',
          AWS_SECRET_ACCESS_KEY: 's',
          AWS_SESSION_TOKEN: 'to\nken',
        },
      },
    );
    expect(await failure(world, 'environment')).toMatchObject({ code: 'no-credentials' });
    expect(server.seen).toHaveLength(0);
  });

  it('as a Region with a host in it is told, not sent', async () => {
    const world = await open({ '.aws/credentials': keys });
    const call = world.aws.gateway.send(
      { connection: 'profile:base', region: 'x.evil.example/' },
      new ListKeysCommand({}),
    );
    await expect(call).rejects.toMatchObject({ code: 'bad-request' });
    expect(server.seen).toHaveLength(0);
  });

  it('as a profile that does not exist says so', async () => {
    const world = await open({ '.aws/credentials': keys });
    const error = await failure(world, 'profile:prod');
    expect(error).toMatchObject({ code: 'no-credentials' });
    expect(error.message).toContain('no profile prod');
  });

  it('as a Region that is not enabled does not ask for an MFA code again and again', async () => {
    let asked = 0;
    const strict = await startLoopback((request, response) => {
      if (request.operation === 'AssumeRole') {
        const expires = new Date(Date.now() + issue.life);
        stsXml(response, 'AssumeRole', roleCredentials('ASIAROLE', expires));
      } else refuse(response, 'UnrecognizedClientException', 'The security token is invalid.');
    });
    closers.push(strict.close);
    const world = await openWorld(
      {
        '.aws/credentials': keys,
        '.aws/config': `[profile m]\nrole_arn = arn:aws:iam::2:role/R\nsource_profile = base\nmfa_serial = s\nendpoint_url = ${strict.url}\n`,
      },
      { askMfa: () => Promise.resolve(String(100_000 + (asked += 1))) },
    );
    closers.push(world.close);
    expect(await failure(world, 'profile:m')).toMatchObject({ code: 'invalid-credentials' });
    expect(await failure(world, 'profile:m')).toMatchObject({ code: 'invalid-credentials' });
    expect(asked).toBe(1);
  });
});

describe('secrets', () => {
  it('are in no list, identity or error', async () => {
    const world = await open({ '.aws/credentials': keys.replace('base-secret', 'canary-secret') });
    const shown = JSON.stringify([
      await world.aws.handlers.list(undefined, {} as never),
      await world.aws.connections.identify('profile:base'),
    ]);
    expect(shown).not.toContain('canary');
    expect(shown).not.toContain('AKIABASE');
  });

  it('stay unused where real accounts are refused, and the reason is told', async () => {
    const realAccounts = { allowed: false, reason: 'This is the evaluation runtime.' };
    const world = await open({ '.aws/credentials': keys }, { realAccounts });
    const [connection] = (await world.aws.handlers.list(undefined, {} as never)).connections;
    expect(connection).toMatchObject({ name: 'base', problem: { code: 'runtime-refused' } });
    expect(await failure(world, 'profile:base')).toMatchObject({
      code: 'runtime-refused',
      message: realAccounts.reason,
    });
    expect(server.seen).toHaveLength(0);
  });
});
