import { Tooltip as Base } from '@base-ui/react/tooltip';
import { useRef, type ReactElement, type ReactNode } from 'react';
import { Kbd } from './Kbd';

/**
 * Says more about the element it wraps, on hover and on keyboard focus. It only adds: what must be
 * known stands in the element's own text or label.
 */
export function Tooltip({
  label,
  shortcut,
  children,
  side = 'bottom',
}: {
  label: ReactNode;
  /** As in a command: `mod+k`, `g k`. */
  shortcut?: string | undefined;
  /** One element that takes a ref and event handlers. */
  children: ReactElement;
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
}) {
  const actions = useRef<Base.Root.Actions>(null);
  return (
    <Base.Root
      actionsRef={actions}
      onOpenChange={(_open, details) => {
        if (details.reason !== 'escape-key') return;
        // Esc is meant for the dialog or drawer around; the tooltip only goes along.
        details.cancel();
        details.allowPropagation();
        queueMicrotask(() => actions.current?.close());
      }}
    >
      <Base.Trigger render={children} delay={350} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup className="flex max-w-[min(560px,90vw)] items-center gap-2 rounded-md border border-line bg-raised px-2 py-1 text-xs break-words text-ink shadow-popup">
            {label}
            {shortcut && <Kbd keys={shortcut} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
