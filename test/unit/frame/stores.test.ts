import { expect, test } from 'vitest';
import { createAccountsStore } from '../../../renderer/accounts/store';
import { createJournalStore } from '../../../renderer/journal/store';
import { createSessionStore } from '../../../renderer/app/session';
import { createSettingsStore } from '../../../renderer/settings/store';
import { createDispatcher } from '../../../electron/ipc/dispatcher';
import { createLocalClient } from '../../../electron/ipc/local';
import { contract, type ClavigerClient, type ClavigerHandlers } from '../../../shared/contract';
import type { Connection } from '../../../shared/contract/accounts';
import type { JournalEntry } from '../../../shared/contract/journal';
import { settingsSchema } from '../../../shared/contract/settings';
import { AppError } from '../../../shared/model/errors';

/** A client over the real dispatcher and contract; what a test does not name is refused. */
function clientOf(handlers: {
  [F in keyof ClavigerHandlers]?: Partial<ClavigerHandlers[F]>;
}): ClavigerClient {
  const refuse = () => {
    throw new AppError('unsupported', 'Not in this test.');
  };
  const all = Object.fromEntries(
    Object.entries(contract).map(([feature, methods]) => [
      feature,
      {
        ...Object.fromEntries(Object.keys(methods).map((name) => [name, refuse])),
        ...handlers[feature as keyof ClavigerHandlers],
      },
    ]),
  ) as unknown as ClavigerHandlers;
  const dispatcher = createDispatcher(contract, all, {
    onDefect: (method, error) => {
      throw new Error(`${method} failed`, { cause: error });
    },
  });
  return createLocalClient(contract, dispatcher).client;
}

const entry = (seq: number): JournalEntry => ({
  seq,
  at: '2026-11-23T15:00:00Z',
  operator: 'jane',
  kind: 'action',
  what: 'keys.refresh',
  facts: {},
  outcome: 'ok',
  previousHash: '0'.repeat(64),
  hash: '1'.repeat(64),
});

/** A journal of `length` entries, which grows when a test says so. */
function journalOf(length: { value: number }) {
  return clientOf({
    journal: {
      list: ({ before = Infinity, limit }) => {
        const top = Math.min(before - 1, length.value);
        const size = Math.max(0, Math.min(limit, top));
        return {
          entries: Array.from({ length: size }, (_, index) => entry(top - index)),
          total: length.value,
        };
      },
    },
  });
}

test('a setting shows at once and is kept', async () => {
  let kept = settingsSchema.parse({});
  const store = createSettingsStore(
    clientOf({
      settings: {
        get: () => kept,
        set: (patch) => (kept = settingsSchema.parse({ ...kept, ...patch })),
      },
    }),
  );
  const done = store.getState().update({ theme: 'dark' });
  expect(store.getState().values.theme).toBe('dark');
  await done;
  expect(kept.theme).toBe('dark');
});

test('changing one setting leaves the others as they are', async () => {
  let kept = settingsSchema.parse({ theme: 'dark', quotaPercent: 25 });
  const store = createSettingsStore(
    clientOf({
      settings: {
        get: () => kept,
        set: (patch) => (kept = settingsSchema.parse({ ...kept, ...patch })),
      },
    }),
  );
  await store.getState().load();
  await store.getState().update({ density: 'comfortable' });
  expect(kept).toMatchObject({ theme: 'dark', quotaPercent: 25, density: 'comfortable' });
});

test('a setting that cannot be kept is taken back and says why', async () => {
  const store = createSettingsStore(
    clientOf({
      settings: {
        set: () => {
          throw new AppError('disk-full', 'There is no space left.');
        },
      },
    }),
  );
  await store.getState().update({ density: 'comfortable' });
  expect(store.getState().values.density).toBe('compact');
  expect(store.getState().error?.code).toBe('disk-full');
});

test('older entries join the newer ones without a gap or a double', async () => {
  const length = { value: 450 };
  const store = createJournalStore(journalOf(length));
  await store.getState().loadNewest();
  await store.getState().loadOlder();
  await store.getState().loadOlder();
  expect(store.getState().entries.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 450 }, (_, index) => 450 - index),
  );
});

test('new entries keep what is loaded where they meet it, and drop it where there is a gap', async () => {
  const length = { value: 450 };
  const store = createJournalStore(journalOf(length));
  await store.getState().loadNewest();
  length.value = 460;
  await store.getState().loadNewest();
  expect(store.getState().entries).toHaveLength(210);
  length.value = 900;
  await store.getState().loadNewest();
  expect(store.getState().entries.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 200 }, (_, index) => 900 - index),
  );
});

test('a verification that is stopped says nothing of the chain', async () => {
  const store = createJournalStore(
    clientOf({
      journal: {
        verify: (_input, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
          }),
      },
    }),
  );
  const done = store.getState().verify();
  expect(store.getState().verifying).toBeDefined();
  store.getState().cancelVerify();
  await done;
  expect(store.getState()).toMatchObject({
    verifying: undefined,
    verified: undefined,
    verifyError: undefined,
  });
});

const connection = (id: string, more: Partial<Connection> = {}): Connection => ({
  id,
  kind: 'profile',
  name: id,
  source: 'static',
  chosen: false,
  regions: [],
  ...more,
});

function accountsOf(connections: Connection[]) {
  const asked: string[] = [];
  const client = clientOf({
    accounts: {
      list: () => ({ connections, problems: [], configFiles: [] }),
      identify: ({ connection: id }) => {
        asked.push(id);
        if (id === 'denied') throw new AppError('expired-credentials', 'Log in again.');
        return { connection: id, accountId: '1', arn: 'a', userId: 'u', asOf: 'now' };
      },
      choose: ({ chosen }) => {
        for (const [index, { id }] of connections.entries()) {
          const choice = chosen.find((one) => one.connection === id);
          connections[index] = connection(id, {
            chosen: Boolean(choice),
            regions: choice?.regions ?? [],
          });
        }
      },
    },
  });
  return { store: createAccountsStore(client), asked };
}

test('only chosen connections without a problem are identified unasked, and once', async () => {
  const { store, asked } = accountsOf([
    connection('prod', { chosen: true, regions: ['eu-west-1'] }),
    connection('other'),
    connection('broken', {
      chosen: true,
      problem: { code: 'no-credentials', message: 'Incomplete.' },
    }),
  ]);
  await store.getState().load();
  await store.getState().load();
  expect(asked).toEqual(['prod']);
});

test('an identity that fails keeps its reason', async () => {
  const { store } = accountsOf([connection('denied', { chosen: true, regions: ['x'] })]);
  await store.getState().load();
  expect(store.getState().identities['denied']).toMatchObject({
    status: 'failed',
    error: { code: 'expired-credentials' },
  });
});

test('choosing one connection leaves the others as they are', async () => {
  const { store } = accountsOf([
    connection('a', { chosen: true, regions: ['eu-west-1'] }),
    connection('b'),
  ]);
  await store.getState().load();
  await store.getState().choose('b', ['us-east-1']);
  expect(store.getState().connections.map(({ id, regions }) => [id, regions])).toEqual([
    ['a', ['eu-west-1']],
    ['b', ['us-east-1']],
  ]);
  await store.getState().choose('a', []);
  expect(store.getState().connections.filter(({ chosen }) => chosen)).toHaveLength(1);
});

test('an MFA prompt is answered once and leaves when main settles it', async () => {
  const answers: unknown[] = [];
  const store = createSessionStore(
    clientOf({ accounts: { answerMfa: (answer) => void answers.push(answer) } }),
  );
  const prompt = (promptId: string) => ({
    kind: 'mfa-needed' as const,
    promptId,
    connection: 'profile:a',
    connectionName: 'a',
    serial: 'arn:aws:iam::1:mfa/a',
  });
  const { askMfa, answerMfa, settleMfa } = store.getState();
  askMfa(prompt('1'));
  askMfa(prompt('1'));
  askMfa(prompt('2'));
  expect(store.getState().mfaPrompts).toHaveLength(2);
  await answerMfa('1', '123456');
  expect(answers).toEqual([{ promptId: '1', code: '123456' }]);
  settleMfa('2');
  expect(store.getState().mfaPrompts).toEqual([]);
});
