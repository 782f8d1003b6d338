import type { BrowserWindowConstructorOptions, Session, WebPreferences } from 'electron';

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
      ...guarded,
      session: input.session,
      preload: input.preload,
      devTools: !input.isPackaged,
    },
  };
}

/** For a document of the program's own that is printed and not shown: it runs no script either. */
export function printPreferences(session: Session): WebPreferences {
  return { ...guarded, session, javascript: false };
}

const guarded: WebPreferences = {
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
};
