import { ListKeysCommand, DescribeKeyCommand } from '@aws-sdk/client-kms';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openPracticeAccount } from '../../../electron/practiceAccount';
import { createPracticeHandlers } from '../../../electron/practicePanel';
import type { AppEvent } from '../../../shared/contract/app';
import type { PracticeRequest } from '../../../shared/contract/practice';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { openForTest, type Opened } from './openForTest';

const region = 'eu-central-1';
const practice = { connection: 'practice', region };
const windowed = { practice: true, runtime: { kind: 'official', node: 'n' } } as const;

const list = ({ services }: Opened) => services.gateway.send(practice, new ListKeysCommand({}));

describe('the practice panel', () => {
  it('says how the account stands', async () => {
    const { client } = await openForTest(windowed);
    const status = await client.practice.status();
    expect(status).toMatchObject({
      accountId: '111122223333',
      seed: 'company',
      quotas: 'none',
      faults: [],
    });
    expect(status.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(status.regions.find(({ id }) => id === region)?.keys).toBeGreaterThan(5);
    expect(status.operations).toContain('kms:GetKeyRotationStatus');
  });

  it('moves the clock forward only, tells the window, and is on record', async () => {
    const opened = await openForTest(windowed);
    const { client, services } = opened;
    const events: AppEvent[] = [];
    void client.app.watch(undefined, { onProgress: (event) => events.push(event) }).catch(() => {});
    const before = Date.parse((await client.practice.status()).now);
    const { now } = await client.practice.moveClock({ by: 'P30D' });
    expect(Date.parse(now) - before).toBeGreaterThanOrEqual(30 * 86_400_000);
    expect(await services.connections.now('practice')).toSatisfy(
      (date: Date) => date.getTime() >= Date.parse(now),
    );
    expect(events).toContainEqual({ kind: 'practice-changed', change: 'clock', now });
    await client.practice.moveClock({ to: '2031-01-01T00:00:00Z' });
    await expect(client.practice.moveClock({ to: '2030-12-31T00:00:00Z' })).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('forward only') as string,
    });
    await expect(client.practice.moveClock({ by: '-P1D' })).rejects.toMatchObject({
      code: 'bad-request',
    });
    const { entries } = await client.journal.list({ limit: 5 });
    expect(entries.slice(0, 3).map(({ what, outcome }) => `${what} ${outcome}`)).toEqual([
      'practice.moveClock failed',
      'practice.moveClock ok',
      'practice.moveClock ok',
    ]);
    expect(entries[2]?.facts).toMatchObject({ by: 'P30D' });
  });

  it('switches faults on and off, and counts what they do', async () => {
    const opened = await openForTest(windowed);
    const { client } = opened;
    await client.practice.setFault({ operation: 'kms:ListKeys', region, kind: 'deny', every: 1 });
    await expect(list(opened)).rejects.toMatchObject({
      code: 'denied',
      detail: { permission: 'kms:ListKeys' },
    });
    expect((await client.practice.status()).faults).toEqual([
      { operation: 'kms:ListKeys', region, kind: 'deny', every: 1, met: 1, hit: 1 },
    ]);
    await client.practice.clearFaults({
      only: { operation: 'kms:ListKeys', region, kind: 'deny' },
    });
    await list(opened);
    await client.practice.setFault({ operation: '*', kind: 'server-error', every: 1 });
    await client.practice.clearFaults({});
    expect((await client.practice.status()).faults).toEqual([]);
  });

  it('cuts a connection so that it is seen as such, and a call after it goes well', async () => {
    const opened = await openForTest(windowed);
    const { client } = opened;
    await client.practice.setFault({ operation: 'kms:ListKeys', kind: 'cut', every: 1 });
    await expect(list(opened)).rejects.toMatchObject({ code: 'unreachable' });
    await client.practice.clearFaults({});
    await list(opened);
  });

  it('keeps quotas as told', async () => {
    const { client } = await openForTest(windowed);
    await client.practice.setQuotas({ mode: 'storm' });
    expect((await client.practice.status()).quotas).toBe('storm');
    await client.practice.setQuotas({ mode: 'none' });
    expect((await client.practice.status()).quotas).toBe('none');
  });

  it('resets to a seed, with its clock, quotas and faults', async () => {
    const opened = await openForTest(windowed);
    const { client } = opened;
    await client.practice.moveClock({ by: 'P1Y' });
    await client.practice.setQuotas({ mode: 'storm' });
    await client.practice.setFault({ operation: '*', kind: 'cut', every: 2 });
    await client.practice.reset({ seed: 'empty' });
    const status = await client.practice.status();
    expect(status).toMatchObject({ seed: 'empty', quotas: 'none', faults: [] });
    expect(status.regions.every(({ keys }) => keys === 0)).toBe(true);
    expect(Math.abs(Date.parse(status.now) - Date.now())).toBeLessThan(60_000);
    expect((await list(opened)).output.Keys).toEqual([]);
  });

  it('tells the requests as they come until it is left, and goes on from a known one', async () => {
    const opened = await openForTest(windowed);
    const { client, services } = opened;
    const seen: PracticeRequest[] = [];
    const leave = new AbortController();
    let run = '';
    let arrived = () => {};
    const until = (count: number) =>
      new Promise<void>((resolve) => {
        arrived = () => {
          if (seen.length >= count) resolve();
        };
        arrived();
      });
    const watching = client.practice.watchRequests(
      { after: 0 },
      {
        signal: leave.signal,
        onProgress: (part) => {
          run = part.run;
          seen.push(...part.requests);
          arrived();
        },
      },
    );
    await list(opened);
    await until(1);
    await services.gateway
      .send(practice, new DescribeKeyCommand({ KeyId: 'alias/nothing' }))
      .catch(() => {});
    await until(2);
    expect(seen[0]).toMatchObject({
      seq: 1,
      operation: 'kms:ListKeys',
      region,
      outcome: 'ok',
      status: 200,
      principal: 'arn:aws:iam::111122223333:user/practice-operator',
    });
    expect(seen[1]).toMatchObject({
      operation: 'kms:DescribeKey',
      key: 'alias/nothing',
      outcome: 'failed',
      error: 'NotFoundException',
    });
    leave.abort();
    await expect(watching).rejects.toMatchObject({ code: 'cancelled' });

    const again = new AbortController();
    const rest = await new Promise<PracticeRequest[]>((resolve) => {
      void client.practice
        .watchRequests(
          { after: 1, run },
          { signal: again.signal, onProgress: ({ requests }) => resolve(requests) },
        )
        .catch(() => {});
    });
    again.abort();
    expect(rest.map(({ seq }) => seq)).toEqual([2]);
  });

  it('works on an account that someone else runs', async () => {
    const dataDir = temporaryFolder();
    const first = openPracticeAccount({ dataDir, waitForOthersMs: 0 });
    onTestFinished(() => first.close());
    await first.start();
    const second = openPracticeAccount({ dataDir, waitForOthersMs: 0 });
    onTestFinished(() => second.close());
    const handlers = createPracticeHandlers({ practice: second, emit: () => {} });
    const { signal } = new AbortController();
    const { now } = await handlers.moveClock({ by: 'P10D' }, { signal, progress: () => {} });
    expect((await first.endpoint.now()).getTime()).toBeGreaterThanOrEqual(Date.parse(now));
  });

  it('says so where the program runs without a practice account', async () => {
    const { client } = await openForTest();
    await expect(client.practice.status()).rejects.toMatchObject({ code: 'not-found' });
  });
});
