import { ascending } from './descriptive.ts';

/** The part of the students that makes the upper group, and the lower. */
export const EXTREME = 0.27;

/** How far each student belongs to the groups; the three add up to 1. */
export interface ScoreGroups {
  /** Students in the upper group, and in the lower. */
  readonly size: number;
  readonly lower: readonly number[];
  readonly middle: readonly number[];
  readonly upper: readonly number[];
}

/**
 * Splits students by their totals into the best 27 %, the last 27 % and the middle. A group has 0.27 n members, rounded half
 * up, at least one. Students with the same total at the border share the places that are left: each belongs to the group in
 * part, so that the order of equal students never matters.
 * @returns null for fewer than two students
 * @source T. L. Kelley, The selection of upper and lower groups for the validation of test items, Journal of Educational Psychology 30 (1939) 17-24
 */
export function scoreGroups(totals: readonly number[]): ScoreGroups | null {
  if (totals.length < 2) return null;
  const size = Math.max(1, Math.floor(totals.length * EXTREME + 0.5));
  const upper = membership(totals, size);
  const lower = membership(totals.map((total) => -total), size);
  return { size, lower, upper, middle: upper.map((weight, index) => 1 - weight - lower[index]!) };
}

function membership(totals: readonly number[], size: number): number[] {
  const border = ascending(totals)[totals.length - size]!;
  let [above, at] = [0, 0];
  for (const total of totals) {
    if (total > border) above += 1;
    else if (total === border) at += 1;
  }
  return totals.map((total) => (total > border ? 1 : total === border ? (size - above) / at : 0));
}
