import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClavigerClient } from '../../shared/contract';
import type { Connection, Identity } from '../../shared/contract/accounts';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';

/** What is known of who a connection is. */
export type IdentityState =
  | { readonly status: 'asking' }
  | { readonly status: 'known'; readonly identity: Identity }
  | { readonly status: 'failed'; readonly error: ErrorInfo };

export interface AccountsState {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly error: ErrorInfo | undefined;
  readonly connections: readonly Connection[];
  /** What is wrong with the config files. */
  readonly problems: readonly string[];
  readonly configFiles: readonly string[];
  /** By connection id. */
  readonly identities: Readonly<Record<string, IdentityState>>;
  /** Reads the config files anew; asks AWS who the chosen connections are, once each. */
  readonly load: () => Promise<void>;
  readonly identify: (connection: string) => Promise<void>;
  /** Takes a connection into the inventory, with these Regions, or (with none) out of it. */
  readonly choose: (
    connection: string,
    regions: readonly string[],
  ) => Promise<ErrorInfo | undefined>;
}

export type AccountsStore = StoreApi<AccountsState>;

/** Makes the store of connections: which there are, which are chosen, who they are. */
export function createAccountsStore(client: ClavigerClient): AccountsStore {
  return createStore<AccountsState>((set, get) => {
    const setIdentity = (connection: string, state: IdentityState) =>
      set({ identities: { ...get().identities, [connection]: state } });

    return {
      status: 'loading',
      error: undefined,
      connections: [],
      problems: [],
      configFiles: [],
      identities: {},
      async load() {
        try {
          const list = await client.accounts.list();
          set({ ...list, status: 'ready', error: undefined });
        } catch (error) {
          set({ status: 'failed', error: toErrorInfo(error) });
          return;
        }
        const { connections, identities, identify } = get();
        const unknown = connections.filter(
          ({ id, chosen, problem }) => chosen && !problem && !identities[id],
        );
        await Promise.all(unknown.map(({ id }) => identify(id)));
      },
      async identify(connection) {
        setIdentity(connection, { status: 'asking' });
        try {
          const identity = await client.accounts.identify({ connection });
          setIdentity(connection, { status: 'known', identity });
        } catch (error) {
          setIdentity(connection, { status: 'failed', error: toErrorInfo(error) });
        }
      },
      async choose(connection, regions) {
        const others = get()
          .connections.filter(({ id, chosen }) => chosen && id !== connection)
          .map(({ id, regions: of }) => ({ connection: id, regions: of }));
        const chosen =
          regions.length > 0 ? [...others, { connection, regions: [...regions] }] : others;
        try {
          await client.accounts.choose({ chosen });
        } catch (error) {
          return toErrorInfo(error);
        }
        await get().load();
        return undefined;
      },
    };
  });
}

/** Whether the program runs with its practice account; undefined until that is known. */
export function hasPractice({
  status,
  connections,
}: Pick<AccountsState, 'status' | 'connections'>): boolean | undefined {
  const present = connections.some(({ kind }) => kind === 'practice');
  return present || status === 'ready' ? present : undefined;
}

/** The connections that the inventory covers. */
export function chosenConnections(state: Pick<AccountsState, 'connections'>): Connection[] {
  return state.connections.filter((connection) => connection.chosen);
}
