import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FindAddresses } from '../../../../electron/tls/fleet/addresses';
import { createFindAddresses } from '../../../../electron/tls/fleet/addresses';
import { scanFleet, type FleetOptions } from '../../../../electron/tls/fleet/run';
import type { ScanResult } from '../../../../shared/model/tls/result';

interface Ep {
  readonly endpoint: { readonly host: string; readonly port: number; readonly sni: null };
}
const ep = (host: string, port = 443): Ep => ({ endpoint: { host, port, sni: null } });
const resultOf = (address: string) => ({ endpoint: { address } }) as unknown as ScanResult;

/** A run whose scans end when the test says so. */
function startRun(endpoints: readonly Ep[], changes: Partial<FleetOptions<Ep>> = {}) {
  const abort = new AbortController();
  const open = new Map<string, { end: () => void; connections: number; pauseMs: number }>();
  const done: string[] = [];
  const defects: unknown[] = [];
  const options: FleetOptions<Ep> = {
    concurrency: 100,
    connectionsPerHost: 6,
    pauseMs: 0,
    signal: abort.signal,
    findAddresses: (host) => Promise.resolve({ addresses: [host] }),
    scan: (_entry, { address, port }, share, signal) =>
      new Promise((resolve, reject) => {
        const key = `${address}:${port}`;
        open.set(key, {
          ...share,
          end() {
            open.delete(key);
            resolve(resultOf(address));
          },
        });
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      }),
    onDefect: (error) => void defects.push(error),
    untried: (_endpoint, _target, why) => ({ unreachable: why }) as unknown as ScanResult,
    onDone: ({ endpoint: { host, port } }, results) =>
      void done.push(`${host}:${port} ${results.length}`),
    ...changes,
  };
  const ended = scanFleet(endpoints, options);
  ended.catch(() => {});
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (key: string) => {
    open.get(key)?.end();
    await settle();
  };
  return { abort, open, done, defects, ended, end, settle };
}

describe('a run over the fleet', () => {
  it('shares the connections of an address among the endpoints on it', async () => {
    const endpoints = [1, 2, 3, 4, 5, 6, 7, 8].map((port) => ep('10.0.0.1', port));
    const run = startRun(endpoints, { pauseMs: 10 });
    await run.settle();
    const total = () =>
      [...run.open.values()].reduce((sum, { connections }) => sum + connections, 0);
    expect(total()).toBe(6);
    for (let left = 8; left > 0; left--) {
      expect(total()).toBeLessThanOrEqual(6);
      await run.end([...run.open.keys()][0] ?? '');
    }
    await run.ended;
    expect(run.done).toHaveLength(8);
  });

  it('gives a lone endpoint all connections of its address, with the pause as it is', async () => {
    const run = startRun([ep('10.0.0.1')], { pauseMs: 10 });
    await run.settle();
    expect(run.open.get('10.0.0.1:443')).toMatchObject({ connections: 6, pauseMs: 10 });
    await run.end('10.0.0.1:443');
    await run.ended;
  });

  it('goes past a busy address to the next one', async () => {
    const run = startRun(
      [ep('10.0.0.1', 1), ep('10.0.0.1', 2), ep('10.0.0.1', 3), ep('10.0.0.2')],
      { connectionsPerHost: 1, concurrency: 2 },
    );
    await run.settle();
    expect([...run.open.keys()]).toEqual(['10.0.0.1:1', '10.0.0.2:443']);
    run.abort.abort();
  });

  it('lets another begin beside one that outlasts the patience', async () => {
    const run = startRun([ep('10.0.0.1'), ep('10.0.0.2'), ep('10.0.0.3')], {
      concurrency: 1,
      patienceMs: 1,
    });
    await expect.poll(() => run.open.size).toBe(3);
    for (const key of run.open.keys()) await run.end(key);
    await run.ended;
  });

  it('tells an endpoint when all its addresses are done, and not before', async () => {
    const findAddresses: FindAddresses = () =>
      Promise.resolve({ addresses: ['10.0.0.1', '2001:db8::1'] });
    const run = startRun([ep('www.example.com')], { findAddresses });
    await run.settle();
    await run.end('10.0.0.1:443');
    expect(run.done).toEqual([]);
    await run.end('2001:db8::1:443');
    expect(run.done).toEqual(['www.example.com:443 2']);
  });

  it('stops at once when cancelled and keeps what was done', async () => {
    const endpoints = Array.from({ length: 50 }, (_, n) => ep(`10.0.0.${n}`));
    const run = startRun(endpoints, { concurrency: 3 });
    await run.settle();
    await run.end('10.0.0.0:443');
    run.abort.abort(new Error('enough'));
    await expect(run.ended).rejects.toThrow('enough');
    expect(run.done).toEqual(['10.0.0.0:443 1']);
    expect(run.open.size).toBeLessThan(4);
  });

  it('goes on past a scan that breaks, which is no answer', async () => {
    const told: unknown[] = [];
    const run = startRun([ep('10.0.0.1'), ep('10.0.0.2')], {
      scan: ({ endpoint }) =>
        endpoint.host === '10.0.0.1'
          ? Promise.reject(new Error('a defect'))
          : Promise.resolve(resultOf(endpoint.host)),
      onDone: (_entry, results) => void told.push(results[0]),
    });
    await run.ended;
    expect(run.defects).toEqual([new Error('a defect')]);
    expect(told).toHaveLength(2);
    expect(told).toEqual(
      expect.arrayContaining([
        resultOf('10.0.0.2'),
        { unreachable: expect.stringContaining('inside Claviger') },
      ]),
    );
  });

  it('ends when what was done cannot be kept', async () => {
    const run = startRun([ep('10.0.0.1'), ep('10.0.0.2')], {
      onDone() {
        throw new Error('disk full');
      },
    });
    await run.settle();
    await run.end('10.0.0.2:443');
    await expect(run.ended).rejects.toThrow('disk full');
  });

  it('never has more connections to an address than allowed, whatever ends when', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ host: fc.constantFrom('a', 'b', 'c'), port: fc.nat(9) }), {
          minLength: 1,
          maxLength: 30,
        }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 8 }),
        fc.infiniteStream(fc.nat(1000)),
        async (targets, connectionsPerHost, concurrency, choices) => {
          const endpoints = targets.map(({ host }, index) => ep(host, index));
          const run = startRun(endpoints, { connectionsPerHost, concurrency });
          await run.settle();
          while (run.done.length < endpoints.length) {
            expect(run.open.size).toBeGreaterThan(0);
            expect(run.open.size).toBeLessThanOrEqual(concurrency);
            for (const name of ['a', 'b', 'c']) {
              const used = [...run.open]
                .filter(([key]) => key.startsWith(name))
                .reduce((sum, [, { connections }]) => sum + connections, 0);
              expect(used).toBeLessThanOrEqual(connectionsPerHost);
            }
            const keys = [...run.open.keys()];
            await run.end(keys[Number(choices.next().value) % keys.length] ?? '');
          }
          await run.ended;
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('the addresses of a name', () => {
  const { signal } = new AbortController();

  it('are asked for once, and each is there once', async () => {
    let asked = 0;
    const find = createFindAddresses(() => {
      asked++;
      return Promise.resolve([{ address: '10.0.0.1' }, { address: '10.0.0.1' }]);
    });
    expect(await find('a.example', signal)).toEqual({ addresses: ['10.0.0.1'] });
    expect(await find('a.example', signal)).toEqual({ addresses: ['10.0.0.1'] });
    expect(await find('2001:db8::1', signal)).toEqual({ addresses: ['2001:db8::1'] });
    expect(asked).toBe(1);
  });

  it('are not there for a name that nobody knows, and it says so', async () => {
    const find = createFindAddresses(() =>
      Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
    );
    expect(await find('a.example', signal)).toEqual({
      why: 'The name a.example has no address (ENOTFOUND).',
    });
  });

  it('are not waited for after a cancel', async () => {
    const abort = new AbortController();
    const find = createFindAddresses(() => new Promise(() => {}));
    const found = find('a.example', abort.signal);
    abort.abort(new Error('enough'));
    await expect(found).rejects.toThrow('enough');
  });
});
