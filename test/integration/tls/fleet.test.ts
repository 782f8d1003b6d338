import { once } from 'node:events';
import { copyFileSync, existsSync } from 'node:fs';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { join } from 'node:path';
import { createServer, type TlsOptions } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openEndpoints } from '../../../electron/tls/fleet/endpoints';
import { openScans } from '../../../electron/tls/fleet/scans';
import { openStore } from '../../../electron/store/index';
import type { ProgressOf } from '../../../shared/contract/define';
import type { tls as tlsContract } from '../../../shared/contract/tls';
import { endpointEditSchema, type EndpointRow } from '../../../shared/model/tls/fleet';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { openForTest, type Opened } from '../services/openForTest';
import { selfSigned } from './support/selfSigned';

type Progress = ProgressOf<typeof tlsContract.scan>;

async function listen(server: Server, port = 0): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

async function tlsServer(options: TlsOptions = {}, port = 0) {
  const server = createServer({ ...(await selfSigned()), ...options }, (socket) => {
    socket.on('error', () => {}).end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
  });
  server.on('tlsClientError', () => {});
  return { server, port: await listen(server, port) };
}

/** Takes connections and says nothing. */
const tarpit = () => listen(createTcpServer());

const at = (port: number, more: object = {}) =>
  endpointEditSchema.parse({ host: '127.0.0.1', port, ...more });

async function rowsOf({ client }: Opened): Promise<EndpointRow[]> {
  const rows: EndpointRow[] = [];
  await client.tls.endpoints(undefined, { onProgress: (part) => void rows.push(...part.rows) });
  return rows;
}

async function scan({ client }: Opened, ids?: string[]) {
  const progress: Progress[] = [];
  const onProgress = (value: Progress) => void progress.push(value);
  const ended = await client.tls.scan(ids ? { ids } : {}, { onProgress });
  return { ...ended, progress };
}

describe('the list of endpoints', () => {
  it('keeps what is added, changed and removed, each target once', async () => {
    const opened = await openForTest();
    const { tls } = opened.client;
    const added = await tls.saveEndpoint(at(443, { host: 'WWW.Example.com.', owner: 'Ops' }));
    expect(added).toMatchObject({ host: 'www.example.com', port: 443, owner: 'Ops' });
    const again = tls.saveEndpoint(at(443, { host: 'www.example.com', sni: 'www.example.com' }));
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
    const other = await tls.saveEndpoint(at(443, { host: 'www.example.com', sni: 'b.example' }));
    const changed = await tls.saveEndpoint({ ...at(8443, { name: 'Shop' }), id: added.id });
    expect(changed).toMatchObject({ id: added.id, name: 'Shop', createdAt: added.createdAt });
    expect((await rowsOf(opened)).map(({ endpoint }) => endpoint)).toEqual([changed, other]);
    expect(await tls.removeEndpoints({ ids: [other.id, 'unknown'] })).toEqual({ removed: 1 });
    const gone = tls.saveEndpoint({ ...at(1), id: other.id });
    await expect(gone).rejects.toMatchObject({ code: 'not-found' });
    await opened.close();
    const next = await openForTest({ dataDir: opened.dataDir });
    expect((await rowsOf(next)).map(({ endpoint }) => endpoint)).toEqual([changed]);
  });

  it.each([
    [{ host: '*.example.com' }, /wildcard/],
    [{ host: 'https://www.example.com' }, /no host name/],
    [{ host: '127.0.0.1', sni: '127.0.0.1' }, /not an address/],
  ])('refuses %j with a sentence', async (edit, message) => {
    const { client } = await openForTest();
    const saved = client.tls.saveEndpoint({ ...at(443), ...edit });
    await expect(saved).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(message),
    });
  });

  it('is filled by an import, which adds what is not there yet', async () => {
    const opened = await openForTest();
    const { tls } = opened.client;
    await tls.saveEndpoint(at(443, { host: 'a.example' }));
    const read = await tls.readImport({ text: 'a.example\nb.example:8443\n*.c.example' });
    expect(read).toMatchObject({ alreadyThere: 1, problems: [{ line: 3 }] });
    expect(await rowsOf(opened)).toHaveLength(1);
    const input = { endpoints: read.endpoints };
    expect(await tls.importEndpoints(input)).toEqual({ added: 1, alreadyThere: 1 });
    expect(await tls.importEndpoints(input)).toEqual({ added: 0, alreadyThere: 2 });
    const { entries } = await opened.client.journal.list({ limit: 10 });
    expect(entries.filter(({ what }) => what === 'tls.importEndpoints')).toHaveLength(2);
  });
});

describe('a scan', () => {
  it('tells its progress, stores each result, and is in the journal', async () => {
    const opened = await openForTest();
    const { tls } = opened.client;
    const { port } = await tlsServer({ maxVersion: 'TLSv1.2' });
    const { id } = await tls.saveEndpoint(at(port, { name: 'Shop' }));
    const { progress, ...ended } = await scan(opened);
    expect(ended).toMatchObject({ scanned: 1, unreachable: 0 });
    expect(progress[0]).toEqual({ kind: 'count', done: 0, expected: 1, running: [] });
    expect(progress).toContainEqual({ kind: 'count', done: 0, expected: 1, running: ['Shop'] });
    const rows = progress.flatMap((value) => (value.kind === 'row' ? value.row : []));
    expect(rows).toEqual(await rowsOf(opened));
    const summary = rows[0]?.last[0];
    expect(summary).toMatchObject({ reachable: true, address: '127.0.0.1' });
    expect(summary?.versions).toContainEqual({ version: 'TLS1.2', offered: 'yes' });
    expect(summary?.versions).toContainEqual({ version: 'TLS1.3', offered: 'no' });
    const result = await tls.result({ scan: summary?.scan ?? 0 });
    expect(result.endpoint).toEqual({
      host: '127.0.0.1',
      port,
      address: '127.0.0.1',
      sni: null,
    });
    expect(await tls.history({ id })).toEqual([{ ...summary, differences: [] }]);
    const { entries } = await opened.client.journal.list({ limit: 10 });
    expect(entries.find(({ what }) => what === 'tls.scan')).toMatchObject({
      kind: 'action',
      outcome: 'ok',
      facts: { 'result.scanned': 1, 'result.unreachable': 0 },
    });
    expect(opened.logged).toEqual([]);
  });

  it('shows what has changed since the one before', async () => {
    const opened = await openForTest();
    const { tls } = opened.client;
    const first = await tlsServer({ maxVersion: 'TLSv1.2' });
    const { id } = await tls.saveEndpoint(at(first.port));
    await scan(opened);
    first.server.close();
    // What changes while nobody can look is told as soon as somebody can.
    expect(await scan(opened)).toMatchObject({ unreachable: 1 });
    await tlsServer({ minVersion: 'TLSv1.3' }, first.port);
    await scan(opened, [id]);
    const [row] = await rowsOf(opened);
    expect(row?.differences.map(({ about }) => about)).toContain('protocol');
    const [newer, , older] = await tls.history({ id });
    expect(newer?.differences).toEqual(row?.differences);
    expect(older?.differences).toEqual([]);
    const compared = await tls.compare({ from: older?.scan ?? 0, to: newer?.scan ?? 0 });
    expect(newer?.differences).toEqual(expect.arrayContaining(compared));
    expect(compared.map(({ about }) => about)).toContain('protocol');
    const unknown = tls.compare({ from: 9999, to: newer?.scan ?? 0 });
    await expect(unknown).rejects.toMatchObject({ code: 'not-found' });
  });

  it('keeps no scans of another host when the target of an endpoint changes', async () => {
    const opened = await openForTest();
    const { port } = await tlsServer();
    const { id } = await opened.client.tls.saveEndpoint(at(port));
    await scan(opened);
    await opened.client.tls.saveEndpoint({ ...at(port, { name: 'Another name' }), id });
    expect((await rowsOf(opened))[0]?.last).toHaveLength(1);
    await opened.client.tls.saveEndpoint({ ...at(port === 1 ? 2 : 1), id });
    expect((await rowsOf(opened))[0]?.last).toEqual([]);
  });

  it('of what refuses is stored as not reached: no grade, nothing that would pass', async () => {
    const opened = await openForTest();
    const closed = createTcpServer();
    const port = await listen(closed);
    await new Promise((resolve) => closed.close(resolve));
    await opened.client.tls.saveEndpoint(at(port));
    expect(await scan(opened)).toMatchObject({ scanned: 1, unreachable: 1 });
    const [summary] = (await rowsOf(opened))[0]?.last ?? [];
    expect(summary).toMatchObject({ reachable: false, grade: null, postQuantum: 'unknown' });
    expect(summary?.unreachable).toMatch(/refused/);
    expect(summary?.versions.every(({ offered }) => offered === 'unknown')).toBe(true);
  });

  it('stops at once when cancelled, keeps what was done, and can run again', async () => {
    const opened = await openForTest();
    const { tls } = opened.client;
    const { port } = await tlsServer();
    const good = await tls.saveEndpoint(at(port));
    await tls.saveEndpoint(at(await tarpit()));
    const abort = new AbortController();
    const onProgress = (value: Progress) => {
      if (value.kind === 'row') abort.abort();
    };
    const run = tls.scan({}, { signal: abort.signal, onProgress });
    await expect(tls.scan({})).rejects.toMatchObject({ code: 'conflict' });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    const rows = await rowsOf(opened);
    expect(rows.map(({ last }) => last.length)).toEqual([1, 0]);
    expect(await scan(opened, [good.id])).toMatchObject({ scanned: 1, unreachable: 0 });
    const { entries } = await opened.client.journal.list({ limit: 20 });
    expect(
      entries.some(({ what, outcome }) => what === 'tls.scan' && outcome === 'cancelled'),
    ).toBe(true);
  });

  it('of an endpoint that is removed or changed meanwhile is not stored, and ends no other', async () => {
    const opened = await openForTest();
    const { tls } = opened.client;
    const { port } = await tlsServer();
    const [gone, changed, kept] = [
      await tls.saveEndpoint(at(port, { sni: 'gone.example' })),
      await tls.saveEndpoint(at(port, { sni: 'changed.example' })),
      await tls.saveEndpoint(at(port)),
    ];
    let edited: Promise<unknown> | undefined;
    const onProgress = (value: Progress) => {
      if (value.kind !== 'count' || value.running.length === 0) return;
      edited ??= Promise.all([
        tls.removeEndpoints({ ids: [gone.id] }),
        tls.saveEndpoint({ ...changed, sni: 'other.example' }),
      ]);
    };
    expect(await tls.scan({}, { onProgress })).toMatchObject({ scanned: 3 });
    await edited;
    const rows = await rowsOf(opened);
    expect(rows.map(({ endpoint, last }) => [endpoint.id, last.length])).toEqual([
      [changed.id, 0],
      [kept.id, 1],
    ]);
    expect(opened.logged).toEqual([]);
  });

  it('that was acknowledged is there after a crash, whole', async () => {
    const opened = await openForTest();
    const { port } = await tlsServer();
    for (let octet = 1; octet <= 12; octet++) {
      // The whole net 127/8 is this machine; the server listens on its first address only.
      await opened.client.tls.saveEndpoint(at(port, { host: `127.0.0.${octet}` }));
    }
    const acknowledged: string[] = [];
    const crashes: { folder: string; acknowledged: string[] }[] = [];
    await opened.client.tls.scan(
      {},
      {
        onProgress(value) {
          if (value.kind !== 'row') return;
          acknowledged.push(value.row.endpoint.id);
          const folder = temporaryFolder();
          // What a killed process leaves: its files as they stand.
          for (const name of ['claviger.db', 'claviger.db-wal']) {
            const file = join(opened.dataDir, name);
            if (existsSync(file)) copyFileSync(file, join(folder, name));
          }
          crashes.push({ folder, acknowledged: [...acknowledged] });
        },
      },
    );
    expect(crashes).toHaveLength(12);
    for (const crash of crashes) {
      const store = openStore({ dataDir: crash.folder, now: () => new Date() });
      expect(store.notices).toEqual([]);
      const endpoints = openEndpoints(store, () => new Date());
      const scans = openScans(store);
      for (const id of crash.acknowledged) {
        expect(scans.lastResults(endpoints.find(id)?.seq ?? -1)).toHaveLength(1);
      }
      store.close();
    }
  });
});

describe('beside the scans', () => {
  it('the last results are exported as JSON, CSV and SARIF', async () => {
    const opened = await openForTest();
    const { tls } = opened.client;
    const { port } = await tlsServer();
    await tls.saveEndpoint(at(port, { name: '=1+1' }));
    await scan(opened);
    for (const format of ['json', 'csv', 'sarif'] as const) {
      expect(await tls.exportResults({ format })).toMatchObject({ results: 1 });
    }
    const [json, csv, sarif] = opened.saved;
    expect(json?.name).toMatch(/^tls-scans-\d{4}-\d\d-\d\d\.json$/);
    expect(JSON.parse(json?.text ?? '')).toMatchObject({ results: [{ endpoint: { port } }] });
    expect(csv?.text).toContain(`'=1+1,127.0.0.1,${port}`);
    expect(JSON.parse(sarif?.text ?? '')).toMatchObject({ version: '2.1.0' });
  });

  it('a schedule is kept and says when it is next due', async () => {
    const { client } = await openForTest();
    const before = await client.tls.schedule();
    expect(before.every).toBe('never');
    const set = await client.tls.setSchedule({ ...before, every: 'week', keepDays: 30 });
    expect(Date.parse(set.nextAt ?? '')).toBeGreaterThan(Date.now() + 6 * 86_400_000);
    expect(await client.tls.schedule()).toEqual(set);
  });

  it('an own policy with mistakes is told and not kept', async () => {
    const { client } = await openForTest();
    expect(await client.tls.policyFile({})).toEqual({ text: '', problems: [] });
    const { problems } = await client.tls.policyFile({ set: 'bad: [' });
    expect(problems).not.toEqual([]);
    expect(await client.tls.policyFile({})).toEqual({ text: '', problems: [] });
  });
});
