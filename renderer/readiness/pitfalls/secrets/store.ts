import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClavigerClient } from '../../../../shared/contract';
import { toErrorInfo, type ErrorInfo } from '../../../../shared/model/errors';
import type { FoundSecret, SecretPlace, SecretScan } from '../../../../shared/model/secrets';

/** What the window holds of the scan for secrets, also while the operator is elsewhere. */
export interface SecretsState {
  /** Null where nothing was scanned yet; undefined until main has told. */
  readonly scan: SecretScan | null | undefined;
  /** Files and folders to look into. */
  readonly places: readonly SecretPlace[];
  /** Patterns to leave out, a line each, as in .gitignore. */
  readonly ignore: string;
  readonly gitignore: boolean;
  readonly running: { readonly files: number; readonly found: number } | undefined;
  readonly error: ErrorInfo | undefined;
  readonly load: () => Promise<void>;
  readonly pick: (what: 'files' | 'folder') => Promise<void>;
  readonly drop: (files: readonly File[]) => Promise<void>;
  readonly remove: (id: string) => void;
  readonly setIgnore: (ignore: string) => void;
  readonly setGitignore: (gitignore: boolean) => void;
  readonly start: () => Promise<void>;
  readonly cancel: () => void;
  /** Throws what main answers. */
  readonly ignoreFinding: (finding: FoundSecret, reason: string) => Promise<void>;
  readonly stopIgnoring: (id: string) => Promise<void>;
}

export type SecretsStore = StoreApi<SecretsState>;

/** Makes it; nothing is asked of main before the page is shown. */
export function createSecretsStore({ secrets }: Pick<ClavigerClient, 'secrets'>): SecretsStore {
  let working: AbortController | undefined;

  return createStore<SecretsState>((set, get) => {
    async function attempt(work: () => Promise<void>): Promise<void> {
      set({ error: undefined });
      try {
        await work();
      } catch (error) {
        const info = toErrorInfo(error);
        if (info.code !== 'cancelled') set({ error: info });
      }
    }

    function take(fresh: readonly SecretPlace[]): void {
      const known = new Set(get().places.map(({ id }) => id));
      set({ places: [...get().places, ...fresh.filter(({ id }) => !known.has(id))] });
    }

    return {
      scan: undefined,
      places: [],
      ignore: '',
      gitignore: true,
      running: undefined,
      error: undefined,
      load: () =>
        attempt(async () => {
          const first = get().scan === undefined;
          const { scan, places } = await secrets.last();
          set({ scan });
          // What the operator has changed meanwhile stays.
          if (!first || !scan) return;
          take(places);
          if (get().ignore === '') set({ ignore: scan.ignore.join('\n') });
          set({ gitignore: scan.gitignore });
        }),
      pick: (what) => attempt(async () => take(await secrets.pick({ what }))),
      drop: (files) => attempt(async () => take(await secrets.add(undefined, { files }))),
      remove: (id) => set({ places: get().places.filter((place) => place.id !== id) }),
      setIgnore: (ignore) => set({ ignore }),
      setGitignore: (gitignore) => set({ gitignore }),
      start: () =>
        attempt(async () => {
          const { places, ignore, gitignore, running } = get();
          if (running) return;
          const own = new AbortController();
          working = own;
          set({ running: { files: 0, found: 0 } });
          try {
            const scan = await secrets.scan(
              {
                places: places.map(({ id }) => id),
                ignore: ignore
                  .split('\n')
                  .map((line) => line.trim())
                  .filter(Boolean),
                gitignore,
              },
              {
                signal: own.signal,
                onProgress: (progress) => {
                  if (get().running) set({ running: progress });
                },
              },
            );
            set({ scan });
          } finally {
            set({ running: undefined });
          }
        }),
      cancel: () => working?.abort(),
      async ignoreFinding({ file, line, kind, mark }, reason) {
        set({ scan: await secrets.ignore({ file, line, kind, mark, reason }) });
      },
      stopIgnoring: (id) => attempt(async () => set({ scan: await secrets.stopIgnoring({ id }) })),
    };
  });
}
