import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow, NativeTheme, Session } from 'electron';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMainWindow } from '../../../electron/window/mainWindow';
import { canvasColours } from '../../../electron/window/theme';
import {
  placeOnDisplays,
  readWindowState,
  writeWindowState,
  type WindowState,
} from '../../../electron/window/windowState';
import { FakeWindow, keptLog } from './fakes';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'claviger-window-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** Like Electron's: setting the source changes the colours and is announced. */
class FakeTheme extends EventEmitter {
  dark = false;
  #source = 'system';
  get shouldUseDarkColors() {
    return this.#source === 'dark' || (this.#source === 'system' && this.dark);
  }
  get themeSource() {
    return this.#source;
  }
  set themeSource(source: string) {
    this.#source = source;
    this.emit('updated');
  }
}

function opened() {
  const windows: FakeWindow[] = [];
  const theme = new FakeTheme();
  const { log } = keptLog();
  let pictures = 0;
  const main = createMainWindow({
    create: (options) => {
      const window = new FakeWindow(options);
      windows.push(window);
      return window as unknown as BrowserWindow;
    },
    nativeTheme: theme as unknown as NativeTheme,
    screen: {
      getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] as never,
    },
    session: {} as Session,
    preload: '/preload.cjs',
    isPackaged: true,
    ask: async () => 0,
    dataDir,
    dispatcher: { open: () => ({ handle: () => {}, close: () => {} }) },
    onPictured: () => (pictures += 1),
    log,
  });
  return { main, windows, theme, pictures: () => pictures };
}

describe('the main window', () => {
  test('R1: loads the app’s own scheme, at the place it is asked for', () => {
    const { main, windows } = opened();
    expect(main.show('#/keys?state=Enabled')).toBe(true);
    expect(windows[0]?.loaded).toEqual(['app://claviger/#/keys?state=Enabled']);
  });

  test('is shown when its first picture is ready, not before, and that is told', () => {
    const { main, windows, pictures } = opened();
    main.show();
    expect([windows[0]?.calls, pictures()]).toEqual([[], 0]);
    windows[0]?.emit('ready-to-show');
    expect([windows[0]?.calls, pictures()]).toEqual([['show'], 1]);
  });

  test('is one: a second request brings it to the front as it is', () => {
    const { main, windows } = opened();
    main.show();
    if (windows[0]) windows[0].minimized = true;
    expect(main.show('#/journal')).toBe(false);
    expect(windows).toHaveLength(1);
    expect(windows[0]?.loaded).toHaveLength(1);
    expect(windows[0]?.calls).toEqual(['restore', 'focus']);
  });

  test('can be opened again after it was closed, at the place where it was', () => {
    const { main, windows } = opened();
    main.show();
    windows[0]?.close();
    expect(main.current()).toBeUndefined();
    expect(main.show()).toBe(true);
    expect(windows[1]?.options).toMatchObject({ x: 10, y: 20, width: 1000, height: 700 });
    expect(readWindowState(dataDir)).toMatchObject({ x: 10, y: 20, maximized: false });
  });

  test('has the theme’s colour from its first moment on, also at the next start', () => {
    const first = opened();
    first.main.show();
    expect(first.windows[0]?.options).toMatchObject({ backgroundColor: canvasColours.light });
    first.main.setTheme('dark');
    expect(first.theme.themeSource).toBe('dark');
    expect(first.windows[0]?.background).toBe(canvasColours.dark);

    const second = opened();
    second.main.show();
    expect(second.theme.themeSource).toBe('dark');
    expect(second.windows[0]?.options).toMatchObject({ backgroundColor: canvasColours.dark });
  });

  test('follows the system’s theme when it changes', () => {
    const { main, windows, theme } = opened();
    main.show();
    theme.dark = true;
    theme.emit('updated');
    expect(windows[0]?.background).toBe(canvasColours.dark);
  });

  test('the colours are those of the page’s style sheet', async () => {
    const css = await readFile('renderer/styles.css', 'utf8');
    const canvases = [...css.matchAll(/--canvas:\s*(#[0-9a-f]{6})/g)].map((match) => match[1]);
    expect(canvases).toEqual([canvasColours.light, canvasColours.dark]);
  });
});

describe('the window’s place', () => {
  const state: WindowState = {
    x: 5,
    y: 6,
    width: 800,
    height: 600,
    maximized: true,
    theme: 'dark',
  };

  test('is kept, for the owner alone', () => {
    writeWindowState(dataDir, state);
    expect(readWindowState(dataDir)).toEqual(state);
    expect((statSync(join(dataDir, 'window.json')).mode & 0o777).toString(8)).toBe('600');
  });

  test.each(['', '{', '[]', '{"width":1e9}', '{"width":800,"height":"600"}', 'null'])(
    'is the first one where the file says %s',
    (text) => {
      writeFileSync(join(dataDir, 'window.json'), text);
      expect(readWindowState(dataDir)).toEqual(readWindowState(join(dataDir, 'none')));
    },
  );

  test('that cannot be kept is no failure', () => {
    writeFileSync(join(dataDir, 'file'), '');
    expect(() => writeWindowState(join(dataDir, 'file'), state)).not.toThrow();
  });

  const displays = [
    { x: 0, y: 25, width: 1920, height: 1055 },
    { x: 1920, y: 0, width: 1280, height: 1024 },
  ];
  test.each([
    [100, 100, true],
    [2000, 0, true],
    [-650, 100, true],
    [-750, 100, false],
    [3190, 100, false],
    [100, 0, false],
    [100, 1079, false],
    [-5000, -5000, false],
  ])('%i, %i is kept: %s', (x, y, kept) => {
    const { x: placed, ...size } = placeOnDisplays({ ...state, x, y }, displays);
    expect(placed).toBe(kept ? x : undefined);
    expect(size).toMatchObject({ width: 800, height: 600, maximized: true, theme: 'dark' });
  });
});
