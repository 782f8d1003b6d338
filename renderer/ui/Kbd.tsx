/**
 * Keys to press, as a command has them: `mod+k` is one chord, `g k` two keys after each other.
 * `mod` is Command on a Mac and Ctrl elsewhere.
 */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex shrink-0 items-center gap-1">
      {keyCaps(keys, isMac()).map((cap, index) => (
        <kbd
          // oxlint-disable-next-line react/no-array-index-key -- `g g` has the same cap twice
          key={`${index}${cap}`}
          className="inline-flex h-4 min-w-4 items-center justify-center rounded-sm border border-line-strong bg-sunken px-1 font-sans text-[10px] leading-none font-medium text-ink-2"
        >
          {cap}
        </kbd>
      ))}
    </span>
  );
}

/** The caps of a key sequence in the words of a keyboard: `mod+k` gives `Ctrl`, `K`. */
export function keyCaps(keys: string, mac: boolean): string[] {
  return keys
    .split(' ')
    .flatMap((chord) => (chord === '+' ? ['+'] : chord.split('+')))
    .map((key) => {
      const named = (mac ? macNames : names)[key.toLowerCase()];
      return named ?? (key.length === 1 ? key.toUpperCase() : key);
    });
}

/** True on Apple systems, where shortcuts use Command. */
export function isMac(): boolean {
  return navigator.userAgent.includes('Macintosh');
}

const names: Record<string, string> = {
  mod: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  enter: 'Enter',
  escape: 'Esc',
  arrowup: '\u2191',
  arrowdown: '\u2193',
  arrowleft: '\u2190',
  arrowright: '\u2192',
  space: 'Space',
};
const macNames: Record<string, string> = {
  ...names,
  mod: '\u2318',
  shift: '\u21e7',
  alt: '\u2325',
};
