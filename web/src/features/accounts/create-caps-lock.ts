import { createSignal, onCleanup, type Accessor } from 'solid-js';

/** Whether Caps Lock is on, as far as keys and clicks on the page have told. */
export function createCapsLock(): Accessor<boolean> {
  const [isOn, setOn] = createSignal(false);
  const look = (event: Event): void => {
    // a form filled in by the browser sends key events without a state
    if ('getModifierState' in event) setOn((event as KeyboardEvent).getModifierState('CapsLock'));
  };
  const names = ['keydown', 'keyup', 'pointerdown'] as const;
  for (const name of names) addEventListener(name, look, true);
  onCleanup(() => {
    for (const name of names) removeEventListener(name, look, true);
  });
  return isOn;
}
