/** How often marks of one size were given. */
export interface Bar {
  /** Such as "4", or "4 to 5" where a bar holds more than one. */
  readonly label: string;
  readonly count: number;
  readonly holds: boolean;
}

/** Most bars that keep a readable label. */
const MOST_BARS = 11;

/**
 * Counts marks by size, so that a marker sees how they have marked so far.
 * @param now the mark that is being given; its bar is pointed out
 */
export function spreadOf(points: readonly number[], max: number, now: number | undefined): { bars: readonly Bar[]; mean: number } {
  const isWhole = Number.isInteger(max) && max + 1 <= MOST_BARS;
  const count = isWhole ? max + 1 : MOST_BARS - 1;
  const width = isWhole ? 1 : max / count;
  const binOf = (value: number): number => Math.max(0, Math.min(count - 1, isWhole ? Math.round(value) : Math.floor(value / width + 1e-9)));
  const bars = Array.from({ length: Math.max(1, count) }, (_, index) => ({
    label: isWhole ? String(index) : `${short(index * width)}–${short((index + 1) * width)}`,
    count: points.filter((value) => binOf(value) === index).length,
    holds: now !== undefined && binOf(now) === index,
  }));
  return { bars, mean: points.length === 0 ? 0 : points.reduce((sum, value) => sum + value, 0) / points.length };
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
