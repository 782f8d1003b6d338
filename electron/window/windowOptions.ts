import type { BrowserWindowConstructorOptions, Session } from 'electron';

export interface WindowOptionsInput {
  readonly bounds: { width: number; height: number; x?: number; y?: number };
  readonly backgroundColor: string;
  readonly preload: string;
  readonly session: Session;
  readonly isPackaged: boolean;
}

/** The options of every window of the program: one literal, each line a decision. */
export function windowOptions(input: WindowOptionsInput): BrowserWindowConstructorOptions {
  return {
    ...input.bounds,
    minWidth: 720,
    minHeight: 480,
    title: 'Claviger',
    // Shown when the first picture is there; until then the theme's colour, never a white flash.
    show: false,
    backgroundColor: input.backgroundColor,
    webPreferences: {
      session: input.session,
      preload: input.preload,
      // The page is treated as if it were hostile: no Node, own world, Chromium's sandbox.
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      // Nothing of the page needs these, so they are no surface.
      webgl: false,
      plugins: false,
      spellcheck: false,
      enableWebSQL: false,
      // No alert() storms; a dropped file or link is no navigation; a middle click opens nothing.
      disableDialogs: true,
      navigateOnDragDrop: false,
      disableBlinkFeatures: 'Auxclick',
      devTools: !input.isPackaged,
    },
  };
}
