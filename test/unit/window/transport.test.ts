import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createDispatcher, type Dispatcher } from '../../../electron/ipc/dispatcher';
import { deferDispatcher } from '../../../electron/ipc/deferred';
import { channel, connectPage } from '../../../electron/ipc/electronTransport';
import { isAppUrl } from '../../../electron/window/scheme';
import { method } from '../../../shared/contract/define';
import { FakeContents, keptLog } from './fakes';

const text = z.object({ text: z.string() });

/** A page connected to a real dispatcher whose `wait` never ends by itself. */
function connected(wrap: (dispatcher: Dispatcher) => Dispatcher = (dispatcher) => dispatcher) {
  const waiting: AbortSignal[] = [];
  const heard: string[] = [];
  const contract = {
    try: {
      echo: method({ summary: '', input: text, output: text }),
      wait: method({ summary: '' }),
    },
  };
  const dispatcher = createDispatcher(
    contract,
    {
      try: {
        echo: (input) => {
          heard.push(input.text);
          return input;
        },
        wait: (_input, { signal }) => {
          waiting.push(signal);
          return new Promise<undefined>((resolve) => {
            signal.addEventListener('abort', () => resolve(undefined));
          });
        },
      },
    },
    { onDefect: (_method, error) => expect.unreachable(String(error)) },
  );
  const contents = new FakeContents();
  const { log, lines } = keptLog();
  connectPage(contents, { dispatcher: wrap(dispatcher), isAppUrl, log });
  const from = (senderFrame: unknown, message: unknown) =>
    contents.ipc.emit(channel, { senderFrame }, message);
  const send = (message: unknown) => from(contents.mainFrame, message);
  return { contents, from, send, lines, heard, waiting };
}
const echo = (id: string, value = 'hello') => ({
  kind: 'call',
  id,
  method: 'try.echo',
  input: { text: value },
});
const wait = (id: string) => ({ kind: 'call', id, method: 'try.wait', input: undefined });
/** Lets every answer that is ready be sent. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('R15: the main frame of the app is answered', async () => {
  const { contents, send } = connected();
  send(echo('1'));
  await settled();
  expect(contents.sent).toEqual([{ kind: 'value', id: '1', value: { text: 'hello' } }]);
});

test.each([
  ['a frame that has gone', () => null],
  ['no frame at all', () => undefined],
  ['a subframe of the app', () => ({ url: 'app://claviger/' })],
  ['a frame that only looks like the main one', (main: { url: string }) => ({ ...main })],
])('R15: %s is not heard', async (_name, frameOf) => {
  const { contents, from, heard, lines } = connected();
  from(frameOf(contents.mainFrame), echo('1'));
  await settled();
  expect([heard, contents.sent]).toEqual([[], []]);
  expect(lines).toEqual(['warn refused: message from a foreign frame']);
});

test.each([
  'https://example.com/',
  'app://evil/',
  'app://claviger.evil/',
  'about:blank',
  'file:///x',
  '',
])('R15: the main frame is not heard while it shows %s', async (url) => {
  const { contents, send, heard } = connected();
  contents.mainFrame.url = url;
  send(echo('1'));
  await settled();
  expect([heard, contents.sent]).toEqual([[], []]);
});

test.each(['did-navigate', 'render-process-gone', 'destroyed'])(
  '%s cancels what the page had asked for, and its successor gets none of the replies',
  async (event) => {
    const { contents, send, waiting } = connected();
    send(wait('1'));
    contents.emit(event);
    await settled();
    expect(waiting.map((signal) => signal.aborted)).toEqual([true]);
    // The next page counts its calls from 1 again.
    send(echo('1'));
    await settled();
    expect(contents.sent).toEqual([{ kind: 'value', id: '1', value: { text: 'hello' } }]);
  },
);

test('a reply to a window that has gone is dropped', async () => {
  const { contents, send } = connected();
  send(echo('1'));
  contents.destroyed = true;
  await settled();
  expect(contents.sent).toEqual([]);
});

test('R16: no message whatever makes it throw or stops it from answering the next', async () => {
  const { contents, send } = connected();
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  const hostile = fc.constantFrom<unknown>(
    null,
    undefined,
    cyclic,
    new Map(),
    10n,
    ...['__proto__', 'constructor', 'toString', 'try.__proto__', 'try.constructor'].map((name) => ({
      ...wait('1'),
      method: name,
    })),
    { ...echo('1'), id: 'x'.repeat(1_000_000) },
    { ...echo('1'), id: { toString: () => '1' } },
    JSON.parse('{"__proto__":{"kind":"call"},"kind":"call","id":"__proto__","method":"try.echo"}'),
  );
  fc.assert(
    fc.property(fc.oneof(hostile, fc.anything()), (message) => {
      send(message);
    }),
    { numRuns: 500 },
  );
  await settled();
  contents.sent = [];
  send(echo('after'));
  await settled();
  expect(contents.sent).toEqual([{ kind: 'value', id: 'after', value: { text: 'hello' } }]);
});

test('what is asked before the services are open is answered in order once they are', async () => {
  let ready = () => {};
  const gate = new Promise<void>((resolve) => (ready = resolve));
  const { contents, send, heard } = connected((real) => deferDispatcher(gate.then(() => real)));
  send(echo('1', 'a'));
  send(echo('2', 'b'));
  await settled();
  expect(heard).toEqual([]);
  ready();
  await settled();
  send(echo('3', 'c'));
  await settled();
  expect(heard).toEqual(['a', 'b', 'c']);
  expect(contents.sent).toHaveLength(3);
});

test('a page that left before the services were open has asked for nothing', async () => {
  let ready = () => {};
  const gate = new Promise<void>((resolve) => (ready = resolve));
  const { contents, send, heard } = connected((real) => deferDispatcher(gate.then(() => real)));
  send(echo('1'));
  contents.emit('did-navigate');
  ready();
  await settled();
  expect([heard, contents.sent]).toEqual([[], []]);
});
