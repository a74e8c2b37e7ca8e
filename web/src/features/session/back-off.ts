const STEPS_MS = [1_000, 2_000, 5_000, 10_000, 30_000];

/** Growing pauses between tries, spread so that a whole room does not come back in the same second. */
export function createBackOff(random: () => number = Math.random) {
  let step = 0;
  return {
    /** The next pause, ms: the step less up to a quarter of it. */
    nextMs(): number {
      const base = STEPS_MS[Math.min(step, STEPS_MS.length - 1)]!;
      step += 1;
      return Math.round(base * (1 - random() / 4));
    },
    reset(): void {
      step = 0;
    },
  };
}
