import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Beside } from '../../../electron/beside';
import { serveTable } from '../../../electron/events/serveTable';
import { startTable } from '../../../electron/events/startTable';
import { eventQuerySchema } from '../../../shared/model/events/query';
import { temporaryFolder } from '../../unit/store/temporaryFolder';

const page = { query: eventQuerySchema.parse({}), offset: 0, limit: 10 };
const bundle = new URL('file:///events-worker.js');

/** Serves tables as a process would, on this loop; `kill` ends the one that runs. */
function processes() {
  const started: { path: string; kill: () => void; ended: boolean }[] = [];
  const start = (_bundle: URL, path: string): Beside => {
    let toServer: (message: unknown) => void = () => {};
    let toCaller: (message: unknown) => void = () => {};
    let onEnd: (error?: Error) => void = () => {};
    const self = {
      path,
      ended: false,
      kill() {
        if (self.ended) return;
        self.ended = true;
        setImmediate(() => onEnd());
      },
    };
    started.push(self);
    const unlessEnded = (send: () => void) => setImmediate(() => !self.ended && send());
    serveTable(
      {
        post: (message) => unlessEnded(() => toCaller(message)),
        onMessage: (listen) => (toServer = listen),
        close: () => self.kill(),
      },
      path,
    );
    return {
      post: (message) => unlessEnded(() => toServer(message)),
      onMessage: (listen) => (toCaller = listen),
      onEnd: (listen) => (onEnd = listen),
    };
  };
  return { started, start };
}

it('tells a call in a sentence that the process broke, and starts anew with the next one', async () => {
  const folder = temporaryFolder();
  const log = join(folder, 'log.json');
  writeFileSync(log, JSON.stringify({ Records: [record] }));
  const { started, start } = processes();
  const table = startTable(join(folder, 'events.db'), { bundle, start });
  expect(started).toHaveLength(0);
  expect(await table.client.importPaths({ paths: [log] })).toMatchObject({ added: 1 });

  const asked = table.client.page(page);
  started[0]?.kill();
  await expect(asked).rejects.toMatchObject({
    code: 'internal',
    message: expect.stringMatching(
      /ended unexpectedly.*Nothing that was stored is lost; try again/,
    ),
  });
  expect(await table.client.page(page)).toMatchObject({ total: 1 });
  expect(started).toHaveLength(2);

  // Nobody waits for what ends between two questions.
  started[1]?.kill();
  await nextTurn();
  expect(await table.client.page(page)).toMatchObject({ total: 1 });
  await table.close();
  expect(started.map(({ ended }) => ended)).toEqual([true, true, true]);
  await expect(table.client.page(page)).rejects.toMatchObject({ code: 'unreachable' });
});

it('says why a database cannot be opened, and opens it once it can', async () => {
  const path = join(temporaryFolder(), 'events.db');
  mkdirSync(path);
  const { started, start } = processes();
  const table = startTable(path, { bundle, start });
  await expect(table.client.page(page)).rejects.toMatchObject({ code: 'file-failed' });
  rmSync(path, { recursive: true });
  expect(await table.client.page(page)).toMatchObject({ total: 0 });
  expect(started).toHaveLength(1);
  await table.close();
});

it('starts nothing to be closed', async () => {
  const { started, start } = processes();
  const table = startTable(join(temporaryFolder(), 'events.db'), { bundle, start });
  await table.close();
  expect(started).toHaveLength(0);
});

const record = {
  eventVersion: '1.11',
  eventTime: '2026-11-01T10:00:00Z',
  eventSource: 'kms.amazonaws.com',
  eventName: 'Decrypt',
  awsRegion: 'eu-central-1',
  eventID: '00000000-0000-4000-8000-000000000001',
  eventType: 'AwsApiCall',
  recipientAccountId: '111122223333',
  userIdentity: { type: 'IAMUser', userName: 'ann' },
};
