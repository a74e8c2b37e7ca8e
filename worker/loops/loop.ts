import type { Logger } from 'pino';

/** Work that is done again and again until the process ends. */
export interface Loop {
  start(): void;
  /** Does the work soon instead of at the next interval; many calls become one. */
  wake(): void;
  /** Ends after the work in hand. */
  stop(): Promise<void>;
}

/** Longest pause after failures, ms: a part that comes back is noticed within it. */
const MAX_BACK_OFF_MS = 2_000;

/**
 * @param options `tick` answers whether there is more to do at once; when it fails, the loop goes on after a pause that
 *   grows from `everyMs` (at least 100 ms) to 2 s (or `everyMs`, if that is longer), and says so once
 */
export function createLoop(options: { name: string; everyMs: number; tick: () => Promise<boolean>; log: Logger }): Loop {
  const { name, everyMs, tick, log } = options;
  let failures = 0;
  let running: Promise<void> | undefined;
  let stopped = false;
  let woken = false;
  let interrupt: (() => void) | undefined;

  async function once(): Promise<number> {
    try {
      const more = await tick();
      if (failures > 0) log.info({ loop: name, failures }, 'the loop works again');
      failures = 0;
      return more ? 0 : everyMs;
    } catch (error) {
      failures += 1;
      if (failures === 1) log.warn({ loop: name, err: error }, 'the loop failed and goes on trying');
      // wake-ups do not shorten this pause: they come with every commit
      woken = false;
      return Math.max(everyMs, Math.min(MAX_BACK_OFF_MS, Math.max(100, everyMs) * 2 ** Math.min(failures, 6)));
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false;
      const pauseMs = await once();
      if (stopped || woken) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pauseMs);
        interrupt = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      interrupt = undefined;
    }
  }

  return {
    start() {
      running ??= run();
    },
    wake() {
      woken = true;
      if (failures === 0) interrupt?.();
    },
    async stop() {
      stopped = true;
      interrupt?.();
      await running;
    },
  };
}
