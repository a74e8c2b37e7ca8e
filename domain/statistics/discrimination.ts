/** How well an item tells students apart. Points of the item and totals stand side by side, one pair per student who had the item. */
import { ascending, mean, pearson, quantile, sampleCovariance, sumOf } from './descriptive.ts';
import { EXTREME, type ScoreGroups, scoreGroups } from './score-groups.ts';

/** Totals are decimals with few places; a quantile of them is a sum of products. */
const CLOSE = 1e-9;

/**
 * Facility: mean points over most points, 0 (nobody) to 1 (everybody); below 0 where wrong answers cost points.
 * @returns null without students, and for an item that is worth nothing
 * @source L. Crocker, J. Algina, Introduction to Classical and Modern Test Theory (1986), chapter 14; Moodle "Facility index"
 */
export function facility(points: readonly number[], maxPoints: number): number | null {
  const average = mean(points);
  return average === null || maxPoints <= 0 ? null : average / maxPoints;
}

/**
 * Upper-lower discrimination D: facility in the best 27 % minus facility in the last 27 %, groups by total.
 * @returns -1..1; null for fewer than two students, and for an item that is worth nothing
 * @source A. P. Johnson, Notes on a suggested index of item validity: the U-L index, Journal of Educational Psychology 42 (1951) 499-504; groups: Kelley (1939)
 */
export function upperLower27(points: readonly number[], maxPoints: number, totals: readonly number[], groups = scoreGroups(totals)): number | null {
  if (groups === null || maxPoints <= 0) return null;
  return (weightedSum(points, groups.upper) - weightedSum(points, groups.lower)) / (groups.size * maxPoints);
}

/**
 * The same with groups by cut score: all with a total at or above the 73rd percentile, all at or below the 27th, so that
 * students with the same total are never split; the groups can differ in size.
 * @source percentiles: Hyndman & Fan (1996), definition 7
 */
export function upperLowerCut27(points: readonly number[], maxPoints: number, totals: readonly number[]): number | null {
  const [low, high] = [quantile(totals, EXTREME), quantile(totals, 1 - EXTREME)];
  if (totals.length < 2 || maxPoints <= 0 || low === null || high === null) return null;
  const among = (belongs: (total: number) => boolean): number => mean(points.filter((_, index) => belongs(totals[index]!)))!;
  return (among((total) => total >= high - CLOSE) - among((total) => total <= low + CLOSE)) / maxPoints;
}

/**
 * Item-rest correlation ("corrected item-total", `r.drop` in R psych): Pearson with the total without the item.
 * @returns null when the item or the rest is the same for everybody
 * @source J. C. Nunnally, I. H. Bernstein, Psychometric Theory, 3rd edition (1994); S. Henrysson, Correction of item-total correlations in item analysis, Psychometrika 28 (1963) 211-218
 */
export function itemRestCorrelation(points: readonly number[], totals: readonly number[]): number | null {
  return pearson(points, restOf(points, totals));
}

/**
 * Item-total correlation: Pearson with the total, the item included. For an item that is either right or wrong it is the
 * point-biserial correlation.
 * @returns null when the item or the total is the same for everybody
 * @source F. M. Lord, M. R. Novick, Statistical Theories of Mental Test Scores (1968), section on point biserial correlation
 */
export function itemTotalCorrelation(points: readonly number[], totals: readonly number[]): number | null {
  return pearson(points, totals);
}

/**
 * Discriminative efficiency: the covariance of the item with the rest over the largest covariance that the same marks allow,
 * which they have when both are sorted.
 * @returns at most 1; null when that largest covariance is 0
 * @source Moodle, Quiz statistics calculations, "Discriminative efficiency": 100 Cov(x, X) / Covmax(x, X), X the rest of the marks
 */
export function discriminativeEfficiency(points: readonly number[], totals: readonly number[]): number | null {
  const rests = restOf(points, totals);
  const most = sampleCovariance(ascending(points), ascending(rests));
  return most === null || most <= 0 ? null : Math.min(1, sampleCovariance(points, rests)! / most);
}

/**
 * How much of the total each item decides: the root of its covariance with the total over the sum of those roots.
 * @param covariances of each item with the total, null where there is none
 * @returns per item; null for a covariance below 0, or when nothing is left to share
 * @source Moodle, Quiz statistics calculations, "Effective question weight"
 */
export function effectiveWeights(covariances: readonly (number | null)[]): (number | null)[] {
  const roots = covariances.map((covariance) => (covariance === null || covariance < 0 ? null : Math.sqrt(covariance)));
  const all = sumOf(roots.filter((root) => root !== null));
  return roots.map((root) => (root === null || all === 0 ? null : root / all));
}

/** One choice of an item, as a column of 0 and 1 over the students. */
export interface ChoiceFigures {
  readonly count: number;
  /** 0..1 of the students who had the item; null without any. */
  readonly share: number | null;
  readonly byGroup: { readonly lower: number | null; readonly middle: number | null; readonly upper: number | null };
  /** Point-biserial of the choice with the rest of the points. */
  readonly correlation: number | null;
}

/**
 * One line of the distractor table: how often a choice was taken, by whom, and how it goes with the rest of the exam.
 * @param chosen 1 for each student who took it, else 0
 * @source T. M. Haladyna, Developing and Validating Multiple-Choice Test Items, 3rd edition (2004), on the evaluation of distractors
 */
export function choiceFigures(chosen: readonly number[], rests: readonly number[], groups: ScoreGroups | null): ChoiceFigures {
  const shareIn = (weights: readonly number[] | undefined): number | null => {
    const size = weights === undefined ? 0 : sumOf(weights);
    return size <= 0 ? null : Math.min(1, Math.max(0, weightedSum(chosen, weights!) / size));
  };
  return {
    count: sumOf(chosen),
    share: mean(chosen),
    byGroup: { lower: shareIn(groups?.lower), middle: shareIn(groups?.middle), upper: shareIn(groups?.upper) },
    correlation: pearson(chosen, rests),
  };
}

/** Totals without the points of the item. */
export function restOf(points: readonly number[], totals: readonly number[]): number[] {
  return totals.map((total, index) => total - points[index]!);
}

function weightedSum(values: readonly number[], weights: readonly number[]): number {
  return sumOf(values.map((value, index) => value * weights[index]!));
}
