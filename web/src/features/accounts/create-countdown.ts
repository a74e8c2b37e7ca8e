import { createSignal, onCleanup, type Accessor } from 'solid-js';

/** Whole seconds that are left of a wait; 0 when it is over. Monotonic, whatever the clock of the device does. */
export function createCountdown(): { readonly seconds: Accessor<number>; start(ms: number): void } {
  const [seconds, setSeconds] = createSignal(0);
  let untilMs = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const look = (): void => {
    setSeconds(Math.max(0, Math.ceil((untilMs - performance.now()) / 1_000)));
    if (seconds() === 0) clearInterval(timer);
  };
  onCleanup(() => clearInterval(timer));
  return {
    seconds,
    start(ms) {
      untilMs = performance.now() + ms;
      clearInterval(timer);
      timer = setInterval(look, 250);
      look();
    },
  };
}
