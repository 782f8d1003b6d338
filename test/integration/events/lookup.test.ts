import { join } from 'node:path';
import { CloudTrailClient, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toAppError } from '../../../electron/aws/errors';
import type { AwsGateway } from '../../../electron/aws/types';
import { coverageOf } from '../../../electron/events/coverage';
import { watchedNames } from '../../../electron/events/lookupState';
import { lookupRegion } from '../../../electron/events/sources/lookup';
import { startTable } from '../../../electron/events/startTable';
import { openEventStore } from '../../../electron/events/store/eventStore';
import { startPractice, type Practice } from '../../../electron/practice/index';
import { AppError } from '../../../shared/model/errors';
import { temporaryFolder } from '../../unit/store/temporaryFolder';

let practice: Practice;
let client: CloudTrailClient;
let region: string;
let now: Date;

beforeAll(async () => {
  practice = await startPractice({ seed: 'company' });
  const { endpoint, accessKeyId, secretAccessKey, regions } = practice;
  region = regions[1] ?? '';
  client = new CloudTrailClient({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
  });
  now = await practice.now();
});
afterAll(async () => {
  client.destroy();
  await practice.close();
});

type Asked = LookupEventsCommandInput;

const context = {
  operation: 'cloudtrail:LookupEvents',
  writes: false,
  connection: 'practice',
  connectionName: 'the practice account',
  renewal: '',
};

/** A gateway without a rate, which writes down what is asked and dies at a request. */
function gatewayThatDies(asked: Asked[], at = Infinity): AwsGateway {
  return {
    rateFor: () => Infinity,
    async send(_target, command) {
      if (asked.length >= at) throw new Error('killed');
      asked.push(command.input);
      try {
        const output = await client.send(command as never);
        return { output: output as never, requestId: undefined, asOf: now.toISOString() };
      } catch (error) {
        throw toAppError(error, context);
      }
    },
  };
}

const nameOf = ({ LookupAttributes }: Asked) => LookupAttributes?.[0]?.AttributeValue ?? '';

/** One run of the program: opens the events, sweeps, and is gone. */
async function sweep(path: string, { dieAt, at = now }: { dieAt?: number; at?: Date } = {}) {
  const asked: Asked[] = [];
  const plans: number[] = [];
  const table = startTable(path);
  try {
    const report = await lookupRegion({ connection: 'practice', region }, practice.accountId, {
      gateway: gatewayThatDies(asked, dieAt),
      table: table.client,
      now: at,
      signal: new AbortController().signal,
      plan: (count) => void plans.push(count),
      step: () => {},
    });
    return { asked, plans, report };
  } catch (error) {
    if (!(error instanceof Error) || error.message !== 'killed') throw error;
    return { asked, plans, report: undefined };
  } finally {
    await table.close();
  }
}

function stored(path: string): string[] {
  const store = openEventStore(path, () => now);
  const table = store.table();
  const ids = Array.from({ length: table.length }, (_, index) => table.ids.at(index)).sort();
  store.close();
  return ids;
}

describe('a sweep of the event history', () => {
  it('goes on where it was killed, and finds what an undisturbed one finds', async () => {
    const whole = join(temporaryFolder(), 'events.db');
    const undisturbed = await sweep(whole);
    expect(undisturbed.asked.length).toBeGreaterThan(watchedNames.length + 5);

    const path = join(temporaryFolder(), 'events.db');
    const inNames = await sweep(path, { dieAt: 10 });
    const inUse = await sweep(path, { dieAt: watchedNames.length - 10 + 4 });
    const rest = await sweep(path);
    expect([inNames.report, inUse.report]).toEqual([undefined, undefined]);
    // What was through is not asked for again, and the list that was cut off goes on with its token.
    expect(inUse.asked.map(nameOf)).not.toContain(watchedNames[0]);
    expect(rest.asked.map(nameOf)).not.toContain(watchedNames.at(-1));
    expect(rest.asked[0]?.NextToken).toBeDefined();
    expect(stored(path)).toEqual(stored(whole));
  });

  it('asks the next time only for what is new, and plans so many requests', async () => {
    const path = join(temporaryFolder(), 'events.db');
    const first = await sweep(path);
    const later = new Date(now.getTime() + 3_600_000);
    const second = await sweep(path, { at: later });
    expect(first.plans).toEqual([watchedNames.length + 40]);
    expect(second.plans).toEqual([watchedNames.length + 1]);
    const from = second.asked.map(({ StartTime }) => (StartTime as Date).getTime());
    expect(new Set(from)).toEqual(new Set([now.getTime() - 3_600_000]));
    expect(second.asked.length).toBeLessThan(first.asked.length);
  });

  it('begins a list anew whose token is too old', async () => {
    const path = join(temporaryFolder(), 'events.db');
    await sweep(path, { dieAt: watchedNames.length + 3 });
    const store = openEventStore(path, () => now);
    const [name = ''] = store.stateNames(/^lookup /);
    const state = JSON.parse(store.readState(name) ?? '') as { open: object };
    store.writeState(name, JSON.stringify({ ...state, open: { ...state.open, token: 'old' } }));
    store.close();
    const { report, asked } = await sweep(path);
    expect(report?.problems).toEqual([]);
    expect(asked[1]?.NextToken).toBeUndefined();
  });

  it('is told by coverage: unfinished, then known until its time', async () => {
    const path = join(temporaryFolder(), 'events.db');
    const here = () => {
      const store = openEventStore(path, () => now);
      const { coverage } = coverageOf(store, now);
      store.close();
      return coverage.find((one) => one.region === region);
    };
    await sweep(path, { dieAt: 1 });
    expect(here()).toMatchObject({ unfinished: true, events: expect.any(Number) as number });
    expect(here()).not.toHaveProperty('lookedUpUntil');
    await sweep(path);
    expect(here()).toMatchObject({ lookedUpUntil: now.toISOString() });
    expect(here()).not.toHaveProperty('unfinished');
  });

  it('tells a refusal', async () => {
    const refused = new AppError('denied', 'No.');
    const gateway = { rateFor: () => 1, send: () => Promise.reject(refused) };
    const table = startTable(join(temporaryFolder(), 'events.db'));
    await expect(
      lookupRegion({ connection: 'practice', region }, practice.accountId, {
        gateway,
        table: table.client,
        now,
        signal: new AbortController().signal,
        plan: () => {},
        step: () => {},
      }),
    ).rejects.toBe(refused);
    await table.close();
  });
});
