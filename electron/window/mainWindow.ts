import type { BrowserWindow, BrowserWindowConstructorOptions, NativeTheme, Screen } from 'electron';
import type { Dispatcher } from '../ipc/dispatcher';
import { connectPage } from '../ipc/electronTransport';
import type { Log } from '../log/log';
import { watchWindow, type Ask } from './failures';
import { appUrl, isAppUrl } from './scheme';
import { canvasColour, type Theme } from './theme';
import { windowOptions, type WindowOptionsInput } from './windowOptions';
import { placeOnDisplays, readWindowState, writeWindowState } from './windowState';

export interface MainWindowOptions extends Pick<
  WindowOptionsInput,
  'preload' | 'session' | 'isPackaged'
> {
  readonly create: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly nativeTheme: Pick<NativeTheme, 'on' | 'shouldUseDarkColors' | 'themeSource'>;
  readonly screen: Pick<Screen, 'getAllDisplays'>;
  readonly ask: Ask;
  /** Where the window's size and place are kept. */
  readonly dataDir: string;
  readonly dispatcher: Dispatcher;
  /** Called when a window has its first picture. */
  readonly onPictured: () => void;
  readonly log: Log;
}

/** The program's one window, which may be closed and opened again. */
export interface MainWindow {
  /** Opens the window at a place (`#/keys`), or brings it to the front as it is; true if it had to be opened. */
  show(hash?: string): boolean;
  /** The window that is open now. */
  current(): BrowserWindow | undefined;
  /** Makes window, menus and the page's `prefers-color-scheme` follow the setting. */
  setTheme(theme: Theme): void;
}

/** Makes the window's keeper; no window is open before `show`. */
export function createMainWindow(options: MainWindowOptions): MainWindow {
  const { create, nativeTheme, dataDir, dispatcher, log } = options;
  let state = readWindowState(dataDir);
  let window: BrowserWindow | undefined;

  nativeTheme.themeSource = state.theme;
  nativeTheme.on('updated', () => window?.setBackgroundColor(canvasColour(nativeTheme)));

  function open(hash: string): BrowserWindow {
    const areas = options.screen.getAllDisplays().map((display) => display.workArea);
    const { x, y, width, height, maximized } = placeOnDisplays(state, areas);
    const bounds = { width, height, ...(x !== undefined && y !== undefined && { x, y }) };
    const backgroundColor = canvasColour(nativeTheme);
    const opened = create(windowOptions({ ...options, bounds, backgroundColor }));
    connectPage(opened.webContents, { dispatcher, isAppUrl, log });
    watchWindow(opened, (...question) => options.ask(...question), log);
    opened.once('ready-to-show', () => {
      if (maximized) opened.maximize();
      opened.show();
      options.onPictured();
    });
    opened.on('close', () => {
      state = { ...state, ...opened.getNormalBounds(), maximized: opened.isMaximized() };
      writeWindowState(dataDir, state);
    });
    opened.on('closed', () => {
      window = undefined;
    });
    opened.loadURL(appUrl + hash).catch((error: unknown) => log('error', 'page not loaded', error));
    return opened;
  }

  return {
    show(hash = '') {
      if (!window) {
        window = open(hash);
        return true;
      }
      if (window.isMinimized()) window.restore();
      window.focus();
      return false;
    },
    current: () => window,
    setTheme(theme) {
      if (theme === state.theme) return;
      state = { ...state, theme };
      nativeTheme.themeSource = theme;
      writeWindowState(dataDir, state);
    },
  };
}
