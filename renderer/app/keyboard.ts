import { inPopup } from '../ui';
import { keysOf, type Command } from './commands';

/** Longest pause between two keys of a sequence such as `g k`, in milliseconds. */
const sequenceTimeoutMs = 1000;

/** The facts of a key press that decide. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'timeStamp'
>;

export interface KeyResult {
  readonly command?: Command | undefined;
  /** What has been typed of a longer sequence. */
  readonly pending: string;
  /** The key belongs to a shortcut, so the page shall not have it too. */
  readonly taken: boolean;
}

/** Finds what a key means after the keys before it (`pending`). Knows no DOM. */
export function matchKey(chord: string, pending: string, commands: readonly Command[]): KeyResult {
  const global = commands.filter((command) => !command.local);
  for (const typed of pending ? [`${pending} ${chord}`, chord] : [chord]) {
    const command = global.find((candidate) => keysOf(candidate).includes(typed));
    if (command) return { command, pending: '', taken: true };
    const begins = global.some((candidate) =>
      keysOf(candidate).some((keys) => keys.startsWith(`${typed} `)),
    );
    if (begins) return { pending: typed, taken: true };
  }
  return { pending: '', taken: false };
}

/** A key press in the notation of commands: `mod+k`, `shift+g`, `?`, `Escape`. */
export function chordOf(press: KeyPress, mac: boolean): string {
  const mod = mac ? press.metaKey : press.ctrlKey;
  const letter = /^[a-z]$/i.test(press.key);
  const key = letter ? press.key.toLowerCase() : press.key;
  // Shift is part of what makes `?`; with letters and named keys it is a modifier.
  const shift = press.shiftKey && (letter || press.key.length > 1);
  return [mod && 'mod', press.altKey && 'alt', shift && 'shift', key].filter(Boolean).join('+');
}

/**
 * Runs commands by their keys. Keys typed into a field, a menu or a dialog are left alone, except
 * chords with Ctrl or Command. Gives the function that stops it.
 */
export function listenToKeyboard(
  target: Document,
  commands: () => readonly Command[],
  mac: boolean,
): () => void {
  let pending = '';
  let pendingSince = 0;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    if (['Control', 'Meta', 'Alt', 'Shift'].includes(event.key)) return;
    const chord = chordOf(event, mac);
    if (!chord.startsWith('mod+') && (isTyping(event.target) || inPopup(event.target))) return;
    if (event.timeStamp - pendingSince > sequenceTimeoutMs) pending = '';
    const result = matchKey(chord, pending, commands());
    pending = result.pending;
    pendingSince = event.timeStamp;
    if (result.taken) event.preventDefault();
    result.command?.run();
  };

  target.addEventListener('keydown', onKeyDown);
  return () => target.removeEventListener('keydown', onKeyDown);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) {
    return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  }
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}
