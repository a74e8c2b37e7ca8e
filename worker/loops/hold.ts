/** How far work that nobody waits for stands back. `eased`: it has been asked to for so long that it has to go on a little. */
export type HoldLevel = 'none' | 'full' | 'eased';

/** Whether work that nobody waits for stands back for now. */
export interface Hold {
  /** Asks for it, for the next moment. */
  ask(): void;
  level(): HoldLevel;
}

/** @param options `forMs`: how long one request counts; `fullMs`: how long a hold without a gap stays full */
export function createHold({ forMs, fullMs }: { forMs: number; fullMs: number }): Hold {
  let since = -Infinity;
  let until = -Infinity;
  return {
    ask() {
      const now = performance.now();
      if (now >= until) since = now;
      until = now + forMs;
    },
    level() {
      const now = performance.now();
      if (now >= until) return 'none';
      return now - since < fullMs ? 'full' : 'eased';
    },
  };
}
