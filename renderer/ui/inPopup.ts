/** True inside what floats above the page (dialog, menu, list): it has its own keys and its own Esc. */
export function inPopup(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !==
      null
  );
}
