import { afterEach, describe, expect, test } from 'vitest';
import type { Command } from '../../../renderer/app/commands';
import { chordOf, listenToKeyboard, matchKey } from '../../../renderer/app/keyboard';

const command = (id: string, keys: Command['keys'], more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: 'Test',
  keys,
  run: () => {},
  ...more,
});
const commands = [
  command('keys', 'g k'),
  command('journal', 'g j'),
  command('refresh', 'r'),
  command('palette', 'mod+k'),
  command('row', ['j', 'ArrowDown'], { local: true }),
];

describe('the meaning of a key', () => {
  test('a single key runs its command', () => {
    expect(matchKey('r', '', commands).command?.id).toBe('refresh');
  });

  test('the first key of a sequence waits, the second runs it', () => {
    const first = matchKey('g', '', commands);
    expect(first).toMatchObject({ pending: 'g', taken: true });
    expect(matchKey('j', first.pending, commands).command?.id).toBe('journal');
  });

  test('a key that does not continue a sequence is read anew', () => {
    expect(matchKey('r', 'g', commands).command?.id).toBe('refresh');
    expect(matchKey('x', 'g', commands)).toEqual({ pending: '', taken: false });
  });

  test('keys that a component handles by itself are left to it', () => {
    expect(matchKey('ArrowDown', '', commands).taken).toBe(false);
  });

  test.each([
    [{ key: 'K', ctrlKey: true }, false, 'mod+k'],
    [{ key: 'k', metaKey: true }, true, 'mod+k'],
    [{ key: 'k', ctrlKey: true }, true, 'k'],
    [{ key: '?', shiftKey: true }, false, '?'],
    [{ key: 'G', shiftKey: true }, false, 'shift+g'],
    [{ key: 'Tab', shiftKey: true }, false, 'shift+Tab'],
    [{ key: 'Escape' }, false, 'Escape'],
  ])('%o is written %s %s', (press, mac, chord) => {
    const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, timeStamp: 0 };
    expect(chordOf({ ...none, ...press }, mac)).toBe(chord);
  });
});

describe('the keyboard of the window', () => {
  let stop = () => {};
  afterEach(() => {
    stop();
    document.body.replaceChildren();
  });

  function start() {
    const ran: string[] = [];
    const all = commands.map((one) => ({ ...one, run: () => void ran.push(one.id) }));
    stop = listenToKeyboard(document, () => all, false);
    return ran;
  }
  const press = (target: Element, key: string, init: KeyboardEventInit = {}) =>
    target.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }),
    );

  test('sequences and chords run commands', () => {
    const ran = start();
    press(document.body, 'g');
    press(document.body, 'k');
    press(document.body, 'k', { ctrlKey: true });
    expect(ran).toEqual(['keys', 'palette']);
  });

  test('what is typed into a field stays text, but chords work', () => {
    const ran = start();
    const field = document.body.appendChild(document.createElement('input'));
    press(field, 'r');
    press(field, 'k', { ctrlKey: true });
    expect(ran).toEqual(['palette']);
  });

  test('a dialog has its keys for itself', () => {
    const ran = start();
    const dialog = document.body.appendChild(document.createElement('div'));
    dialog.setAttribute('role', 'dialog');
    press(dialog, 'r');
    expect(ran).toEqual([]);
  });

  test('a held key does not repeat a command, and a handled key is not handled twice', () => {
    const ran = start();
    press(document.body, 'r', { repeat: true });
    const handled = new KeyboardEvent('keydown', { key: 'r', bubbles: true, cancelable: true });
    handled.preventDefault();
    document.body.dispatchEvent(handled);
    expect(ran).toEqual([]);
  });
});
