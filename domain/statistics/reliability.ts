/** How reliable a total is. A score matrix has a row per student and a column per item; null where a student did not have the item. */
import { populationVariance, sumOf } from './descriptive.ts';

/** Points by student and item; null for an item that was not on the paper of the student. */
export type ScoreMatrix = readonly (readonly (number | null)[])[];

/** Variances and covariances of items, each from the students who had both. */
export interface ItemCovariances {
  readonly items: number;
  /** Row by row, `items` x `items`. */
  readonly values: Float64Array;
  /** Two items that fewer than two students had together. */
  readonly incomplete: boolean;
}

/**
 * Covariances of all pairs of items, divided by n - 1, each over the students who had both (R `cov(use = "pairwise")`).
 * @param items number of columns
 */
export function itemCovariances(matrix: ScoreMatrix, items: number): ItemCovariances {
  const centres = columnMeans(matrix, items);
  const size = items * items;
  const [counts, first, products] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (const row of matrix) {
    const present = presentIn(row, items);
    for (const a of present) {
      const x = row[a]! - centres[a]!;
      for (const b of present) {
        const at = a * items + b;
        counts[at]! += 1;
        first[at]! += x;
        products[at]! += x * (row[b]! - centres[b]!);
      }
    }
  }
  const values = new Float64Array(size);
  let incomplete = false;
  for (let a = 0; a < items; a += 1) {
    for (let b = 0; b < items; b += 1) {
      const [at, mirrored] = [a * items + b, b * items + a];
      const n = counts[at]!;
      if (n < 2) incomplete = true;
      else values[at] = (products[at]! - (first[at]! * first[mirrored]!) / n) / (n - 1);
    }
  }
  return { items, values, incomplete };
}

/**
 * Cronbach's alpha: k / (k - 1) (1 - sum of the variances of the items / variance of the total), computed as
 * k c / (v + (k - 1) c) from the mean variance v and the mean covariance c, which is the same. It can be below 0.
 * @param length items of one paper; all of them unless papers are drawn from a pool
 * @returns null for fewer than two items, items that were never together, or a total that is the same for everybody
 * @source L. J. Cronbach, Coefficient alpha and the internal structure of tests, Psychometrika 16 (1951) 297-334, formula 2; R psych `alpha` raw_alpha
 */
export function cronbachAlpha(covariances: ItemCovariances, length = covariances.items): number | null {
  const { items, incomplete } = covariances;
  if (items < 2 || length < 2 || incomplete) return null;
  return alphaOf(totalsOf(covariances), items, length);
}

/**
 * Cronbach's alpha of the exam without each of its items.
 * @returns per item; null for fewer than three items, and as {@link cronbachAlpha}
 * @source R psych `alpha`, alpha.drop
 */
export function alphaIfDeleted(covariances: ItemCovariances, length = covariances.items): (number | null)[] {
  const { items, values, incomplete } = covariances;
  const whole = totalsOf(covariances);
  return Array.from({ length: items }, (_, item) => {
    if (items < 3 || incomplete) return null;
    let shared = 0;
    for (let other = 0; other < items; other += 1) if (other !== item) shared += values[item * items + other]!;
    const rest = { variances: whole.variances - values[item * items + item]!, covariances: whole.covariances - 2 * shared };
    return alphaOf(rest, items - 1, (length * (items - 1)) / items);
  });
}

/** The mean correlation between two different items; null as soon as one does not vary. */
export function meanInterItemCorrelation(covariances: ItemCovariances): number | null {
  const { items, values, incomplete } = covariances;
  if (items < 2 || incomplete) return null;
  let sum = 0;
  for (let a = 0; a < items; a += 1) {
    for (let b = 0; b < a; b += 1) {
      const spread = Math.sqrt(values[a * items + a]! * values[b * items + b]!);
      if (!(spread > 0)) return null;
      sum += values[a * items + b]! / spread;
    }
  }
  return (2 * sum) / (items * (items - 1));
}

/**
 * Standardized alpha: that of items which all vary alike, k r / (1 + (k - 1) r).
 * @param correlation mean correlation between items
 * @param length items of one paper
 * @source R psych `alpha`, std.alpha
 */
export function standardizedAlpha(correlation: number | null, length: number): number | null {
  const spread = 1 + (length - 1) * (correlation ?? 0);
  return correlation === null || length < 2 || spread <= 1e-12 ? null : (length * correlation) / spread;
}

/**
 * Kuder-Richardson formula 20: k / (k - 1) (1 - sum of p q / variance of the number right), the variance divided by n as p q is.
 * @param matrix 1 for right, 0 for wrong; everybody had every item
 * @returns null for fewer than two items or students, or when everybody had as many right
 * @source G. F. Kuder, M. W. Richardson, The theory of the estimation of test reliability, Psychometrika 2 (1937) 151-160, formula 20
 */
export function kr20(matrix: readonly (readonly number[])[]): number | null {
  const items = matrix[0]?.length ?? 0;
  if (items < 2 || matrix.length < 2) return null;
  const variance = populationVariance(matrix.map((row) => sumOf(row)))!;
  if (variance === 0) return null;
  const means = columnMeans(matrix, items);
  return (items / (items - 1)) * (1 - sumOf([...means].map((p) => p * (1 - p))) / variance);
}

/**
 * Standard error of measurement: sd x sqrt(1 - reliability); larger than the sd when the reliability is below 0.
 * @source F. M. Lord, M. R. Novick, Statistical Theories of Mental Test Scores (1968), chapter 3
 */
export function standardErrorOfMeasurement(sd: number | null, reliability: number | null): number | null {
  return sd === null || reliability === null ? null : sd * Math.sqrt(Math.max(0, 1 - reliability));
}

interface Totals {
  /** Sum of the diagonal. */
  readonly variances: number;
  /** Sum of everything else. */
  readonly covariances: number;
}

function totalsOf({ items, values }: ItemCovariances): Totals {
  let [variances, covariances] = [0, 0];
  for (let a = 0; a < items; a += 1) {
    for (let b = 0; b < items; b += 1) {
      if (a === b) variances += values[a * items + b]!;
      else covariances += values[a * items + b]!;
    }
  }
  return { variances, covariances };
}

function alphaOf({ variances, covariances }: Totals, items: number, length: number): number | null {
  const between = covariances / (items * (items - 1));
  const spread = variances / items + (length - 1) * between;
  // what floating point leaves of a total that does not vary is no variance
  return spread <= (variances / items) * 1e-12 ? null : (length * between) / spread;
}

function columnMeans(matrix: ScoreMatrix, items: number): Float64Array {
  const [sums, counts] = [new Float64Array(items), new Float64Array(items)];
  for (const row of matrix) {
    for (const item of presentIn(row, items)) {
      sums[item]! += row[item]!;
      counts[item]! += 1;
    }
  }
  return sums.map((sum, item) => (counts[item] === 0 ? 0 : sum / counts[item]!));
}

function presentIn(row: readonly (number | null)[], items: number): number[] {
  const present: number[] = [];
  for (let item = 0; item < items; item += 1) if (row[item] !== null && row[item] !== undefined) present.push(item);
  return present;
}
