import { createComputed, on } from 'solid-js';

/** Remembers what had the focus when something opened, and gives it back: the handler for `onCloseAutoFocus` of a dialog that has no trigger of its own. */
export function createFocusReturn(isOpen: () => boolean): (event: Event) => void {
  let opener: Element | null = null;
  createComputed(on(isOpen, (open) => {
    if (open) opener = document.activeElement;
  }));
  return (event) => {
    event.preventDefault();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
  };
}
