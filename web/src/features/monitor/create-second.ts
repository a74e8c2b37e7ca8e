import { createSignal, onCleanup, type Accessor } from 'solid-js';

import { serverNowMs } from '#web/lib/server-clock.ts';

/** The server's clock in whole seconds, moving on the second: one tick for everything that a page shows. */
export function createSecond(): Accessor<number> {
  const [nowMs, setNow] = createSignal(floor());
  let timer: ReturnType<typeof setTimeout>;
  const tick = (): void => {
    setNow(floor());
    // a little behind the edge, so that an early timer does not show a second twice
    timer = setTimeout(tick, 1_005 - (serverNowMs() % 1_000));
  };
  tick();
  onCleanup(() => clearTimeout(timer));
  return nowMs;
}

function floor(): number {
  return Math.floor(serverNowMs() / 1_000) * 1_000;
}
