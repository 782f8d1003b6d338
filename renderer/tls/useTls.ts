import { useStore } from 'zustand';
import { useApp } from '../app';
import type { TlsState } from './store';

/** A part of what the window holds of the endpoints: `useTls(({ rows }) => rows)`. */
export function useTls<T>(select: (state: TlsState) => T): T {
  return useStore(useApp().tls.store, select);
}
