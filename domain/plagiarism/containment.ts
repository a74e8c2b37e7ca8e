import type { MatchedRange } from './text.ts';

/**
 * How much of the shorter of two texts stands in the other one, in characters without white space at its ends.
 * @returns 0..1, null where nothing matches
 */
export function containmentOf(a: string | null, b: string | null, ranges: readonly MatchedRange[]): number | null {
  if (a === null || b === null || ranges.length === 0) return null;
  const [text, side] = a.trim().length <= b.trim().length ? [a, 'a' as const] : [b, 'b' as const];
  // passages of the longer text can stand in the shorter one more than once: each character counts once
  const covered = new Set<number>();
  for (const range of ranges) for (let at = range[`${side}From`]; at < range[`${side}To`]; at += 1) covered.add(at);
  return Math.min(1, covered.size / Math.max(1, text.trim().length));
}
