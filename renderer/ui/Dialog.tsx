import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef, type ReactNode, type RefObject } from 'react';
import { cx } from './cx';
import { useReturnFocus } from './useReturnFocus';

/**
 * A modal dialog with a title. Focus goes to `initialFocus`, else to its first field, else to its
 * first control, and comes back where it was. `footer` holds the buttons, the one that acts last.
 */
export function Dialog({
  open,
  onClose,
  title,
  description,
  footer,
  children,
  wide = false,
  initialFocus,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
  wide?: boolean | undefined;
  initialFocus?: RefObject<HTMLElement | null> | undefined;
}) {
  const returnFocus = useReturnFocus(open);
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Base.Viewport className="fixed inset-0 z-30 flex items-start justify-center overflow-hidden px-4 pt-[12vh] pb-4">
          <Base.Popup
            ref={popup}
            initialFocus={initialFocus ?? (() => popup.current?.querySelector<HTMLElement>(field))}
            finalFocus={returnFocus}
            className={cx(
              'flex max-h-full w-full flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-popup outline-none',
              wide ? 'max-w-180' : 'max-w-110',
            )}
          >
            <header className="flex items-start gap-4 pt-4 pr-3 pb-3 pl-5">
              <div className="min-w-0 flex-1">
                <Base.Title className="text-base font-semibold">{title}</Base.Title>
                {description && (
                  <Base.Description className="mt-1 text-sm text-ink-2">
                    {description}
                  </Base.Description>
                )}
              </div>
              <Base.Close
                aria-label="Close"
                title="Close (Esc)"
                className="flex size-7 shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"
              >
                <X aria-hidden size={15} />
              </Base.Close>
            </header>
            {children && (
              <div className="-mt-1 min-h-0 overflow-y-auto px-5 pt-1 pb-4">{children}</div>
            )}
            {footer && (
              <footer className="flex justify-end gap-2 border-t bg-sunken px-5 py-3">
                {footer}
              </footer>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** What is typed or chosen from; not a box or a file, which a stray key would change. */
const field =
  'input:not([type=checkbox], [type=radio], [type=file], [aria-hidden], [disabled]), textarea:not([disabled]), [role=combobox]';
