import { createSignal, onCleanup, type Accessor } from 'solid-js';

import { onServerClock, serverNowMs } from '#web/lib/server-clock.ts';

/** Now by the server's clock, moved on at each of its full seconds; a tab that was asleep is right again when it is looked at. */
export function createServerNow(): Accessor<number> {
  const [nowMs, setNow] = createSignal(serverNowMs());
  let timer: ReturnType<typeof setTimeout>;
  const tick = (): void => {
    clearTimeout(timer);
    const now = serverNowMs();
    setNow(now);
    // a little after the full second, so that rounding never shows one twice
    timer = setTimeout(tick, 1_000 - (now % 1_000) + 5);
  };
  const stop = onServerClock(tick);
  document.addEventListener('visibilitychange', tick);
  tick();
  onCleanup(() => {
    clearTimeout(timer);
    stop();
    document.removeEventListener('visibilitychange', tick);
  });
  return nowMs;
}
