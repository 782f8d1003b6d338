import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test, type App } from './support/app';

/** A real server on the loopback: whatever the page gets through to it is counted. */
let server: Server;
let address: string;
const requests: string[] = [];
test.beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*').end('reached');
  });
  server.on('connection', () => requests.push('connection'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.afterAll(() => new Promise((resolve) => server.close(resolve)));

/**
 * Runs code as the page's own: from a timer, because what a debugger evaluates is exempt from the
 * page's policy. Gives `done: VALUE` or `refused: ERROR`.
 */
function inPage<A>(app: App, work: (argument: A) => unknown, argument: A): Promise<string>;
function inPage(app: App, work: () => unknown): Promise<string>;
function inPage(app: App, work: (argument: never) => unknown, argument?: unknown): Promise<string> {
  return app.page.evaluate(
    // The function is made while the debugger may, and runs when it may not.
    ([source, given]) => {
      // eslint-disable-next-line no-eval -- this is the debugger's context
      const run = eval(`(${source})`) as (value: unknown) => unknown;
      return new Promise<string>((resolve) => {
        setTimeout(() => {
          Promise.resolve()
            .then(() => run(given))
            .then(
              (value) => resolve(`done: ${String(value)}`),
              (error) => resolve(`refused: ${String(error)}`),
            );
        });
      });
    },
    [work.toString(), argument] as const,
  );
}

/** What Chromium says in the console when it refuses something. */
const refusals =
  /Not allowed to|Content Security Policy|Trusted|ERR_BLOCKED_BY|ERR_FAILED|Failed to load|404|Permissions policy|permission/i;

/** The program still answers the page, in its one window. It takes the listener of the page's own client. */
async function answers(app: App): Promise<void> {
  const reply = await inPage(app, () => {
    const { claviger } = window as unknown as {
      claviger: {
        send(message: unknown): void;
        receive(listener: (reply: { id: string; kind: string }) => void): void;
      };
    };
    return new Promise((resolve) => {
      claviger.receive(({ id, kind }) => {
        if (id === 'alive') resolve(kind);
      });
      claviger.send({ kind: 'call', id: 'alive', method: 'app.info', input: undefined });
    });
  });
  expect(reply).toBe('done: value');
  const windows = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.isVisible()),
  );
  expect(windows).toEqual([true]);
}

test('R7: no string becomes code or markup', async ({ app }) => {
  // eslint-disable-next-line no-eval -- that it is refused is the point
  expect(await inPage(app, () => eval('1 + 1'))).toMatch(/^refused: EvalError/);
  // eslint-disable-next-line no-new-func, typescript/no-implied-eval -- so is this
  expect(await inPage(app, () => new Function('return 1')() as unknown)).toMatch(
    /^refused: EvalError/,
  );
  expect(await inPage(app, () => (document.body.innerHTML = '<b>x</b>'))).toMatch(
    /^refused: .*TrustedHTML/,
  );
  expect(await inPage(app, () => document.write('<b>x</b>'))).toMatch(/^refused: .*TrustedHTML/);
  expect(
    await inPage(app, () => {
      const { trustedTypes } = window as unknown as {
        trustedTypes: { createPolicy(n: string, p: object): unknown };
      };
      return trustedTypes.createPolicy('mine', { createHTML: (text: string) => text });
    }),
  ).toMatch(/^refused: .*disallowed/);
  expect(
    await inPage(app, () => {
      const script = document.createElement('script');
      script.append('window.inlineRan = true');
      document.head.append(script);
      return 'inlineRan' in window;
    }),
  ).not.toBe('done: true');
  expect(
    await inPage(app, () => {
      const style = document.createElement('style');
      style.append('body { outline: 7px solid red }');
      document.head.append(style);
      return getComputedStyle(document.body).outlineWidth;
    }),
  ).not.toBe('done: 7px');
  expect(
    await inPage(app, () => {
      const button = document.createElement('button');
      button.setAttribute('onclick', 'window.handlerRan = true');
      document.body.append(button);
      button.click();
      button.remove();
      return 'handlerRan' in window;
    }),
  ).not.toBe('done: true');
  app.takeErrors(refusals);
  await answers(app);
});

test('R2 R20: the page reaches no Node; the bridge is one frozen object of two functions', async ({
  app,
}) => {
  const names = [
    'require',
    'process',
    'module',
    'Buffer',
    'global',
    '__dirname',
    'electron',
    'ipcRenderer',
  ];
  expect(await inPage(app, (all) => all.filter((name) => name in window).join(), names)).toBe(
    'done: ',
  );
  expect(
    await inPage(app, () => {
      const { claviger } = window as unknown as { claviger: Record<string, unknown> };
      const kinds = Object.entries(claviger).map(([name, value]) => `${name} ${typeof value}`);
      return [Object.isFrozen(claviger), ...kinds].join();
    }),
  ).toBe('done: true,send function,receive function');
  expect(
    await inPage(app, () => {
      'use strict';
      (window as unknown as { claviger: unknown }).claviger = {};
    }),
  ).toMatch(/^refused: TypeError/);
  // What main sends arrives as the message alone: no event, whose `sender` would be ipcRenderer.
  expect(
    await inPage(app, () => {
      const { claviger } = window as unknown as {
        claviger: { send(m: unknown): void; receive(l: (...all: unknown[]) => void): void };
      };
      return new Promise((resolve) => {
        claviger.receive((...all) =>
          resolve(
            `${all.length} ${Object.keys(all[0] as object)
              .sort()
              .join()}`,
          ),
        );
        claviger.send({ kind: 'call', id: 'x', method: 'none', input: undefined });
      });
    }),
  ).toBe('done: 1 error,id,kind');
});

test('R20: the built preload is under 4 KiB and needs Electron alone', () => {
  const path = fileURLToPath(new URL('../../dist/preload/preload.cjs', import.meta.url));
  const built = readFileSync(path, 'utf8');
  expect(built.length).toBeLessThan(4096);
  expect(built.match(/\brequire\([^)]*\)/g)).toEqual(['require("electron")']);
});

test('R21: the page reaches no network, not even this machine', async ({ app }) => {
  await inPage(app, (to) => fetch(`http://${to}/fetch`), address);
  await inPage(app, (to) => navigator.sendBeacon(`http://${to}/beacon`, 'x'), address);
  await inPage(
    app,
    (to) =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.addEventListener('loadend', resolve);
        request.addEventListener('error', reject);
        request.open('GET', `http://${to}/xhr`);
        request.send();
      }),
    address,
  );
  for (const url of [`ws://${address}/ws`, `http://${address}/events`]) {
    await inPage(
      app,
      (to) =>
        new Promise((resolve) => {
          const source = to.startsWith('ws') ? new WebSocket(to) : new EventSource(to);
          source.addEventListener('error', resolve);
          source.addEventListener('open', resolve);
        }),
      url,
    );
  }
  const elements = ['img', 'script', 'iframe', 'video', 'link', 'object', 'embed'];
  for (const name of elements) {
    await inPage(
      app,
      ([tag, url]) => {
        const element = document.createElement(tag as 'img');
        const settled = new Promise((resolve) => {
          for (const event of ['load', 'error', 'securitypolicyviolation']) {
            element.addEventListener(event, resolve, { once: true });
            document.addEventListener(event, resolve, { once: true, capture: true });
          }
        });
        element.setAttribute('rel', 'stylesheet');
        element.setAttribute('data', url as string);
        try {
          element.setAttribute(tag === 'link' ? 'href' : 'src', url as string);
        } catch {
          return 'refused by type'; // script.src takes a TrustedScriptURL only
        }
        document.body.append(element);
        return settled.finally(() => element.remove());
      },
      [name, `http://${address}/${name}`],
    );
  }
  await inPage(
    app,
    async (to) => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:${to}` }] });
      peer.createDataChannel('x');
      await peer.setLocalDescription(await peer.createOffer());
      peer.close();
    },
    address,
  );
  expect(requests).toEqual([]);

  // Past the page's policy: main itself asks in the page's session, and only the filter stands in the way.
  const direct = await app.electron.evaluate(async ({ BrowserWindow }, to) => {
    const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
    return session?.fetch(`http://${to}/session`).then(
      () => 'reached',
      (error: unknown) => String(error),
    );
  }, address);
  expect(direct).toContain('ERR_BLOCKED_BY_CLIENT');
  expect(requests).toEqual([]);
  app.takeErrors(refusals);
  await answers(app);
});

test('R11 R12: the page stays where it is and opens no window', async ({ app }) => {
  const place = app.page.url().split('#')[0];
  expect(await inPage(app, (to) => window.open(`http://${to}/open`), address)).toBe('done: null');
  expect(await inPage(app, () => window.open('about:blank'))).toBe('done: null');
  const tries: ((to: string) => unknown)[] = [
    (to) => (location.href = `http://${to}/href`),
    (to) => location.replace(`http://${to}/replace`),
    () => (location.href = 'file:///etc/passwd'),
    () => (location.href = 'data:text/html,x'),
    () => (location.href = 'app://evil/'),
    (to) => {
      const link = document.createElement('a');
      link.href = `http://${to}/link`;
      link.target = '_blank';
      document.body.append(link);
      link.click();
      link.remove();
    },
    (to) => {
      const form = document.createElement('form');
      form.action = `http://${to}/form`;
      document.body.append(form);
      form.submit();
      form.remove();
    },
    () => {
      const link = document.createElement('a');
      link.href = 'app://claviger/index.html';
      link.download = 'x.html';
      document.body.append(link);
      link.click();
      link.remove();
    },
  ];
  for (const attempt of tries) await inPage(app, attempt, address);
  await answers(app);
  expect(await inPage(app, () => location.href.split('#')[0])).toBe(`done: ${place}`);
  expect(requests).toEqual([]);
  app.takeErrors(refusals);
});

test('R5: the page has no permission', async ({ app }) => {
  expect(await inPage(app, () => Notification.requestPermission())).toBe('done: denied');
  expect(await inPage(app, () => navigator.mediaDevices.getUserMedia({ audio: true }))).toMatch(
    /^refused/,
  );
  expect(await inPage(app, () => navigator.clipboard.readText())).toMatch(/^refused/);
  expect(
    await inPage(
      app,
      () =>
        new Promise((resolve, reject) => {
          navigator.geolocation.getCurrentPosition(resolve, (error) =>
            reject(new Error(error.message)),
          );
        }),
    ),
  ).toMatch(/^refused/);
  app.takeErrors(refusals);
});

test('R18: the scheme serves the page and nothing beside it', async ({ app }) => {
  const status = (path: string) =>
    inPage(app, (url) => fetch(url).then((response) => response.status), `app://claviger/${path}`);
  expect(await status('')).toBe('done: 200');
  for (const path of [
    '../main/main.js',
    '..%2fmain%2fmain.js',
    '%2e%2e/main/main.js',
    '..%5cmain%5cmain.js',
    'index.html%00',
    '//etc/passwd',
    'package.json',
  ]) {
    expect(await status(path), path).toBe('done: 404');
  }
  expect(await inPage(app, () => fetch('app://other/index.html'))).toMatch(/^refused/);
  app.takeErrors(refusals);
});

test('R15: a message of another frame is not heard, even with the right words', async ({ app }) => {
  const sent = await app.electron.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) throw new Error('no window');
    const { webContents } = window;
    const replies: string[] = [];
    const send = webContents.send.bind(webContents);
    webContents.send = (channel: string, ...values: unknown[]) => {
      replies.push((values[0] as { id: string }).id);
      send(channel, ...values);
    };
    const stranger = new BrowserWindow({ show: false, webPreferences: { sandbox: true } });
    await stranger.loadURL('about:blank');
    const say = (id: string, senderFrame: unknown) =>
      webContents.ipc.emit(
        'claviger',
        { senderFrame },
        { kind: 'call', id, method: 'none', input: undefined },
      );
    say('gone', null);
    say('stranger', stranger.webContents.mainFrame);
    say('lookalike', { url: webContents.mainFrame.url });
    say('own', webContents.mainFrame);
    while (!replies.includes('own')) await new Promise((resolve) => setImmediate(resolve));
    webContents.send = send;
    stranger.destroy();
    return replies.filter((id) => ['gone', 'stranger', 'lookalike', 'own'].includes(id));
  });
  expect(sent).toEqual(['own']);
});

test('R16: malformed messages leave the program alive', async ({ app }) => {
  const sent = await inPage(app, () => {
    const { claviger } = window as unknown as { claviger: { send(message: unknown): void } };
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    let deep: unknown = {};
    for (let i = 0; i < 5000; i += 1) deep = { deep };
    const call = { kind: 'call', id: '1', method: 'app.info', input: undefined };
    const names = ['__proto__', 'constructor', 'app.__proto__', 'app.constructor', 'toString.call'];
    const polluting = JSON.parse('{"__proto__": {"theme": "dark"}}') as unknown;
    const values: unknown[] = [undefined, null, NaN, '', [], new Map(), () => 1, Symbol('x'), 10n];
    const messages: unknown[] = [
      cyclic,
      deep,
      { ...call, id: 'x'.repeat(20_000_000) },
      { ...call, id: 1 },
      { ...call, method: 'settings.set', input: polluting },
      { ...call, method: 'settings.set', input: cyclic },
      { ...call, method: 'keys.refresh', input: { only: 'x'.repeat(1_000_000) } },
      { kind: 'cancel', id: '__proto__' },
      { kind: 'reply', id: '1' },
    ];
    messages.push(...values, ...names.map((method) => ({ ...call, method })));
    for (const message of messages) {
      try {
        claviger.send(message);
      } catch {
        // The bridge itself refuses what cannot be copied.
      }
    }
    return messages.length;
  });
  expect(sent).toBe('done: 23');
  await answers(app);
});

test('R22: a download does not start', async ({ app }) => {
  const started = await app.electron.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents) throw new Error('no window');
    const refused = new Promise<boolean>((resolve) => {
      contents.session.once('will-download', (event) => resolve(event.defaultPrevented));
    });
    contents.downloadURL('app://claviger/index.html');
    return refused;
  });
  expect(started).toBe(true);
});

test('R4: the page runs in the sandboxed kind of renderer', async ({ app }) => {
  const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
  });
});

test('R28: a second start shows its link in the first one’s window', async ({ app }) => {
  await app.electron.evaluate(({ app: electron }) => {
    electron.emit('second-instance', {}, ['electron', '.', 'claviger://journal'], '/');
  });
  await expect(app.page).toHaveURL(/#\/journal/);
  await app.electron.evaluate(({ app: electron }) => {
    electron.emit('second-instance', {}, ['electron', '.', 'claviger://user@settings'], '/');
  });
  // The next link is followed, so the refused one has been dealt with before it.
  await app.electron.evaluate(({ app: electron }) => {
    electron.emit('second-instance', {}, ['electron', '.', 'claviger://accounts'], '/');
  });
  await expect(app.page).toHaveURL(/#\/accounts/);
});

test('R28: a start with a link opens at its place', async ({ launch }) => {
  const app = await launch({ args: ['claviger://journal'], at: null });
  await expect(app.page).toHaveURL(/^app:\/\/claviger\/#\/journal/);
});
