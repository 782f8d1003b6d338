import { describe, expect, it } from 'vitest';
import { contract } from '../../../shared/contract/index';
import type { FeatureHandlers } from '../../../shared/contract/define';
import type { keys as keysContract } from '../../../shared/contract/keys';
import { AppError } from '../../../shared/model/errors';
import { keyRefString, type KeyRow, type ScopeReport } from '../../../shared/model/key';
import { createDispatcher } from '../../../electron/ipc/dispatcher';
import { createLocalClient } from '../../../electron/ipc/local';
import { accountNow, createKeysStore } from '../../../renderer/keys/store';
import { exampleNow, exampleRow, exampleRows } from './exampleRows';

type Handlers = FeatureHandlers<typeof keysContract>;

const scope: ScopeReport = {
  connection: 'practice',
  connectionName: 'Practice account',
  region: 'eu-central-1',
  keys: 1,
  asOf: exampleNow,
  state: 'complete',
  problems: [],
};
const nothing = { scopes: [], total: 0 };

/** The store over the real client and dispatcher; only what AWS would say is made up. */
function open(handlers: Partial<Handlers>) {
  const unused = () => Promise.reject(new AppError('internal', 'not part of this test'));
  const dispatcher = createDispatcher(
    { keys: contract.keys },
    {
      keys: {
        snapshot: () => nothing,
        refresh: () => nothing,
        detail: unused,
        exportRows: unused,
        ...handlers,
      },
    },
    { onDefect: (_, error) => expect.unreachable(String(error)) },
  );
  const { client } = createLocalClient({ keys: contract.keys }, dispatcher);
  const shows: (() => void)[] = [];
  const store = createKeysStore({
    client,
    now: () => Date.parse(exampleNow),
    schedule: (show) => shows.push(show),
    idle: () => Promise.resolve(),
  });
  return { store, shows };
}

function ids(rows: ReadonlyMap<string, KeyRow>): string[] {
  return [...rows.keys()].sort();
}

describe('the window’s inventory', () => {
  it('shows the first part of the snapshot at once, and gathers the rest', async () => {
    const rows = exampleRows(6);
    let sent = () => {};
    const parts = new Promise<void>((resolve) => (sent = resolve));
    const { store, shows } = open({
      snapshot: async (_, { progress, signal }) => {
        progress({ kind: 'rows', rows: rows.slice(0, 2) });
        progress({ kind: 'rows', rows: rows.slice(2, 4) });
        progress({ kind: 'rows', rows: rows.slice(4) });
        sent();
        return new Promise((_resolve, reject) => signal.addEventListener('abort', reject));
      },
    });
    void store.getState().open();
    await parts;
    expect(store.getState().rows.size).toBe(2);
    expect(shows).toHaveLength(1);
    shows[0]?.();
    expect(store.getState().rows.size).toBe(6);
    store.getState().cancel();
  });

  it('replaces a row in place and leaves the objects of the others as they are', async () => {
    const [kept, changed] = exampleRows(2) as [KeyRow, KeyRow];
    const fresh: KeyRow = { ...changed, aliases: { status: 'known', value: [], asOf: exampleNow } };
    const { store } = open({
      snapshot: (_, { progress }) => {
        progress({ kind: 'rows', rows: [kept, changed] });
        return { scopes: [], total: 2 };
      },
      refresh: (_, { progress }) => {
        progress({ kind: 'rows', rows: [fresh] });
        return nothing;
      },
    });
    const seen: KeyRow[] = [];
    store.subscribe(({ rows }) => {
      const row = rows.get(keyRefString(kept));
      if (row && row !== seen.at(-1)) seen.push(row);
    });
    await store.getState().refresh([]);
    expect(store.getState().rows.get(keyRefString(changed))).toEqual(fresh);
    await store.getState().open();
    expect(seen).toHaveLength(1);
  });

  it('drops a key that a complete Region no longer has, and keeps those of a failed Region', async () => {
    const here = exampleRow({ keyId: 'here' });
    const lost = exampleRow({ keyId: 'lost' });
    const elsewhere = exampleRow({ keyId: 'old', region: 'eu-west-1' });
    const outside = exampleRow({ keyId: 'outside', region: 'us-east-1' });
    const { store } = open({
      snapshot: (_, { progress }) => {
        progress({ kind: 'rows', rows: [here, lost, elsewhere, outside] });
        return { scopes: [scope], total: 4 };
      },
      refresh: (_, { progress }) => {
        progress({ kind: 'rows', rows: [here] });
        return { scopes: [scope, { ...scope, region: 'eu-west-1', state: 'failed' }], total: 2 };
      },
    });
    await store.getState().open();
    expect(ids(store.getState().rows)).toEqual([here, elsewhere].map(keyRefString).sort());
  });

  it('keeps what lies outside when only one Region is read anew', async () => {
    const here = exampleRow();
    const elsewhere = exampleRow({ keyId: 'other', region: 'eu-west-1' });
    const { store } = open({
      snapshot: (_, { progress }) => {
        progress({ kind: 'rows', rows: [here, elsewhere] });
        return { scopes: [scope, { ...scope, region: 'eu-west-1' }], total: 2 };
      },
      refresh: ({ only }, { progress }) => {
        progress({ kind: 'rows', rows: only ? [here] : [here, elsewhere] });
        const all = [scope, { ...scope, region: 'eu-west-1' }];
        return { scopes: only ? [scope] : all, total: 2 };
      },
    });
    await store.getState().open();
    await store.getState().refresh([{ connection: 'practice', region: 'eu-central-1' }]);
    expect(store.getState().rows.size).toBe(2);
    expect(store.getState().scopes).toHaveLength(2);
  });

  it('says why a refresh failed and keeps the rows of the snapshot', async () => {
    const { store } = open({
      snapshot: (_, { progress }) => {
        progress({ kind: 'rows', rows: [exampleRow()] });
        return { scopes: [scope], total: 1, asOf: exampleNow };
      },
      refresh: () => {
        throw new AppError('expired-credentials', 'The session has expired. Log in again.');
      },
    });
    await store.getState().open();
    const { error, rows, asOf, progress } = store.getState();
    expect(error?.code).toBe('expired-credentials');
    expect(rows.size).toBe(1);
    expect(asOf).toBe(exampleNow);
    expect(progress).toBeUndefined();
  });

  it('stops when told so, without calling it an error', async () => {
    let began = () => {};
    const running = new Promise<void>((resolve) => (began = resolve));
    const { store } = open({
      refresh: (_, { progress, signal }) => {
        progress({ kind: 'scope', scope: { ...scope, state: 'running' } });
        progress({ kind: 'count', done: 3, expected: 9, remainingSeconds: 2 });
        began();
        return new Promise((_resolve, reject) => signal.addEventListener('abort', reject));
      },
    });
    const refreshed = store.getState().refresh();
    await running;
    expect(store.getState().progress).toEqual({ done: 3, expected: 9, remainingSeconds: 2 });
    store.getState().cancel();
    await refreshed;
    const { error, progress, scopes } = store.getState();
    expect(error).toBeUndefined();
    expect(progress).toBeUndefined();
    expect(scopes.map(({ state }) => state)).toEqual(['cancelled']);
  });

  it('reads anew when the operator has chosen other Regions, and only then', async () => {
    let opened = 0;
    const { store } = open({
      snapshot: () => {
        opened += 1;
        return nothing;
      },
    });
    const { followScope } = store.getState();
    followScope(undefined); // the accounts are not known yet
    followScope('practice: eu-central-1');
    followScope('practice: eu-central-1');
    expect(opened).toBe(1);
    followScope('practice: eu-central-1 eu-west-1');
    expect(opened).toBe(2);
    store.getState().cancel();
  });

  it('takes the present of an account from the account’s own clock', async () => {
    const ahead = '2027-02-18T12:00:00.000Z';
    const { store } = open({
      refresh: () => ({ scopes: [{ ...scope, asOf: ahead }], total: 0 }),
    });
    await store.getState().refresh();
    const now = Date.parse(exampleNow);
    expect(accountNow(store.getState(), 'practice', now).toISOString()).toBe(ahead);
    expect(accountNow(store.getState(), 'profile:prod', now).toISOString()).toBe(exampleNow);
  });

  it('is old once the practice account’s clock was moved, until all of it is read anew', async () => {
    const row = exampleRow({ connection: 'practice' });
    const complete = { ...scope, connection: 'practice' };
    const { store } = open({
      refresh: (_, { progress }) => {
        progress({ kind: 'rows', rows: [row] });
        return { scopes: [complete], total: 1, asOf: exampleNow };
      },
    });
    store.getState().practiceChanged('clock', '2030-01-01T00:00:00Z');
    expect(store.getState().outdated).toBeUndefined(); // nothing is shown that could be old
    await store.getState().open();
    store.getState().practiceChanged('clock', '2030-01-01T00:00:00Z');
    expect(store.getState().outdated).toBe('clock');
    const nowMs = Date.parse(exampleNow);
    expect(accountNow(store.getState(), 'practice', nowMs).toISOString()).toBe(
      '2030-01-01T00:00:00.000Z',
    );
    await store.getState().refresh([{ connection: 'practice', region: complete.region }]);
    expect(store.getState().outdated).toBe('clock');
    await store.getState().refresh();
    expect(store.getState().outdated).toBeUndefined();
  });

  it('stays old where the account changes again while it is being read', async () => {
    const complete = { ...scope, connection: 'practice' };
    let finish = () => {};
    const { store } = open({
      refresh: () =>
        new Promise((resolve) => {
          finish = () => resolve({ scopes: [complete], total: 0, asOf: exampleNow });
        }),
    });
    const opened = store.getState().open();
    await expect.poll(() => store.getState().progress).toBeDefined();
    finish();
    await opened;
    const reading = store.getState().refresh();
    await Promise.resolve();
    store.getState().practiceChanged('reset', exampleNow);
    await expect.poll(() => store.getState().progress).toBeDefined();
    finish();
    await reading;
    expect(store.getState().outdated).toBe('reset');
  });
});
