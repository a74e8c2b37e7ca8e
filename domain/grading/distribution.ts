/** How the percents of a class are spread. */

const STEPS = 20;

/** Attempts in 20 steps of 5 %; below 0 is in the first, 100 % in the last. */
export function histogramOf(percents: readonly number[]): number[] {
  const counts = Array.from({ length: STEPS }, () => 0);
  for (const percent of percents) counts[Math.max(0, Math.min(STEPS - 1, Math.floor((percent * STEPS) / 100)))]! += 1;
  return counts;
}

/** The mean, two places; null of none. */
export function meanOf(percents: readonly number[]): number | null {
  return percents.length === 0 ? null : rounded(percents.reduce((sum, percent) => sum + percent, 0) / percents.length);
}

/** The median, two places; null of none. @param sorted ascending */
export function medianOf(sorted: readonly number[]): number | null {
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : rounded((low + high) / 2);
}

function rounded(percent: number): number {
  return Math.round(percent * 100) / 100;
}
