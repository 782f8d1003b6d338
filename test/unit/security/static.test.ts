import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { matches, readSources } from './sources';

const electron = readSources('electron');
const renderer = readSources('renderer');
const shared = readSources('shared');
const product = [...electron, ...renderer, ...shared];
const tests = readSources('test').filter(({ path }) => !path.includes('unit/security'));
/** What runs inside Electron; the launcher is the developer's own Node. */
const program = product.filter(({ path }) => !path.startsWith('electron/launch/'));
const windowFiles = electron.filter(
  ({ path }) =>
    /^electron\/(?:main|preload)\.ts$/.test(path) || path.startsWith('electron/window/'),
);
const html = renderer.filter(({ path }) => path.endsWith('.html'));

test('the sources were found', () => {
  expect(windowFiles.length).toBeGreaterThan(10);
  expect(renderer.length).toBeGreaterThan(10);
  expect(html.map(({ path }) => path)).toEqual(['renderer/index.html']);
});

test('R1: the page and the window refer to no http, ws or file URL', () => {
  const withoutNamespaces = renderer.map((source) => ({
    ...source,
    code: source.code.replaceAll('http://www.w3.org/', ''),
  }));
  expect(matches([...withoutNamespaces, ...windowFiles], /\b(?:http|ws|wss|file):\/\//)).toEqual(
    [],
  );
  // What prints on a command line loads the document that it was given, and shows it to nobody.
  expect(matches(program, /\.loadFile\(/)).toEqual([
    expect.stringMatching(
      /^electron\/window\/printApp\.ts:\d+: await view\.webContents\.loadFile\(files\.document\);$/,
    ),
  ]);
  expect(matches(program, /\.loadURL\((?!appUrl\b)/)).toEqual([]);
});

test('R2 R3 R4 R6 R10: web preferences are set in one place, and never to the unsafe side', () => {
  const preferences =
    /\b(?:nodeIntegration\w*|contextIsolation|sandbox|webSecurity|webviewTag)\s*:/;
  const places = matches(program, preferences).map((place) => place.split(':')[0]);
  expect(new Set(places)).toEqual(new Set(['electron/window/windowOptions.ts']));
  expect(matches(program, /new BrowserWindow\(/)).toHaveLength(1);
  expect(matches(program, /\bnew (?:BrowserView|WebContentsView|BaseWindow)\(/)).toEqual([
    expect.stringMatching(/^electron\/window\/printApp\.ts:\d+: const view = new WebContentsView/),
  ]);
  expect(
    matches(
      [...program, ...tests],
      /contextIsolation\s*:\s*false|nodeIntegration\w*\s*:\s*true|sandbox\s*:\s*false|webSecurity\s*:\s*false/,
    ),
  ).toEqual([]);
  expect(
    matches(
      [...program, ...tests],
      /allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|bypassCSP|<webview/,
    ),
  ).toEqual([]);
});

test('R4: the sandbox is switched on before Electron is ready', () => {
  const codeOf = (name: string) => electron.find(({ path }) => path === name)?.code ?? '';
  const main = codeOf('electron/main.ts');
  for (const code of [main, codeOf('electron/window/printApp.ts')]) {
    expect(code.indexOf('app.enableSandbox()')).toBeGreaterThan(0);
    expect(code.indexOf('app.enableSandbox()')).toBeLessThan(code.indexOf('app.whenReady()'));
  }
  expect(main.indexOf('registerSchemesAsPrivileged')).toBeLessThan(main.indexOf('app.whenReady()'));
});

test('R8: index.html has no inline script, style or handler', () => {
  const page = readFileSync('renderer/index.html', 'utf8');
  for (const [script] of page.matchAll(/<script[\s\S]*?<\/script>/g)) {
    expect(script).toMatch(/^<script [^>]*\bsrc="[^"]+"[^>]*>\s*<\/script>$/);
  }
  expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:/i);
});

test('R8: the page makes no markup from strings', () => {
  const sinks =
    /dangerouslySetInnerHTML|\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|srcdoc|createContextualFragment|DOMParser|trustedTypes/;
  expect(matches(renderer, sinks)).toEqual([]);
});

test('R9: no code is made from strings, and main reaches into no page', () => {
  const makers =
    /\beval\(|new Function\(|\.executeJavaScript|\.insertCSS\(|from 'node:vm'|setTimeout\(\s*['"`]/;
  expect(matches(program, makers)).toEqual([]);
});

test('R13: pages and files are opened for the operator in one function', () => {
  expect(matches(program, /\bshell\.\w+|\.openPath\(|\.showItemInFolder\(/)).toEqual([
    expect.stringMatching(/^electron\/window\/externalLinks\.ts:\d+: await shell\.openExternal\(/),
  ]);
});

test('R15: messages are heard on the window’s own WebContents alone', () => {
  expect(matches(program, /\bipcMain\b/)).toEqual([]);
  expect(
    matches(program, /\bipcRenderer\b/).every((place) => place.startsWith('electron/preload.ts')),
  ).toBe(true);
});

test('R20: the preload gives the page one frozen object of two functions', () => {
  const preload = electron.find(({ path }) => path === 'electron/preload.ts')?.code ?? '';
  expect(preload.match(/^import .*$/gm)).toEqual([
    "import { contextBridge, ipcRenderer, webUtils } from 'electron';",
  ]);
  expect(preload.match(/exposeInMainWorld/g)).toHaveLength(1);
  expect(preload).toMatch(/Object\.freeze\(\{/);
  expect(preload.match(/ipcRenderer\.\w+/g)).toEqual(['ipcRenderer.on', 'ipcRenderer.send']);
});

test('R20: preload and transport speak on the same channel', () => {
  const names = [...electron]
    .filter(({ path }) => /preload|electronTransport/.test(path))
    .map(({ code }) => /const channel = '([^']+)'/.exec(code)?.[1]);
  expect(names).toEqual(['claviger', 'claviger']);
});

test('R23 R24: certificates are always checked, and nothing stores a secret in Chromium', () => {
  const overrides =
    /rejectUnauthorized|setCertificateVerifyProc|certificate-error|NODE_TLS_REJECT_UNAUTHORIZED|ignore-certificate/;
  expect(matches(program, overrides)).toEqual([]);
  expect(
    matches(renderer, /\b(?:localStorage|sessionStorage|indexedDB|document\.cookie)\b/),
  ).toEqual([]);
});

test('R25: no shell runs anything; started is what the AWS config file names, and on a command line what prints', () => {
  expect(matches(product, /shell:\s*true|\bexecSync\(/)).toEqual([]);
  expect(matches(program, /'(?:node:)?child_process'/)).toEqual([
    "electron/aws/credentialProcess.ts:1: import { spawn } from 'node:child_process';",
    "electron/print/run.ts:1: import { spawn } from 'node:child_process';",
  ]);
});

test('R26: no switch or variable weakens Electron', () => {
  expect(
    matches(program, /ELECTRON_DISABLE_SECURITY_WARNINGS|appendSwitch|appendArgument/),
  ).toEqual([]);
  expect(
    matches(program, /devTools\s*:/).map((place) => place.split(': ').slice(1).join(': ')),
  ).toEqual(['devTools: !input.isPackaged,']);
});

test('R27: Electron is imported by main, preload and window alone; layers point one way', () => {
  const importsElectron = matches(program, /from 'electron'/).map((place) => place.split(':')[0]);
  expect(importsElectron.length).toBeGreaterThan(0);
  const allowed = new Set(windowFiles.map(({ path }) => path));
  expect(importsElectron.filter((path) => !allowed.has(path ?? ''))).toEqual([]);
  const values = matches(program, /^import \{.*\} from 'electron'|^\} from 'electron'/);
  expect(values.map((place) => place.split(':')[0])).toEqual([
    'electron/main.ts',
    'electron/preload.ts',
    'electron/window/printApp.ts',
  ]);
  expect(
    matches([...renderer, ...shared], /from '(?:node:|electron|@aws-sdk|@smithy|.*\/electron\/)/),
  ).toEqual([]);
  expect(matches(shared, /from '(?:react|.*\/renderer\/)/)).toEqual([]);
  expect(matches(electron, /from '.*\/renderer\//)).toEqual([]);
});
