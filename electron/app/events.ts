import type { AppEvent } from '../../shared/contract/app';

/** What main tells the windows unasked. */
export interface AppEvents {
  readonly emit: (event: AppEvent) => void;
  /** Gets every event from now on, and the MFA questions that are still open; gives the function that ends it. */
  listen(listener: (event: AppEvent) => void): () => void;
}

/** Hands events to all who listen. An open MFA question is asked again of a window that comes (back) later. */
export function createAppEvents(): AppEvents {
  const listeners = new Set<(event: AppEvent) => void>();
  const openQuestions = new Map<string, AppEvent>();

  return {
    emit(event) {
      if (event.kind === 'mfa-needed') openQuestions.set(event.promptId, event);
      if (event.kind === 'mfa-settled') openQuestions.delete(event.promptId);
      for (const listener of listeners) listener(event);
    },
    listen(listener) {
      listeners.add(listener);
      for (const question of openQuestions.values()) listener(question);
      return () => listeners.delete(listener);
    },
  };
}
