import { describe, expect, it } from 'vitest';
import { createDispatcher } from '../../../electron/ipc/dispatcher';
import { createLocalClient } from '../../../electron/ipc/local';
import { createPracticeStore, keptRequests } from '../../../renderer/practice/store';
import type { CallContext, FeatureHandlers, ProgressOf } from '../../../shared/contract/define';
import { contract } from '../../../shared/contract/index';
import type { PracticeRequest, PracticeStatus } from '../../../shared/contract/practice';
import { AppError } from '../../../shared/model/errors';

type Handlers = FeatureHandlers<typeof contract.practice>;
type Part = ProgressOf<typeof contract.practice.watchRequests>;

const now = Date.parse('2026-11-23T15:00:00Z');
const status: PracticeStatus = {
  endpoint: 'http://127.0.0.1:1',
  accountId: '111122223333',
  now: '2026-12-23T15:00:00Z',
  quotas: 'none',
  faults: [],
  regions: [],
  operations: [],
};

const request = (seq: number): PracticeRequest => ({
  seq,
  at: '2026-11-23T15:00:00.000Z',
  requestId: `id-${seq}`,
  operation: 'kms:Decrypt',
  outcome: 'ok',
  durationMs: 1,
});

/** The store over the real client and dispatcher. */
function open(handlers: Partial<Handlers>) {
  const unused = () => Promise.reject(new AppError('internal', 'not part of this test'));
  const dispatcher = createDispatcher(
    { practice: contract.practice },
    {
      practice: {
        status: () => status,
        moveClock: unused,
        setQuotas: unused,
        setFault: unused,
        clearFaults: unused,
        mfaCode: unused,
        reset: unused,
        watchRequests: unused,
        ...handlers,
      },
    },
    { onDefect: (_, error) => expect.unreachable(String(error)) },
  );
  const { client } = createLocalClient({ practice: contract.practice }, dispatcher);
  const notes: string[] = [];
  const store = createPracticeStore({
    client,
    now: () => now,
    notify: ({ title, type }) => notes.push(type ? `${type}: ${title}` : title),
  });
  return { store, notes };
}

/** A watch that hands its calls to the test. */
function watching() {
  const calls: { after: number; run: string | undefined; tell: (part: Part) => void }[] = [];
  const watchRequests = (
    input: { after: number; run?: string | undefined },
    { signal, progress }: CallContext<Part>,
  ) =>
    new Promise<undefined>((resolve) => {
      calls.push({ after: input.after, run: input.run, tell: progress });
      signal.addEventListener('abort', () => resolve(undefined));
    });
  return { calls, watchRequests };
}

describe('the practice panel in the window', () => {
  it('knows how far the account’s clock is from this machine’s', async () => {
    const { store } = open({});
    await store.getState().load();
    expect(store.getState().clockOffsetMs).toBe(30 * 86_400_000);
  });

  it('tells what failed, and is ready for the next thing', async () => {
    const { store, notes } = open({});
    expect(await store.getState().moveClock({ by: 'P1D' })).toBe(false);
    expect(notes).toEqual(['error: The practice account was not changed']);
    expect(store.getState().busy).toBeUndefined();
  });

  it('does one thing at a time', async () => {
    let moved = 0;
    const { store } = open({
      moveClock: () => {
        moved += 1;
        return { now: status.now };
      },
    });
    const { moveClock } = store.getState();
    expect(await Promise.all([moveClock({ by: 'P1D' }), moveClock({ by: 'P1D' })])).toEqual([
      true,
      false,
    ]);
    expect(moved).toBe(1);
  });

  it('keeps a fault among the switches once it was on, until it is taken away', async () => {
    const fault = { operation: 'kms:Sign', kind: 'cut', every: 2 } as const;
    let active: PracticeStatus['faults'] = [];
    const { store } = open({
      status: () => ({ ...status, faults: active }),
      setFault: (given) => {
        active = [{ ...given, met: 0, hit: 0 }];
        return undefined;
      },
      clearFaults: () => {
        active = [];
        return undefined;
      },
    });
    const ready = store.getState().faults.length;
    await store.getState().setFault(fault, true);
    expect(store.getState().status?.faults).toHaveLength(1);
    await store.getState().setFault(fault, false);
    expect(store.getState().status?.faults).toHaveLength(0);
    expect(store.getState().faults).toHaveLength(ready + 1);
    store.getState().forgetFault(fault);
    expect(store.getState().faults).toHaveLength(ready);
  });

  it('lists requests newest first, keeps so many, and asks on from the last', async () => {
    const { calls, watchRequests } = watching();
    const { store } = open({ watchRequests });
    const leave = new AbortController();
    const watched = store.getState().watch(leave.signal);
    await expect.poll(() => calls.length).toBe(1);
    expect(calls[0]).toMatchObject({ after: 0, run: undefined });
    for (let from = 1; from <= keptRequests + 400; from += 400) {
      const requests = Array.from({ length: 400 }, (_, index) => request(from + index));
      calls[0]?.tell({ requests, skipped: 0, run: 'a' });
    }
    const { requests } = store.getState();
    expect(requests).toHaveLength(keptRequests);
    expect(requests[0]?.seq).toBe(keptRequests + 400);
    leave.abort();
    await watched;
    expect(store.getState().watchError).toBeUndefined();
    void store.getState().watch(new AbortController().signal);
    await expect.poll(() => calls.length).toBe(2);
    expect(calls[1]).toMatchObject({ after: keptRequests + 400, run: 'a' });
  });

  it('drops what is of an earlier run of the account', async () => {
    const { calls, watchRequests } = watching();
    const { store } = open({ watchRequests });
    void store.getState().watch(new AbortController().signal);
    await expect.poll(() => calls.length).toBe(1);
    calls[0]?.tell({ requests: [request(7), request(8)], skipped: 0, run: 'a' });
    calls[0]?.tell({ requests: [request(1)], skipped: 0, run: 'b' });
    expect(store.getState().requests.map(({ seq }) => seq)).toEqual([1]);
  });

  it('lists the same while it is paused, and all of it afterwards', async () => {
    const { calls, watchRequests } = watching();
    const { store } = open({ watchRequests });
    void store.getState().watch(new AbortController().signal);
    await expect.poll(() => calls.length).toBe(1);
    calls[0]?.tell({ requests: [request(1)], skipped: 0, run: 'a' });
    store.getState().pause(true);
    calls[0]?.tell({ requests: [request(2)], skipped: 0, run: 'a' });
    expect(store.getState().paused?.map(({ seq }) => seq)).toEqual([1]);
    store.getState().pause(false);
    expect(store.getState().paused).toBeUndefined();
    expect(store.getState().requests.map(({ seq }) => seq)).toEqual([2, 1]);
  });

  it('says why the requests cannot be watched', async () => {
    const { store } = open({
      watchRequests: () => Promise.reject(new AppError('unreachable', 'Gone.')),
    });
    await store.getState().watch(new AbortController().signal);
    expect(store.getState().watchError).toMatchObject({ code: 'unreachable' });
  });
});
