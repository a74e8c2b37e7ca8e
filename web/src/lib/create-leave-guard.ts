import { useBeforeLeave, type BeforeLeaveEventArgs } from '@solidjs/router';
import { createEffect, createSignal, onCleanup, type Accessor } from 'solid-js';

/** Asks before a page with unsaved work is left. */
export interface LeaveGuard {
  /** Somebody wants to leave: show the question. */
  readonly isAsking: Accessor<boolean>;
  readonly stay: () => void;
  readonly leave: () => void;
}

/** Holds the way to other pages, and the closing of the tab, while there is unsaved work. */
export function createLeaveGuard(isUnsaved: Accessor<boolean>): LeaveGuard {
  const [held, setHeld] = createSignal<BeforeLeaveEventArgs>();
  useBeforeLeave((event) => {
    if (!isUnsaved() || event.defaultPrevented) return;
    event.preventDefault();
    setHeld(event);
  });
  createEffect(() => {
    if (!isUnsaved()) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    onCleanup(() => window.removeEventListener('beforeunload', ask));
  });
  return {
    isAsking: () => held() !== undefined,
    stay: () => setHeld(undefined),
    leave() {
      const event = held();
      setHeld(undefined);
      event?.retry(true);
    },
  };
}
