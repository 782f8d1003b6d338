import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClavigerClient } from '../../shared/contract';
import type { AppEvent, AppInfo } from '../../shared/contract/app';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';

export type MfaPrompt = Extract<AppEvent, { kind: 'mfa-needed' }>;

/** What runs here and what main has to say to the operator. */
export interface Session {
  readonly info: AppInfo | undefined;
  readonly infoError: ErrorInfo | undefined;
  /** Sentences of main that stay until they are closed. */
  readonly notices: readonly string[];
  readonly mfaPrompts: readonly MfaPrompt[];
  readonly load: () => Promise<void>;
  readonly addNotice: (message: string) => void;
  readonly dismissNotice: (message: string) => void;
  readonly askMfa: (prompt: MfaPrompt) => void;
  /** Null gives up. The prompt leaves at once; what fails is told as a notice. */
  readonly answerMfa: (promptId: string, code: string | null) => Promise<void>;
  readonly settleMfa: (promptId: string) => void;
}

export type SessionStore = StoreApi<Session>;

/** Makes the store of the session. */
export function createSessionStore(client: ClavigerClient): SessionStore {
  return createStore<Session>((set, get) => ({
    info: undefined,
    infoError: undefined,
    notices: [],
    mfaPrompts: [],
    async load() {
      try {
        const info = await client.app.info();
        set({ info, infoError: undefined });
        for (const notice of info.notices) get().addNotice(notice);
      } catch (error) {
        set({ infoError: toErrorInfo(error) });
      }
    },
    addNotice(message) {
      const { notices } = get();
      if (!notices.includes(message)) set({ notices: [...notices, message] });
    },
    dismissNotice(message) {
      set({ notices: get().notices.filter((notice) => notice !== message) });
    },
    askMfa(prompt) {
      const others = get().mfaPrompts.filter(({ promptId }) => promptId !== prompt.promptId);
      set({ mfaPrompts: [...others, prompt] });
    },
    async answerMfa(promptId, code) {
      get().settleMfa(promptId);
      try {
        await client.accounts.answerMfa({ promptId, code });
      } catch (error) {
        get().addNotice(toErrorInfo(error).message);
      }
    },
    settleMfa(promptId) {
      set({ mfaPrompts: get().mfaPrompts.filter((prompt) => prompt.promptId !== promptId) });
    },
  }));
}
