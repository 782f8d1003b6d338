import { once } from 'node:events';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DisableKeyCommand, ListKeysCommand } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import type { AppEvent } from '../../../shared/contract/app';
import { keyRefString } from '../../../shared/model/key';
import { openForTest } from './openForTest';

describe('the services', () => {
  it('open at once, and answer what needs no account', async () => {
    const { client, dataDir } = await openForTest();
    expect(await client.app.info()).toMatchObject({
      version: '0.0.0-test',
      dataDir,
      realAccountsAllowed: true,
      notices: [],
      // Nobody is said to be reminded by a system that shows nothing.
      notifications: false,
    });
    expect(await client.app.tryNotification()).toEqual({ sent: false });
    expect(await client.keys.snapshot()).toEqual({ scopes: [], total: 0 });
    expect((await client.accounts.list()).connections).toEqual([]);
  });

  it('put every action on record, with its input, and what only looks on none', async () => {
    const { client } = await openForTest();
    await client.settings.set({ theme: 'dark' });
    await client.settings.get();
    await client.accounts
      .choose({
        chosen: [{ connection: 'profile:nobody', regions: ['eu-west-1'] }],
      })
      .catch(() => {});
    const { entries } = await client.journal.list({ limit: 10 });
    expect(entries.map(({ kind, what }) => `${kind} ${what}`)).toEqual([
      'action accounts.choose',
      'action settings.set',
    ]);
    expect(entries[0]?.facts).toMatchObject({ 'chosen.0.connection': 'profile:nobody' });
    expect(entries[1]).toMatchObject({ outcome: 'ok', facts: { theme: 'dark' } });
    expect(await client.journal.verify()).toMatchObject({ ok: true, entries: 2 });
  });

  it('put failed and cancelled actions on record as such', async () => {
    const { client } = await openForTest({
      host: {
        saveFile: () => Promise.reject(new Error('/home/alice CANARY')),
        pickPaths: () => Promise.reject(new Error('/home/alice CANARY')),
        printPage: () => Promise.reject(new Error('/home/alice CANARY')),
        copyText: () => {},
        openExternal: () => {},
      },
    });
    await expect(
      client.keys.exportRows({
        format: 'csv',
        query: { search: '', filters: {}, sort: [] },
        columns: [],
      }),
    ).rejects.toMatchObject({ code: 'internal' });
    const { entries } = await client.journal.list({ limit: 1 });
    expect(entries[0]).toMatchObject({
      what: 'keys.exportRows',
      outcome: 'failed',
      error: 'internal',
    });
    expect(JSON.stringify(entries)).not.toContain('CANARY');
  });

  it('tell every watching window what happens, until it leaves', async () => {
    const { client, services } = await openForTest();
    const first: AppEvent[] = [];
    const second: AppEvent[] = [];
    const leave = new AbortController();
    const watching = client.app.watch(undefined, {
      signal: leave.signal,
      onProgress: (event) => first.push(event),
    });
    void client.app.watch(undefined, { onProgress: (event) => second.push(event) }).catch(() => {});
    await client.settings.set({ density: 'comfortable' });
    leave.abort();
    await expect(watching).rejects.toMatchObject({ code: 'cancelled' });
    services.emit({ kind: 'navigate', hash: '#/keys' });
    expect(first).toEqual([{ kind: 'journal-appended', seq: 1 }]);
    expect(second).toEqual([...first, { kind: 'navigate', hash: '#/keys' }]);
  });

  it('ask an open MFA question again of a window that was loaded anew', async () => {
    const { client, services } = await openForTest();
    const question = {
      kind: 'mfa-needed',
      promptId: 'p1',
      connection: 'profile:x',
      connectionName: 'x',
      serial: 's',
    } as const;
    services.emit(question);
    const seen: AppEvent[] = [];
    void client.app.watch(undefined, { onProgress: (event) => seen.push(event) }).catch(() => {});
    await client.app.info();
    expect(seen).toEqual([question]);
    services.emit({ kind: 'mfa-settled', promptId: 'p1' });
    const later: AppEvent[] = [];
    void client.app.watch(undefined, { onProgress: (event) => later.push(event) }).catch(() => {});
    await client.app.info();
    expect(later).toEqual([]);
  });

  it('record the start of a window, and the repair of a database, and say so', async () => {
    const runtime = { kind: 'official', electron: '45.4.1', node: '24.0.0' } as const;
    const { dataDir, close } = await openForTest({ runtime });
    await close();
    writeFileSync(join(dataDir, 'claviger.db'), 'rubbish');
    const again = await openForTest({ dataDir, runtime });
    const { notices } = await again.client.app.info();
    expect(notices).toEqual([expect.stringMatching(/^The database was damaged/)]);
    const { entries } = await again.client.journal.list({ limit: 10 });
    expect(entries.map(({ what }) => what)).toContain('program.repair');
    expect(entries[0]).toMatchObject({ what: 'program.start', facts: { electron: '45.4.1' } });
  });

  it('make a backup in the background', async () => {
    const { dataDir, close } = await openForTest();
    await close();
    expect(readdirSync(join(dataDir, 'backups'))).toHaveLength(1);
  });
});

describe('with the practice account', () => {
  it('read, write and record it, over the same calls as the window', async () => {
    const { client, services, logged } = await openForTest({ practice: true });
    await client.settings.set({ quotaPercent: 100 });
    const identity = await client.accounts.identify({ connection: 'practice' });
    expect(identity).toMatchObject({ accountId: '111122223333' });
    const rows: string[] = [];
    const summary = await client.keys.refresh(
      {},
      {
        onProgress: (part) => {
          if (part.kind === 'rows') rows.push(...part.rows.map(keyRefString));
        },
      },
    );
    expect(summary.total).toBeGreaterThan(10);
    expect(new Set(rows).size).toBe(summary.total);
    expect(summary.scopes.map(({ state }) => state)).toEqual(['complete', 'complete', 'complete']);

    const target = { connection: 'practice', region: 'eu-central-1' };
    const { output } = await services.gateway.send(target, new ListKeysCommand({}));
    await services.gateway
      .send(target, new DisableKeyCommand({ KeyId: output.Keys?.[0]?.KeyId }))
      .catch(() => {});
    const { entries } = await client.journal.list({ limit: 2 });
    expect(entries.map(({ what, outcome }) => `${what} ${outcome}`)[1]).toBe(
      'kms:DisableKey started',
    );
    expect(entries[0]).toMatchObject({ kind: 'aws-write', principal: identity.arn });
    expect(entries[0]?.requestId).toMatch(/./);
    expect(logged.join('\n')).not.toMatch(/^error/m);
  });

  it('never let its secret key into replies, journal, log, export or database', async () => {
    const { client, dataDir, logged, saved, close } = await openForTest({ practice: true });
    await client.settings.set({ quotaPercent: 100 });
    const replies: unknown[] = [];
    replies.push(await client.accounts.list());
    replies.push(await client.accounts.identify({ connection: 'practice' }));
    const onProgress = (part: unknown) => replies.push(part);
    replies.push(await client.keys.refresh({}, { onProgress }));
    const query = { search: '', filters: {}, sort: [] };
    replies.push(await client.keys.exportRows({ format: 'json', query, columns: [] }));
    replies.push(await client.journal.list({ limit: 100 }), await client.app.info());

    const address = readFileSync(join(dataDir, 'practice', 'address.json'), 'utf8');
    expect(statSync(join(dataDir, 'practice', 'address.json')).mode & 0o777).toBe(0o600);
    const { secretAccessKey } = JSON.parse(address) as { secretAccessKey: string };
    await close();
    const database = readFileSync(join(dataDir, 'claviger.db'), 'latin1');
    const everything = JSON.stringify([replies, logged, saved]) + database;
    expect(secretAccessKey.length).toBeGreaterThan(10);
    expect(everything).not.toContain(secretAccessKey);
  });

  it('is shared by two programs on one folder, and outlives neither', async () => {
    const first = await openForTest({ practice: true });
    const second = await openForTest({ practice: true, dataDir: first.dataDir });
    const who = { connection: 'practice' };
    await second.client.settings.set({ quotaPercent: 100 });
    const [one, two] = await Promise.all([
      first.client.accounts.identify(who),
      second.client.accounts.identify(who),
    ]);
    expect(two.arn).toBe(one.arn);
    expect((await second.services.connections.now('practice')).getTime()).toBeGreaterThan(0);

    // The one that runs the account waits for the other, whichever it is.
    const closing = first.close();
    expect((await second.client.keys.refresh({})).total).toBeGreaterThan(10);
    await second.close();
    await closing;
    const third = await openForTest({ practice: true, dataDir: first.dataDir });
    expect((await third.client.accounts.identify(who)).arn).toBe(one.arn);
  });

  it('says why, in every call that needs it, where it cannot start', async () => {
    const { dataDir, close } = await openForTest();
    await close();
    writeFileSync(join(dataDir, 'practice'), 'a file in the way');
    const { client } = await openForTest({ practice: true, dataDir });
    await expect(client.accounts.identify({ connection: 'practice' })).rejects.toMatchObject({
      code: 'file-failed',
    });
    expect(await client.settings.get()).toMatchObject({ theme: 'system' });
  });
});

describe('closing', () => {
  it('ends calls that run', async () => {
    const { client, services, close } = await openForTest();
    const abort = new AbortController();
    const watching = client.app.watch(undefined, { signal: abort.signal });
    const aborted = once(abort.signal, 'abort');
    await close();
    expect(() => services.store.db.exec('SELECT 1')).toThrow();
    abort.abort();
    await aborted;
    await expect(watching).rejects.toMatchObject({ code: 'cancelled' });
  });
});
