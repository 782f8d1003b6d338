import type { Session } from 'electron';
import { expect, test } from 'vitest';
import { printPreferences, windowOptions } from '../../../electron/window/windowOptions';

const session = {} as Session;
const options = (isPackaged: boolean) =>
  windowOptions({
    bounds: { width: 1, height: 1 },
    backgroundColor: '#fff',
    preload: '/p.cjs',
    session,
    isPackaged,
  });

test('R2 R3 R4 R6 R10 R12 R26: the page has no Node, its own world, a sandbox and nothing it does not need', () => {
  expect(options(true).webPreferences).toEqual({
    session,
    preload: '/p.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    webgl: false,
    plugins: false,
    spellcheck: false,
    enableWebSQL: false,
    disableDialogs: true,
    navigateOnDragDrop: false,
    disableBlinkFeatures: 'Auxclick',
    devTools: false,
  });
});

test('R2 R3 R4 R6 R10: what is printed has no more than the page, no preload and no script', () => {
  const { preload: _preload, devTools: _devTools, ...guarded } = options(true).webPreferences ?? {};
  expect(printPreferences(session)).toEqual({ ...guarded, javascript: false });
});

test('R26: DevTools exist in an unpackaged program only', () => {
  expect(options(false).webPreferences?.devTools).toBe(true);
});

test('a window is not shown before its first picture, and has the theme’s colour', () => {
  expect(options(true)).toMatchObject({ show: false, backgroundColor: '#fff' });
});
