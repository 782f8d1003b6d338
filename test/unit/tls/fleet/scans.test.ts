import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../../electron/store/index';
import { openEndpoints } from '../../../../electron/tls/fleet/endpoints';
import { openScans } from '../../../../electron/tls/fleet/scans';
import { createTls, type TlsOptions } from '../../../../electron/tls/index';
import { endpointEditSchema } from '../../../../shared/model/tls/fleet';
import { summarise } from '../../../../shared/model/tls/summary';
import { temporaryFolder } from '../../store/temporaryFolder';
import { exampleResult } from './exampleResult';

const noon = () => new Date('2026-11-24T12:00:00Z');

function open() {
  const store = openStore({ dataDir: temporaryFolder(), now: noon });
  onTestFinished(() => store.close());
  const endpoints = openEndpoints(store, noon);
  const scans = openScans(store);
  const add = (host: string) => {
    const { id } = endpoints.save(endpointEditSchema.parse({ host }));
    return endpoints.find(id)?.seq ?? -1;
  };
  const save = (seq: number, day: string, addresses = ['192.0.2.7']) =>
    scans.save(
      seq,
      addresses.map((address) => {
        const result = exampleResult({
          startedAt: `${day}T12:00:00.000Z`,
          endpoint: { host: 'a.example', port: 443, address, sni: null },
        });
        const { scan: _none, ...summary } = summarise(result, 0);
        return { result, summary, differences: [] };
      }),
    );
  return { store, endpoints, scans, add, save };
}

describe('stored scans', () => {
  it('of all addresses belong together: the last run is all of them', () => {
    const { scans, add, save } = open();
    const seq = add('a.example');
    save(seq, '2026-11-01', ['192.0.2.7', '192.0.2.8']);
    save(seq, '2026-11-02', ['192.0.2.8', '192.0.2.9']);
    expect(scans.last(seq).map(({ summary }) => summary.address)).toEqual([
      '192.0.2.8',
      '192.0.2.9',
    ]);
    expect(scans.history(seq, 3).map(({ summary }) => summary.at.slice(0, 10))).toEqual([
      '2026-11-02',
      '2026-11-02',
      '2026-11-01',
    ]);
    const newest = scans.history(seq, 1)[0]?.summary.scan ?? 0;
    expect(scans.result(newest)).toEqual(scans.lastResults(seq)[1]);
  });

  it('are removed by age, but for the last run of each endpoint', () => {
    const { scans, add, save } = open();
    const [old, busy] = [add('old.example'), add('busy.example')];
    save(old, '2025-01-01');
    for (const day of ['2025-01-01', '2025-06-01', '2026-11-01']) save(busy, day);
    expect(scans.removeBefore(new Date('2026-01-01T00:00:00Z'))).toBe(2);
    expect(scans.last(old)).toHaveLength(1);
    expect(scans.history(busy, 10)).toHaveLength(1);
  });

  it('go with their endpoint', () => {
    const { store, endpoints, add, save } = open();
    save(add('a.example'), '2026-11-01');
    endpoints.remove(endpoints.all().map(({ endpoint }) => endpoint.id));
    expect(store.db.prepare('SELECT COUNT(*) AS n FROM tls_scan').get()).toEqual({ n: 0 });
  });

  it('that cannot be read are told, and left out of lists', () => {
    const { store, scans, add, save } = open();
    const seq = add('a.example');
    save(seq, '2026-11-01');
    const scan = scans.last(seq)[0]?.summary.scan ?? 0;
    store.db.exec("UPDATE tls_scan SET result = x'00', summary = '{'");
    expect(scans.last(seq)).toEqual([]);
    expect(scans.lastResults(seq)).toEqual([]);
    expect(() => scans.result(scan)).toThrow(expect.objectContaining({ code: 'store-corrupt' }));
    expect(() => scans.result(scan + 1)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});

describe('a scan on schedule', () => {
  it('that fell due while the program was closed runs once, and the next is a period later', async () => {
    const { store, add, scans } = open();
    const seq = add('192.0.2.7');
    const values = new Map<string, unknown>([['tls.scheduledFrom', '2026-11-01T12:00:00.000Z']]);
    const none = () => Promise.reject(new Error('not asked'));
    const scanned: unknown[] = [];
    const options: TlsOptions = {
      store,
      values: {
        readValue: (name) => values.get(name),
        writeValue: (name, value) => void values.set(name, value),
      },
      gateway: { send: none, rateFor: () => 0 },
      connections: { chosen: none, find: none, identify: none, now: none },
      now: noon,
      version: '0.0.0',
      saveFile: none,
      practiceServers: () => Promise.resolve([]),
      onDefect: (error) => expect.fail(String(error)),
      openScanner: () =>
        Promise.resolve({
          scan: () => Promise.resolve(exampleResult()),
          close: () => Promise.resolve(),
        }),
    };
    const before = createTls(options);
    const { schedule, setSchedule } = before.handlers;
    const context = { signal: new AbortController().signal, progress: () => {} };
    const set = await setSchedule(
      { ...(await schedule(undefined, context)), every: 'week' },
      context,
    );
    expect(set.nextAt).toBe('2026-11-08T12:00:00.000Z');
    await before.close();

    const tls = createTls({
      ...options,
      scheduled: {
        graceMs: 0,
        onScanned: (result) => void scanned.push(result),
        onFailed: (error) => expect.fail(String(error)),
      },
    });
    await expect.poll(() => scanned.length).toBe(1);
    expect(scanned).toEqual([{ scanned: 1, unreachable: 0, ms: expect.any(Number) }]);
    expect(scans.last(seq)).toHaveLength(1);
    expect(await tls.handlers.schedule(undefined, context)).toMatchObject({
      nextAt: '2026-12-01T12:00:00.000Z',
    });
    await tls.close();
  });
});
