import { upperNormal } from './normal.ts';
import type { SessionPrint, TimingIndex } from './types.ts';

/** Two saves that are as close as this look like one conversation. */
const CLOSE_S = 30;
/** Common questions that a comparison needs, and those from which on its chance can be told. */
const FEWEST = 5;
const FEWEST_FOR_CHANCE = 10;

/** How long every question takes in a class. */
export interface TimingModel {
  /** Mean logarithm of the seconds before an answer, by question or part of it. */
  readonly usual: ReadonlyMap<number, number>;
}

/** Learns how long every question takes. */
export function learnTiming(prints: readonly SessionPrint[]): TimingModel {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const print of prints) {
    for (const [key, spent] of spentOn(print)) {
      const known = sums.get(key) ?? { sum: 0, count: 0 };
      sums.set(key, { sum: known.sum + spent, count: known.count + 1 });
    }
  }
  return { usual: new Map(Array.from(sums, ([key, { count, sum }]) => [key, sum / count])) };
}

/**
 * Compares when two sessions answered their common questions, and whether they were slow and quick at the same ones, beyond what the questions themselves
 * and the pace of each cause.
 * @source van der Linden (2009), A bivariate lognormal response-time model for the detection of collusion between test takers, JEBS 34, 378-394 (residual
 *   correlation of log times); its chance by Fisher (1921), On the probable error of a coefficient of correlation
 */
export function compareTiming(model: TimingModel, a: SessionPrint, b: SessionPrint): TimingIndex | null {
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
  if (left.length < FEWEST) return null;
  const [mine, others] = [spentOn(a), spentOn(b)];
  const common = [...mine.keys()].filter((key) => others.has(key));
  const beyond = (spent: ReadonlyMap<number, number>): number[] => common.map((key) => spent.get(key)! - (model.usual.get(key) ?? 0));
  const correlation = pearson(beyond(mine), beyond(others));
  return {
    correlation, orderCorrelation: pearson(ranks(left), ranks(right)), items: left.length,
    within30s: left.filter((time, at) => Math.abs(time - right[at]!) <= CLOSE_S).length,
    ...(correlation === null || common.length < FEWEST_FOR_CHANCE ? {} : { p: chanceOf(correlation, common.length) }),
  };
}

/** Logarithm of the seconds between an answer and the one before, by question; parts that were saved together count once, the first answer never. */
function spentOn({ keys, savedAt }: SessionPrint): Map<number, number> {
  const times = [...new Set(savedAt)].filter((time) => time > 0).sort((x, y) => x - y);
  const before = new Map(times.map((time, at) => [time, times[at - 1]]));
  const spent = new Map<number, number>();
  const counted = new Set<number>();
  keys.forEach((key, at) => {
    const time = savedAt[at]!;
    const previous = before.get(time);
    if (previous === undefined || counted.has(time)) return;
    counted.add(time);
    spent.set(key, Math.log1p(time - previous));
  });
  return spent;
}

function chanceOf(correlation: number, size: number): number {
  return upperNormal(Math.atanh(Math.min(0.999999, correlation)) * Math.sqrt(size - 3));
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
  // rounding leaves a little of nothing
  return xx < 1e-9 || yy < 1e-9 ? null : Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}
