import { readFileSync, readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCredentialKeeper } from '../../../electron/aws/credentialKeeper';
import { splitWords } from '../../../electron/aws/credentialProcess';
import { endpointOf } from '../../../electron/aws/endpoints';
import { createLimiter } from '../../../electron/aws/limiter';
import { createMfaPrompts } from '../../../electron/aws/mfaPrompts';
import { isRegionName, partitionOf, regionsOf } from '../../../electron/aws/regions';
import { retryDelayMs } from '../../../electron/aws/retry';
import { createSlots } from '../../../electron/aws/slots';
import type { Tuning } from '../../../electron/aws/types';
import type { AppEvent } from '../../../shared/contract/app';
import { AppError } from '../../../shared/model/errors';
import { iamPolicyText, inventoryPermissions } from '../../../shared/model/iamPolicy';
import { createVirtualClock } from './virtualClock';

const source = (file: string) => new URL(`../../../${file}`, import.meta.url);

describe('the least-privilege policy', () => {
  it('covers exactly the operations that the inventory calls', () => {
    const called = ['electron/keys/', 'electron/keys/usage/']
      .map(source)
      .flatMap((folder) => readdirSync(folder).map((file) => new URL(file, folder)))
      .filter(({ pathname }) => pathname.endsWith('.ts'))
      .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/new ([A-Z]\w+)Command\(/g)])
      .map(([, operation]) => `kms:${operation}`);
    expect([...new Set(called)].sort()).toEqual([...inventoryPermissions].sort());
  });

  it('is the one that the page on accounts prints', () => {
    const page = readFileSync(source('docs/accounts.md'), 'utf8');
    expect(page).toContain(`\`\`\`json\n${iamPolicyText(inventoryPermissions)}\n\`\`\``);
  });
});

describe('the words of a command line', () => {
  it.each([
    ['/opt/tool --profile prod', ['/opt/tool', '--profile', 'prod']],
    ['"/opt/my tool" \'a "b"\' c\\ d', ['/opt/my tool', 'a "b"', 'c d']],
    ['tool "" x', ['tool', '', 'x']],
    ['tool "a\\"b" "c\\d" \'e\\f\'', ['tool', 'a"b', 'c\\d', 'e\\f']],
    ['tool a"b c"d', ['tool', 'ab cd']],
    ['  ', []],
  ])('are those of a POSIX shell: %s', (line, words) => {
    expect(splitWords(line, false)).toEqual(words);
  });

  it('keep backslashes on Windows', () => {
    expect(splitWords('"C:\\Program Files\\tool.exe" -x C:\\a\\b', true)).toEqual([
      'C:\\Program Files\\tool.exe',
      '-x',
      'C:\\a\\b',
    ]);
  });

  it('come out as they were quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), (words) => {
        const line = words.map((word) => `'${word.replaceAll("'", `'"'"'`)}'`).join(' ');
        expect(splitWords(line, false)).toEqual(words);
      }),
    );
  });
});

describe('an endpoint', () => {
  const services = new Map([['local', new Map([['kms.endpoint_url', 'http://services']])]]);
  const settings = new Map([
    ['services', 'local'],
    ['endpoint_url', 'http://profile'],
  ]);
  it.each([
    [{ AWS_ENDPOINT_URL_KMS: 'http://env-kms', AWS_ENDPOINT_URL: 'http://env' }, 'http://env-kms'],
    [{ AWS_ENDPOINT_URL_STS: 'http://env-sts', AWS_ENDPOINT_URL: 'http://env' }, 'http://env'],
    [{ AWS_ENDPOINT_URL: '' }, 'http://services'],
    [{ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL: 'http://env' }, undefined],
  ])('comes from the first place that has one: %o', (env, endpoint) => {
    expect(endpointOf('kms', env, settings, services)).toBe(endpoint);
  });

  it('from a services section that is not there is missed', () => {
    const ask = () => endpointOf('kms', {}, new Map([['services', 'gone']]), services);
    expect(ask).toThrow('[services gone]');
  });

  it('of a service without its own is the profile’s', () => {
    expect(endpointOf('sts', {}, settings, services)).toBe('http://profile');
    expect(endpointOf('sts', {}, undefined, services)).toBeUndefined();
  });

  it.each(['not an address', 'file:///etc/passwd', 'http://user:secret@host'])(
    'that is no plain http address is refused without being shown: %s',
    (url) => {
      const ask = () => endpointOf('kms', { AWS_ENDPOINT_URL: url }, undefined, services);
      expect(ask).toThrow(AppError);
      expect(ask).not.toThrow(url);
    },
  );
});

describe('Regions', () => {
  it('are those of the partition', () => {
    expect(regionsOf(partitionOf('cn-north-1')).map(({ id }) => id)).toContain('cn-northwest-1');
    expect(partitionOf('us-gov-east-1')).toBe('aws-us-gov');
    expect(partitionOf(undefined, 'arn:aws-cn:iam::1:role/R')).toBe('aws-cn');
    expect(partitionOf('eu-west-1', 'arn:aws-cn:iam::1:role/R')).toBe('aws');
  });

  it('have names of one form, into which no host fits', () => {
    for (const partition of ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'] as const) {
      for (const { id } of regionsOf(partition)) expect(isRegionName(id)).toBe(true);
    }
    for (const wrong of ['', 'eu-west', 'x.evil.example', 'eu-west-1.evil', 'eu-west-1/', '-1']) {
      expect(isRegionName(wrong)).toBe(false);
    }
  });
});

describe('a retry', () => {
  const tuning = {
    throttledAttempts: 5,
    failedAttempts: 3,
    backoffMs: 100,
    maxBackoffMs: 300,
  } as Tuning;
  const delay = (
    kind: 'throttled' | 'server' | 'broken' | 'unconnected',
    writes: boolean,
    attempt = 1,
  ) => retryDelayMs({ kind }, writes, attempt, tuning, () => 1);

  it('of a write is made only where AWS surely did not act', () => {
    expect(delay('throttled', true)).toBeDefined();
    expect(delay('unconnected', true)).toBeDefined();
    expect(delay('server', true)).toBeUndefined();
    expect(delay('broken', true)).toBeUndefined();
    expect(delay('server', false)).toBeDefined();
  });

  it('waits longer each time, up to a limit, and honours what AWS asks for', () => {
    expect([1, 2, 3, 4, 5].map((attempt) => delay('throttled', false, attempt))).toEqual([
      100,
      200,
      300,
      300,
      undefined,
    ]);
    const failure = { kind: 'throttled', retryAfterMs: 7000 } as const;
    expect(retryDelayMs(failure, false, 1, tuning, () => 0)).toBe(7000);
  });

  it('of what lasts is not made', () => {
    const lasts = (nodeCode: string) =>
      retryDelayMs({ kind: 'unconnected', nodeCode }, false, 1, tuning, () => 1);
    expect(lasts('ENOTFOUND')).toBeUndefined();
    expect(lasts('CERT_HAS_EXPIRED')).toBeUndefined();
    expect(lasts('ECONNREFUSED')).toBeDefined();
  });
});

describe('slots', () => {
  it('let in as many at once as there are, in order, and give places back', async () => {
    const slots = createSlots(2);
    const first = await slots.take();
    await slots.take();
    const entered: string[] = [];
    const third = slots.take().then(() => entered.push('third'));
    const abort = new AbortController();
    const fourth = slots.take(abort.signal);
    abort.abort();
    await expect(fourth).rejects.toMatchObject({ code: 'cancelled' });
    expect(entered).toEqual([]);
    first();
    await third;
    expect(entered).toEqual(['third']);
  });
});

describe('the limiter', () => {
  const call = {
    service: 'kms',
    operation: 'DescribeKey',
    name: '',
    writes: false,
    input: {},
  } as const;

  it('shares a quota within an account and Region, and a changed setting holds at once', () => {
    let percent = 10;
    const one = { account: '1', alone: false };
    const limiter = createLimiter(() => percent, createVirtualClock());
    const bucket = limiter.bucketFor(one, 'eu-west-1', call);
    expect(limiter.bucketFor(one, 'eu-west-1', call)).toBe(bucket);
    expect(limiter.bucketFor(one, 'eu-west-2', call)).not.toBe(bucket);
    expect(limiter.bucketFor({ ...one, account: '2' }, 'eu-west-1', call)).not.toBe(bucket);
    expect([bucket.rate(), limiter.rateFor('kms:DescribeKey', 'eu-west-1', one)]).toEqual([
      200, 200,
    ]);
    percent = 50;
    expect([bucket.rate(), limiter.rateFor('DescribeKey', 'eu-west-1', one)]).toEqual([1000, 1000]);
    expect(limiter.rateFor('sts:GetCallerIdentity', 'eu-west-1', one)).toBe(Infinity);
  });

  it('uses the quota whole where no workload shares it', () => {
    const alone = { account: 'practice', alone: true };
    const limiter = createLimiter(() => 10, createVirtualClock());
    expect(limiter.bucketFor(alone, 'eu-west-1', call).rate()).toBe(2000);
    expect(limiter.rateFor('cloudtrail:LookupEvents', 'eu-west-1', alone)).toBe(2);
  });
});

describe('kept credentials', () => {
  const made = (id: string, expiration?: Date) => ({
    accessKeyId: id,
    secretAccessKey: 's',
    ...(expiration ? { expiration } : {}),
  });

  it('are used on where renewing fails while they hold, and not beyond', async () => {
    let time = 0;
    let works = true;
    const keeper = createCredentialKeeper(
      () =>
        works
          ? Promise.resolve(made('A', new Date(3_600_000)))
          : Promise.reject(new AppError('unreachable', 'No network.')),
      () => new Date(time),
    );
    await keeper.get();
    works = false;
    time = 3_400_000;
    expect(await keeper.get()).toMatchObject({ accessKeyId: 'A' });
    time = 3_600_001;
    await expect(keeper.get()).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('that cannot be had are not asked for with every call, but again after a while', async () => {
    let time = 0;
    let asked = 0;
    const keeper = createCredentialKeeper(
      () => {
        asked += 1;
        return Promise.reject(new AppError('denied', 'No.'));
      },
      () => new Date(time),
    );
    for (let each = 0; each < 10; each += 1) await keeper.get().catch(() => {});
    expect(asked).toBe(1);
    time = 6000;
    await keeper.get().catch(() => {});
    expect(asked).toBe(2);
    keeper.retry();
    await keeper.get().catch(() => {});
    expect(asked).toBe(3);
  });
});

describe('MFA prompts', () => {
  const prompt = { connection: 'profile:p', connectionName: 'p', serial: 'mfa' };
  const open = () => {
    const events: AppEvent[] = [];
    const prompts = createMfaPrompts((event) => events.push(event));
    const id = () => (events[0]?.kind === 'mfa-needed' ? events[0].promptId : expect.fail());
    return { prompts, events, id };
  };

  it('give the code to who asked, once', async () => {
    const { prompts, events, id } = open();
    const code = prompts.ask(prompt, new AbortController().signal);
    prompts.answer(id(), '123456');
    expect(await code).toBe('123456');
    expect(events.map(({ kind }) => kind)).toEqual(['mfa-needed', 'mfa-settled']);
    expect(() => prompts.answer(id(), '123456')).toThrow(AppError);
  });

  it('can be given up by the operator or by the caller', async () => {
    const one = open();
    const givenUp = one.prompts.ask(prompt, new AbortController().signal);
    one.prompts.answer(one.id(), null);
    await expect(givenUp).rejects.toMatchObject({ code: 'mfa-required' });
    const two = open();
    const abort = new AbortController();
    const cancelled = two.prompts.ask(prompt, abort.signal);
    abort.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(two.events.at(-1)?.kind).toBe('mfa-settled');
  });
});
