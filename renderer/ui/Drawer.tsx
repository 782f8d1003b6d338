import { X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react';
import { IconButton } from './Button';
import { cx } from './cx';
import { inPopup } from './inPopup';

/**
 * A side panel beside a list that stays usable. Place it as the last child of a `relative flex`
 * row: it takes its width from the list, and lies over it where the window is narrow.
 * Esc closes it from anywhere but a popup; the focus then goes to the element that `returnFocus`
 * names, or back to the one that had it when the drawer opened.
 */
export function Drawer({
  label,
  onClose,
  returnFocus,
  header,
  actions,
  children,
  takeFocus = false,
  over = false,
}: {
  /** Accessible name: what it is about. */
  label: string;
  onClose: () => void;
  returnFocus?: (() => HTMLElement | null | undefined) | undefined;
  header: ReactNode;
  /** Buttons left of the close button. */
  actions?: ReactNode;
  children: ReactNode;
  /** Moves the focus into the drawer when it opens, as after Enter on a row. */
  takeFocus?: boolean | undefined;
  /** Lies over the list in any window, where the list has too little room to give some away. */
  over?: boolean | undefined;
}) {
  const panel = useRef<HTMLElement>(null);
  const opener = useRef(document.activeElement);
  const close = () => {
    onClose();
    const back = returnFocus?.() ?? opener.current;
    if (back instanceof HTMLElement && back.isConnected) back.focus();
  };
  const onEscape = useEffectEvent(close);

  useEffect(() => {
    if (takeFocus) panel.current?.focus();
  }, [takeFocus]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || inPopup(event.target)) return;
      event.preventDefault();
      onEscape();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  return (
    <aside
      ref={panel}
      aria-label={label}
      tabIndex={-1}
      className={cx(
        // Above the sticky head of the table that it may lie over.
        'z-2 flex shrink-0 flex-col border-l bg-surface outline-none',
        over
          ? 'absolute inset-y-0 right-0 w-[min(440px,calc(100%-160px))] shadow-popup'
          : 'w-[clamp(420px,40%,680px)] max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:w-[min(560px,calc(100%-48px))] max-lg:shadow-popup',
      )}
    >
      <header className="flex min-h-12 items-start gap-2 border-b py-3 pr-2 pl-4">
        <div className="min-w-0 flex-1">{header}</div>
        <div className="flex shrink-0 items-center gap-1">
          {actions}
          <IconButton icon={X} label="Close" shortcut="Escape" onClick={close} />
        </div>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </aside>
  );
}
