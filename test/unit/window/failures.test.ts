import { EventEmitter } from 'node:events';
import type { App, MessageBoxOptions } from 'electron';
import { expect, test } from 'vitest';
import { watchProcess, watchWindow, type WatchedWindow } from '../../../electron/window/failures';
import { quitAfter } from '../../../electron/window/quit';
import { AppError } from '../../../shared/model/errors';
import { FakeWindow, keptLog, refusable } from './fakes';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A message box in which the operator presses the button of that name. */
function pressing(button: string) {
  const asked: MessageBoxOptions[] = [];
  return {
    asked,
    ask: async (question: MessageBoxOptions) => {
      asked.push(question);
      const index = question.buttons?.indexOf(button) ?? -1;
      if (index < 0) throw new Error(`no button ${button}`);
      return index;
    },
  };
}

function watched(button: string) {
  const window = new FakeWindow();
  const { ask, asked } = pressing(button);
  const { log, lines } = keptLog();
  watchWindow(window as unknown as WatchedWindow, ask, log);
  return { window, contents: window.webContents, asked, lines };
}

test('a page that has crashed is reloaded when the operator says so', async () => {
  const { contents, asked, lines } = watched('Reload');
  contents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 5 });
  await settled();
  expect(asked).toHaveLength(1);
  expect([contents.reloads, contents.crashes]).toEqual([1, 0]);
  expect(lines).toEqual(['error window process gone: oom (exit code 5)']);
});

test('a page that has crashed is not reloaded without being asked, and its window can be closed', async () => {
  const { window, contents } = watched('Close');
  contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
  await settled();
  expect(contents.reloads).toBe(0);
  expect(window.calls).toEqual(['close']);
});

test('a page that hangs is ended before it is reloaded, and that end is not reported again', async () => {
  const { window, contents, asked } = watched('Reload');
  contents.forcefullyCrashRenderer = () => {
    contents.crashes += 1;
    contents.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 });
  };
  window.emit('unresponsive');
  await settled();
  expect([contents.crashes, contents.reloads, asked.length]).toEqual([1, 1, 1]);
});

test('a page that hangs may be waited for, and is asked about again later', async () => {
  const { window, contents, asked } = watched('Wait');
  window.emit('unresponsive');
  window.emit('unresponsive');
  await settled();
  expect([contents.reloads, window.calls, asked.length]).toEqual([0, [], 1]);
  window.emit('unresponsive');
  await settled();
  expect(asked).toHaveLength(2);
});

test('a window that ended in order is no failure', async () => {
  const { contents, asked } = watched('Reload');
  contents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
  await settled();
  expect(asked).toEqual([]);
});

function process(button: string) {
  const events = new EventEmitter();
  const exits: (number | undefined)[] = [];
  const app = Object.assign(new EventEmitter(), { exit: (code?: number) => exits.push(code) });
  const { ask, asked } = pressing(button);
  const { log, lines } = keptLog();
  watchProcess(events as never, app as unknown as App, ask, log);
  return { events, exits, asked, lines };
}

test('an uncaught exception is logged and told, and ends the program', async () => {
  const { events, exits, asked, lines } = process('Quit');
  events.emit('uncaughtException', new Error('secret detail'));
  await settled();
  expect(lines).toEqual(['error uncaught exception']);
  expect(JSON.stringify(asked)).not.toContain('secret detail');
  expect(exits).toEqual([1]);
});

test('an unhandled rejection is logged and told, and the operator may go on', async () => {
  const { events, exits, asked } = process('Continue');
  events.emit('unhandledRejection', new Error('x'));
  events.emit('unhandledRejection', new Error('y'));
  await settled();
  expect(asked).toHaveLength(1);
  expect(exits).toEqual([]);
});

test('where no message can be shown, the program ends', async () => {
  const { events, exits } = process('no such button');
  events.emit('unhandledRejection', new Error('x'));
  await settled();
  expect(exits).toEqual([1]);
});

function quitting(opening: Promise<{ close(): Promise<void> }>) {
  const exits: (number | undefined)[] = [];
  const app = Object.assign(new EventEmitter(), { exit: (code?: number) => exits.push(code) });
  const { ask, asked } = pressing('Quit');
  quitAfter(app as unknown as App, opening, ask, keptLog().log);
  return { app, exits, asked };
}

test('the program ends after what is open was closed, once', async () => {
  let closed = 0;
  let finish = () => {};
  const close = () => {
    closed += 1;
    return new Promise<void>((resolve) => (finish = resolve));
  };
  const { app, exits } = quitting(Promise.resolve({ close }));
  const events = [refusable(), refusable()];
  for (const event of events) app.emit('will-quit', event);
  await settled();
  expect(events.map((event) => event.refused)).toEqual([true, true]);
  expect([closed, exits]).toEqual([1, []]);
  finish();
  await settled();
  expect(exits).toEqual([undefined]);
});

test('the program ends also when closing fails', async () => {
  const { app, exits } = quitting(
    Promise.resolve({ close: () => Promise.reject(new Error('no')) }),
  );
  app.emit('will-quit', refusable());
  await settled();
  expect(exits).toEqual([undefined]);
});

test('what could not be opened is told in its own sentence, and the program ends', async () => {
  const full = new AppError('disk-full', 'There is no space left.');
  const { exits, asked } = quitting(Promise.reject(full));
  await settled();
  expect(asked[0]).toMatchObject({ detail: 'There is no space left.' });
  expect(exits).toEqual([1]);
});
