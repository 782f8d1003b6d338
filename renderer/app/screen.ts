import { useEffect } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { useApp } from './context';

/** What the screen in view tells the frame, for the title bar. */
export interface ScreenInfo {
  /** When the newest of what is shown was read, ISO 8601. */
  readonly asOf?: string | undefined;
  /** More about the age, shown on hover: which Region is older, which failed. */
  readonly asOfNote?: string | undefined;
  /** Reads what is shown anew: the title bar's button, `r` and the palette. */
  readonly refresh?: (() => void) | undefined;
  readonly refreshing?: boolean | undefined;
  /** How far the refresh is, 0 to 1; absent where that is not known. */
  readonly progress?: number | undefined;
  /** A few words while refreshing: `412 of 1,280 answers, about 20 s`. */
  readonly progressNote?: string | undefined;
  /** Stops the refresh. */
  readonly cancel?: (() => void) | undefined;
}

export type ScreenStore = StoreApi<ScreenInfo>;

/** Makes the store of what the screen in view says of itself. */
export function createScreenStore(): ScreenStore {
  return createStore<ScreenInfo>(() => ({}));
}

/** Tells the frame about the screen for as long as it is shown. `info` may be made anew on every render. */
export function useScreen(info: ScreenInfo): void {
  const { screen } = useApp();
  useEffect(() => {
    if (!sameInfo(screen.getState(), info)) screen.setState(info, true);
  });
  useEffect(() => () => screen.setState({}, true), [screen]);
}

/** Functions may be new on every render: only whether there is one shows. They are called through the newest. */
function sameInfo(a: ScreenInfo, b: ScreenInfo): boolean {
  return (
    a.asOf === b.asOf &&
    a.asOfNote === b.asOfNote &&
    a.refreshing === b.refreshing &&
    a.progress === b.progress &&
    a.progressNote === b.progressNote &&
    a.refresh === b.refresh &&
    a.cancel === b.cancel
  );
}
