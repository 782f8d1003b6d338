import type { StoreApi } from 'zustand/vanilla';
import type { ClavigerClient } from '../../shared/contract/index';
import { createSelection, type SelectionState } from '../dataGrid/selection';
import { createKeysStore, type KeysState } from './store';

/** What the key screen keeps while the operator is elsewhere. */
export interface KeysFeature {
  readonly store: StoreApi<KeysState>;
  readonly selection: StoreApi<SelectionState>;
}

/** Rows that stream in are shown so often, in milliseconds: quick to the eye, and scrolling stays smooth. */
const showEveryMs = 300;

/** Makes it; nothing is asked of main before the screen is shown. */
export function createKeysFeature(client: Pick<ClavigerClient, 'keys'>): KeysFeature {
  return {
    store: createKeysStore({
      client,
      now: Date.now,
      schedule: (show) => setTimeout(show, showEveryMs),
      idle,
    }),
    selection: createSelection(),
  };
}

/** Longest wait, in milliseconds, for a window that is never idle. */
const idleTimeoutMs = 1000;

function idle(): Promise<void> {
  return new Promise((resolve) => {
    requestIdleCallback(() => resolve(), { timeout: idleTimeoutMs });
  });
}
