/** Moments and quantiles of scores. Nothing here answers NaN or Infinity: a value that is not defined is null. */

// differences below this part of the values are left by floating point, not by students
const NOISE = 1e-12;

/** The arithmetic mean; null without values. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : sumOf(values) / values.length;
}

/** Sum of the squared differences from the mean; exactly 0 when all values are the same. */
export function sumOfSquares(values: readonly number[]): number {
  const centre = mean(values);
  if (centre === null || isConstant(values)) return 0;
  let sum = 0;
  for (const value of values) sum += (value - centre) ** 2;
  return sum;
}

/**
 * The variance of a sample, divided by n - 1; null for fewer than two values.
 * @source NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.5.6; R `var`
 */
export function sampleVariance(values: readonly number[]): number | null {
  return values.length < 2 ? null : sumOfSquares(values) / (values.length - 1);
}

/** The variance of a population, divided by n; null without values. */
export function populationVariance(values: readonly number[]): number | null {
  return values.length === 0 ? null : sumOfSquares(values) / values.length;
}

/** The standard deviation of a sample, from the variance divided by n - 1; null for fewer than two values. */
export function sampleSd(values: readonly number[]): number | null {
  const variance = sampleVariance(values);
  return variance === null ? null : Math.sqrt(variance);
}

/** The standard deviation of a population, from the variance divided by n; null without values. */
export function populationSd(values: readonly number[]): number | null {
  const variance = populationVariance(values);
  return variance === null ? null : Math.sqrt(variance);
}

/** The standard error of the mean, sd / sqrt(n); null for fewer than two values. */
export function standardErrorOfMean(values: readonly number[]): number | null {
  const sd = sampleSd(values);
  return sd === null ? null : sd / Math.sqrt(values.length);
}

/**
 * A quantile of type 7: linear between the order statistics at (n - 1) p, as in R by default, numpy and Excel `QUARTILE.INC`.
 * @param p 0..1
 * @source R. J. Hyndman, Y. Fan, Sample Quantiles in Statistical Packages, The American Statistician 50 (1996) 361-365, definition 7
 */
export function quantile(values: readonly number[], p: number): number | null {
  if (values.length === 0) return null;
  const sorted = ascending(values);
  const place = (sorted.length - 1) * Math.min(1, Math.max(0, p));
  const low = sorted[Math.floor(place)]!;
  const high = sorted[Math.ceil(place)]!;
  return low + (place - Math.floor(place)) * (high - low);
}

/**
 * Skewness G1, as Excel `SKEW`, SAS, SPSS, Moodle and `scipy.stats.skew(bias=False)` give it; null for fewer than three
 * values and for values that are all the same.
 * @source D. N. Joanes, C. A. Gill, Comparing measures of sample skewness and kurtosis, The Statistician 47 (1998) 183-189, G1
 */
export function skewness(values: readonly number[]): number | null {
  const n = values.length;
  const [m2, m3] = centralMoments(values);
  if (n < 3 || m2 === 0) return null;
  return (Math.sqrt(n * (n - 1)) / (n - 2)) * (m3 / m2 ** 1.5);
}

/**
 * Excess kurtosis G2, as Excel `KURT`, SAS, SPSS, Moodle and `scipy.stats.kurtosis(bias=False)` give it: 0 for a normal
 * distribution; null for fewer than four values and for values that are all the same.
 * @source D. N. Joanes, C. A. Gill, Comparing measures of sample skewness and kurtosis, The Statistician 47 (1998) 183-189, G2
 */
export function kurtosis(values: readonly number[]): number | null {
  const n = values.length;
  const [m2, , m4] = centralMoments(values);
  if (n < 4 || m2 === 0) return null;
  return ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (m4 / m2 ** 2 - 3) + 6);
}

/**
 * Skewness g1 of a population, as `scipy.stats.skew`, Stata and R psych `skew(type = 1)` give it; null for values that are all the same.
 * @source D. N. Joanes, C. A. Gill, The Statistician 47 (1998) 183-189, g1
 */
export function populationSkewness(values: readonly number[]): number | null {
  const [m2, m3] = centralMoments(values);
  return m2 === 0 ? null : m3 / m2 ** 1.5;
}

/**
 * Excess kurtosis g2 of a population, as `scipy.stats.kurtosis` and R psych `kurtosi(type = 1)` give it; null for values that are all the same.
 * @source D. N. Joanes, C. A. Gill, The Statistician 47 (1998) 183-189, g2
 */
export function populationKurtosis(values: readonly number[]): number | null {
  const [m2, , m4] = centralMoments(values);
  return m2 === 0 ? null : m4 / m2 ** 2 - 3;
}

/** The covariance of a sample, divided by n - 1; null for fewer than two pairs. */
export function sampleCovariance(xs: readonly number[], ys: readonly number[]): number | null {
  return xs.length < 2 ? null : sumOfProducts(xs, ys) / (xs.length - 1);
}

/**
 * The product-moment correlation; null for fewer than two pairs, or when one side is all the same.
 * @source K. Pearson, Note on Regression and Inheritance in the Case of Two Parents, Proceedings of the Royal Society 58 (1895) 240-242
 */
export function pearson(xs: readonly number[], ys: readonly number[]): number | null {
  const spread = Math.sqrt(sumOfSquares(xs)) * Math.sqrt(sumOfSquares(ys));
  if (xs.length < 2 || spread === 0) return null;
  return Math.min(1, Math.max(-1, sumOfProducts(xs, ys) / spread));
}

/**
 * Cohen's d of two groups with the pooled standard deviation; null when a group has fewer than two values or nothing varies.
 * @source J. Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd edition (1988), formula 2.5.1
 */
export function cohenD(xs: readonly number[], ys: readonly number[]): number | null {
  if (xs.length < 2 || ys.length < 2) return null;
  const pooled = (sumOfSquares(xs) + sumOfSquares(ys)) / (xs.length + ys.length - 2);
  return pooled === 0 ? null : (mean(xs)! - mean(ys)!) / Math.sqrt(pooled);
}

/**
 * Counts percents in equal steps from 0 to 100; below 0 counts in the first step, 100 in the last.
 * @returns one count per step
 */
export function histogram(percents: readonly number[], steps: number): number[] {
  const counts = new Array<number>(steps).fill(0);
  for (const percent of percents) counts[Math.max(0, Math.min(steps - 1, Math.floor((percent * steps) / 100)))]! += 1;
  return counts;
}

/** The values in order; far faster than sorting with a function. */
export function ascending(values: readonly number[]): number[] {
  return Array.from(Float64Array.from(values).sort());
}

/** The sum, with the error of every addition carried along. @source A. Neumaier, ZAMM 54 (1974) 39-51, algorithm IV */
export function sumOf(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

function sumOfProducts(xs: readonly number[], ys: readonly number[]): number {
  const [x, y] = [mean(xs), mean(ys)];
  if (x === null || y === null || isConstant(xs) || isConstant(ys)) return 0;
  let sum = 0;
  for (let index = 0; index < xs.length; index += 1) sum += (xs[index]! - x) * (ys[index]! - y);
  return sum;
}

/** The second, third and fourth moment about the mean, divided by n. */
function centralMoments(values: readonly number[]): [m2: number, m3: number, m4: number] {
  const centre = mean(values);
  if (centre === null || isConstant(values)) return [0, 0, 0];
  let [m2, m3, m4] = [0, 0, 0];
  for (const value of values) {
    const square = (value - centre) ** 2;
    m2 += square;
    m3 += square * (value - centre);
    m4 += square * square;
  }
  return [m2 / values.length, m3 / values.length, m4 / values.length];
}

function isConstant(values: readonly number[]): boolean {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low <= NOISE * Math.max(Math.abs(low), Math.abs(high));
}
