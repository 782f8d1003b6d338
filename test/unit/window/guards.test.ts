import { EventEmitter } from 'node:events';
import type { App, Session } from 'electron';
import { expect, test } from 'vitest';
import { guardAllContents } from '../../../electron/window/guards';
import { allowedPermissions, restrictPermissions } from '../../../electron/window/permissions';
import { forbidDownloads, forbidNetwork } from '../../../electron/window/requestFilter';
import { FakeContents, keptLog, refusable } from './fakes';

function guarded() {
  const app = new EventEmitter();
  const { log, lines } = keptLog();
  guardAllContents(app as unknown as App, log);
  const contents = new FakeContents();
  app.emit('web-contents-created', {}, contents);
  return { contents, lines };
}

test.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
  'R10 R11: %s is refused on every WebContents',
  (name) => {
    const { contents, lines } = guarded();
    const event = refusable();
    contents.emit(name, event);
    expect(event.refused).toBe(true);
    expect(lines).toEqual([`warn refused: ${name}`]);
  },
);

test.each(['https://example.com/', 'app://claviger/', 'about:blank', 'javascript:0'])(
  'R12: window.open of %s is denied',
  (url) => {
    expect(guarded().contents.openHandler?.({ url })).toEqual({ action: 'deny' });
  },
);

test('R21: WebRTC may use no UDP of its own', () => {
  expect(guarded().contents.webRtcPolicy).toBe('disable_non_proxied_udp');
});

test('R5: every permission of the table carries its reason, and all others are refused', () => {
  for (const { reason } of Object.values(allowedPermissions)) expect(reason).toMatch(/\w{3}/);

  const handlers: Record<string, (...args: never[]) => unknown> = {};
  const keep = (name: string) => (handler: (...args: never[]) => unknown) => {
    handlers[name] = handler;
  };
  restrictPermissions(
    {
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
      setDisplayMediaRequestHandler: keep('display'),
    } as unknown as Session,
    keptLog().log,
  );
  const call = (name: string, ...args: unknown[]) => handlers[name]?.(...(args as never[]));

  const names =
    'media geolocation notifications midiSysex pointerLock fullscreen openExternal clipboard-read clipboard-sanitized-write hid serial usb display-capture window-management fileSystem unknown invented-next-year constructor __proto__ toString '.split(
      ' ',
    );
  for (const name of names.filter((name) => !Object.hasOwn(allowedPermissions, name))) {
    let decision: unknown;
    call('request', null, name, (allowed: boolean) => (decision = allowed), {});
    expect(decision, name).toBe(false);
    expect(call('check', null, name, 'app://claviger', {}), name).toBe(false);
  }
  expect(call('device', { deviceType: 'hid' })).toBe(false);
  let streams: unknown;
  call('display', {}, (given: unknown) => (streams = given));
  expect(streams).toEqual({});
});

function filter(isPackaged: boolean) {
  let listener: ((details: { url: string }, decide: (d: unknown) => void) => void) | undefined;
  const { log, lines } = keptLog();
  const webRequest = { onBeforeRequest: (take: typeof listener) => (listener = take) };
  forbidNetwork({ webRequest } as unknown as Session, { isPackaged, log });
  const cancelled = (url: string): unknown => {
    let decision: { cancel?: boolean } = {};
    listener?.({ url }, (given) => (decision = given as typeof decision));
    return decision.cancel;
  };
  return { cancelled, lines };
}

test.each([
  'http://127.0.0.1:8080/',
  'https://kms.eu-central-1.amazonaws.com/',
  'ws://localhost/',
  'file:///etc/passwd',
  'data:text/html,x',
  'blob:null/1',
  'ftp://x/',
  'app://other/',
  'app://claviger.example/',
  'app://user@claviger/',
  'app://claviger:1/',
  'app:claviger',
  'chrome://gpu',
  'devtools://devtools/x',
  '',
])('R21: a request to %s is cancelled in a packaged program', (url) => {
  expect(filter(true).cancelled(url)).toBe(true);
});

test('R21: only the app itself passes; DevTools load their pages in an unpackaged one', () => {
  expect(filter(true).cancelled('app://claviger/assets/index-a_B-c.js')).toBe(false);
  expect(filter(false).cancelled('devtools://devtools/bundled/x.html')).toBe(false);
  expect(filter(false).cancelled('https://example.com/')).toBe(true);
});

test('R21: the log of a refused request does not repeat what the page wanted to send', () => {
  const { cancelled, lines } = filter(true);
  cancelled('https://evil.example/?secret=abc');
  expect(lines).toEqual(['warn refused: request to https:']);
});

test('R22: a download is prevented', () => {
  const session = new EventEmitter();
  forbidDownloads(session as unknown as Session, keptLog().log);
  const event = refusable();
  session.emit('will-download', event);
  expect(event.refused).toBe(true);
});
