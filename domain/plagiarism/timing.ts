import type { SessionPrint, TimingIndex } from './types.ts';

/** Two saves that are as close as this look like one conversation. */
const CLOSE_S = 30;

/** Compares when two sessions answered their common questions. */
export function compareTiming(a: SessionPrint, b: SessionPrint): TimingIndex | null {
  const theirs = new Map(b.keys.map((key, at) => [key, b.savedAt[at]!]));
  const left: number[] = [];
  const right: number[] = [];
  a.keys.forEach((key, at) => {
    const mine = a.savedAt[at]!;
    const other = theirs.get(key) ?? 0;
    if (mine === 0 || other === 0) return;
    left.push(mine);
    right.push(other);
  });
  if (left.length < 5) return null;
  return {
    correlation: pearson(gaps(left), gaps(right)),
    orderCorrelation: pearson(ranks(left), ranks(right)),
    items: left.length,
    within30s: left.filter((time, at) => Math.abs(time - right[at]!) <= CLOSE_S).length,
  };
}

/** Times spent between one answer and the next one, by question in the order of the first session's paper. */
function gaps(times: readonly number[]): number[] {
  const sorted = times.toSorted((x, y) => x - y);
  return times.map((time) => {
    const before = sorted[sorted.indexOf(time) - 1];
    return before === undefined ? 0 : Math.log1p(time - before);
  });
}

/** Ranks from 1, ties in the middle. */
function ranks(values: readonly number[]): number[] {
  const sorted = values.toSorted((x, y) => x - y);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1);
}

/**
 * Correlation of two lists; of ranks it is Spearman's rho.
 * @returns null where one does not vary
 * @source Spearman (1904), The proof and measurement of association between two things
 */
function pearson(x: readonly number[], y: readonly number[]): number | null {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const mx = mean(x);
  const my = mean(y);
  let xy = 0;
  let xx = 0;
  let yy = 0;
  x.forEach((value, at) => {
    xy += (value - mx) * (y[at]! - my);
    xx += (value - mx) ** 2;
    yy += (y[at]! - my) ** 2;
  });
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy);
}
