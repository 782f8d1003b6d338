import { describe, expect, it } from 'vitest';
import { createDispatcher } from '../../../../electron/ipc/dispatcher';
import { createLocalClient } from '../../../../electron/ipc/local';
import { createTlsStore } from '../../../../renderer/tls/store';
import type { FeatureHandlers } from '../../../../shared/contract/define';
import { contract } from '../../../../shared/contract/index';
import { AppError } from '../../../../shared/model/errors';
import { exampleRow, exampleScan } from './exampleScans';

type Handlers = FeatureHandlers<typeof contract.tls>;

/** The store over the real client and dispatcher; only what main would answer is made up. */
function open(handlers: Partial<Handlers>) {
  const unused = () => Promise.reject(new AppError('unsupported', 'not part of this test'));
  const all = Object.fromEntries(Object.keys(contract.tls).map((name) => [name, unused]));
  const dispatcher = createDispatcher(
    { tls: contract.tls },
    { tls: { ...all, ...handlers } as unknown as Handlers },
    { onDefect: (_, error) => expect.unreachable(String(error)) },
  );
  const { client } = createLocalClient({ tls: contract.tls }, dispatcher);
  const shows: (() => void)[] = [];
  const notes: string[] = [];
  const store = createTlsStore({
    client,
    schedule: (show) => shows.push(show),
    notify: ({ title }) => void notes.push(title),
  });
  return { store, shows, notes };
}

const listOf =
  (...hosts: string[]): Handlers['endpoints'] =>
  (_input, { progress }) => {
    for (const host of hosts) progress({ rows: [exampleRow(host)] });
    return { total: hosts.length };
  };

describe("the window's endpoints", () => {
  it('are read in parts and shown together', async () => {
    const { store } = open({ endpoints: listOf('a', 'b') });
    expect(store.getState().phase).toBe('waiting');
    await store.getState().load();
    expect(store.getState().phase).toBe('ready');
    expect([...store.getState().rows.keys()]).toEqual(['a', 'b']);
  });

  it('keep what is shown where reading them again fails, and say so', async () => {
    let fails = false;
    const { store } = open({
      endpoints: (input, context) => {
        if (fails) throw new AppError('store-corrupt', 'The database cannot be read.');
        return listOf('a')(input, context);
      },
    });
    await store.getState().load();
    fails = true;
    await store.getState().load();
    expect(store.getState().error?.message).toBe('The database cannot be read.');
    expect([...store.getState().rows.keys()]).toEqual(['a']);
  });

  it('gather the rows of a scan, and leave the others as they are', async () => {
    let go = () => {};
    const wait = new Promise<void>((resolve) => (go = resolve));
    const { store, shows, notes } = open({
      endpoints: listOf('a', 'b', 'c'),
      scan: async (_input, { progress }) => {
        progress({ kind: 'count', done: 0, expected: 2, running: ['a', 'b'] });
        for (const host of ['a', 'b']) {
          progress({ kind: 'row', row: exampleRow(host, [{ grade: 'F' }]) });
        }
        progress({ kind: 'count', done: 1, expected: 2, running: ['b'] });
        await wait;
        return { scanned: 2, unreachable: 0, ms: 1500 };
      },
    });
    await store.getState().load();
    const before = store.getState().rows;
    const scanning = store.getState().startScan(['a', 'b']);
    await expect.poll(() => store.getState().scan?.running).toEqual(['b']);
    expect(store.getState().rows).toBe(before);
    expect(shows).toHaveLength(1);
    shows[0]?.();
    expect(store.getState().rows.get('a')?.last[0]?.grade).toBe('F');
    expect(store.getState().rows.get('c')).toBe(before.get('c'));
    go();
    await scanning;
    expect(store.getState().scan).toBeUndefined();
    expect(notes).toEqual(['Scan finished']);
  });

  it('keep what a stopped scan had ended, without an error', async () => {
    const { store, notes } = open({
      endpoints: listOf('a', 'b'),
      scan: (_input, { progress, signal }) => {
        progress({ kind: 'row', row: exampleRow('a', [{ grade: 'C' }]) });
        progress({ kind: 'count', done: 1, expected: 2, running: ['b'] });
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new AppError('cancelled', 'Cancelled.')));
        });
      },
    });
    await store.getState().load();
    const scanning = store.getState().startScan();
    await expect.poll(() => store.getState().scan?.done).toBe(1);
    store.getState().cancelScan();
    await scanning;
    expect(store.getState()).toMatchObject({ scan: undefined, scanError: undefined });
    expect(store.getState().rows.get('a')?.last[0]?.grade).toBe('C');
    expect(notes).toEqual(['Scan stopped']);
  });

  it('run one scan at a time', async () => {
    let scans = 0;
    let go = () => {};
    const wait = new Promise<void>((resolve) => (go = resolve));
    const { store } = open({
      scan: async () => {
        scans += 1;
        await wait;
        return { scanned: 0, unreachable: 0, ms: 1 };
      },
    });
    const first = store.getState().startScan();
    await store.getState().startScan();
    go();
    await first;
    expect(scans).toBe(1);
  });

  it('ask for a stored scan once, and again only where that failed', async () => {
    let asked = 0;
    const { store } = open({
      result: () => {
        asked += 1;
        if (asked === 1) throw new AppError('not-found', 'This scan is not stored any more.');
        return exampleScan();
      },
    });
    const { result } = store.getState();
    await expect(result(7)).rejects.toThrow('not stored');
    expect((await result(7)).grade.letter).toBe('B');
    await result(7);
    expect(asked).toBe(2);
  });

  it('are read again when main has scanned on schedule, if they were shown', async () => {
    let reads = 0;
    const { store } = open({
      endpoints: (input, context) => {
        reads += 1;
        return listOf('a')(input, context);
      },
    });
    store.getState().scannedBySchedule();
    expect(reads).toBe(0);
    await store.getState().load();
    store.getState().scannedBySchedule();
    await expect.poll(() => reads).toBe(2);
  });

  it('leave the list only when main has removed them', async () => {
    const { store, notes } = open({
      endpoints: listOf('a', 'b'),
      removeEndpoints: ({ ids }) => {
        if (ids.includes('b')) throw new AppError('disk-full', 'There is no space left.');
        return { removed: ids.length };
      },
    });
    await store.getState().load();
    expect(await store.getState().remove(['a'])).toBe(true);
    expect(await store.getState().remove(['b'])).toBe(false);
    expect([...store.getState().rows.keys()]).toEqual(['b']);
    expect(notes).toEqual(['1 endpoint removed', 'Not removed']);
  });
});
