import { performance } from 'node:perf_hooks';

import type { Bus } from '#db/bus.ts';

const LOOK_MS = 100;
/** Share of the time in which the process had something to do, from which on it counts as busy. */
const BUSY_RATIO = 0.3;

/** Asks the background work of all processes to hold back while this process has its hands full. */
export function createLoadWatch(bus: Pick<Bus, 'sayBusy'>): { start(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let last = performance.eventLoopUtilization();

  function look(): void {
    const now = performance.eventLoopUtilization();
    if (performance.eventLoopUtilization(now, last).utilization > BUSY_RATIO) bus.sayBusy();
    last = now;
  }

  return {
    start() {
      last = performance.eventLoopUtilization();
      timer = setInterval(look, LOOK_MS).unref();
    },
    stop: () => clearInterval(timer),
  };
}
