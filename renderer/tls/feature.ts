import type { StoreApi } from 'zustand/vanilla';
import type { ClavigerClient } from '../../shared/contract/index';
import { createSelection, type SelectionState } from '../dataGrid/selection';
import { createTlsStore, type TlsState } from './store';

/** What the TLS screens keep while the operator is elsewhere. */
export interface TlsFeature {
  readonly store: StoreApi<TlsState>;
  readonly selection: StoreApi<SelectionState>;
}

/** Rows that stream in during a scan are shown so often, in milliseconds. */
const showEveryMs = 300;

/** Makes it; nothing is asked of main before a screen is shown. */
export function createTlsFeature(
  client: Pick<ClavigerClient, 'tls'>,
  notify: Parameters<typeof createTlsStore>[0]['notify'],
): TlsFeature {
  return {
    store: createTlsStore({
      client,
      schedule: (show) => setTimeout(show, showEveryMs),
      notify,
    }),
    selection: createSelection(),
  };
}
