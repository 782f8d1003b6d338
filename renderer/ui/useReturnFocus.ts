import { useCallback, useLayoutEffect, useRef } from 'react';

/**
 * Gives the focus back to exactly the element that had it when something modal opened, for Base UI's
 * `finalFocus`. Its own way skips what is not in the tab order (the list, the main part) and lands on
 * the first field inside, where the next shortcut would be typed as text.
 */
export function useReturnFocus(open: boolean): () => false {
  const before = useRef<Element>(null);
  useLayoutEffect(() => {
    if (open) before.current = document.activeElement;
  }, [open]);

  return useCallback(() => {
    const element = before.current;
    // After Base UI has taken the popup away, unless something else has the focus by then.
    queueMicrotask(() => {
      if (element instanceof HTMLElement && element.isConnected) {
        element.focus({ preventScroll: true });
      }
    });
    return false;
  }, []);
}
