/**
 * Chance of at least `count` successes of independent trials with different chances: exact, by the recursion over trials.
 * @source van der Linden and Sotaridona (2006), Detecting answer copying when the regular response process follows a known response model, eq. 8 (generalized binomial)
 */
export function poissonBinomialTail(chances: readonly number[], count: number): number {
  if (count <= 0) return 1;
  if (count > chances.length) return 0;
  // the last place gathers "count or more", so nothing is lost to 1 - x
  const mass = new Float64Array(count + 1);
  mass[0] = 1;
  for (const chance of chances) {
    mass[count] = mass[count]! + mass[count - 1]! * chance;
    for (let at = count - 1; at > 0; at -= 1) mass[at] = mass[at]! * (1 - chance) + mass[at - 1]! * chance;
    mass[0] = mass[0]! * (1 - chance);
  }
  return Math.min(1, mass[count]!);
}

/**
 * Chance that a weighted sum of independent trials is at least `sum`.
 * @source Lugannani and Rice (1980), Saddle point approximation for the distribution of the sum of independent random variables, eq. 3.10
 * @param chances chance of each trial, 0..1
 * @param weights weight of each trial, above 0
 * @param size number of trials to read from both arrays
 */
export function weightedTail(chances: Float64Array, weights: Float64Array, size: number, sum: number): number {
  let mean = 0;
  let variance = 0;
  let most = 0;
  let all = 1;
  for (let at = 0; at < size; at += 1) {
    const p = chances[at]!;
    const w = weights[at]!;
    mean += w * p;
    variance += w * w * p * (1 - p);
    most += w;
    all *= p;
  }
  if (variance <= 0 || sum <= mean) return 1;
  if (sum >= most - 1e-9) return all;
  let t = (sum - mean) / variance;
  let low = 0;
  let high = Infinity;
  let cumulant = 0;
  let second = variance;
  for (let round = 0; round < 60; round += 1) {
    cumulant = 0;
    let first = 0;
    second = 0;
    for (let at = 0; at < size; at += 1) {
      const p = chances[at]!;
      const w = weights[at]!;
      const grown = p * Math.exp(t * w);
      const total = 1 - p + grown;
      const tilted = grown / total;
      cumulant += Math.log(total);
      first += w * tilted;
      second += w * w * tilted * (1 - tilted);
    }
    const off = first - sum;
    if (Math.abs(off) < 1e-7 * (1 + sum)) break;
    if (off > 0) high = t;
    else low = t;
    let next = t - off / second;
    if (!(next > low && next < high)) next = high === Infinity ? low * 2 + 0.1 : (low + high) / 2;
    t = next;
  }
  const r = Math.sqrt(Math.max(0, 2 * (t * sum - cumulant)));
  const u = t * Math.sqrt(second);
  if (r < 1e-3 || u < 1e-3) return 0.5;
  const density = Math.exp(-r * r / 2) / Math.sqrt(2 * Math.PI);
  return Math.min(1, Math.max(all, normalTail(r) + density * (1 / u - 1 / r)));
}

/**
 * Upper tail of the standard normal for x >= 0, relative error below 1.2e-7.
 * @source Press et al., Numerical Recipes in C (1992), section 6.2, erfcc
 */
function normalTail(x: number): number {
  const z = x / Math.SQRT2;
  const t = 1 / (1 + 0.5 * z);
  return 0.5 * t * Math.exp(-z * z - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806 + t * (0.27886807
    + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))));
}

/**
 * Adjusts p-values for all pairs that could have been compared; pairs that were not count as 1.
 * @source Benjamini and Hochberg (1995), Controlling the false discovery rate
 */
export function adjustForAll(pValues: readonly number[], tests: number): number[] {
  const order = pValues.map((_, index) => index).sort((left, right) => pValues[right]! - pValues[left]!);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let least = 1;
  order.forEach((index, place) => {
    least = Math.min(least, (pValues[index]! * tests) / (pValues.length - place));
    adjusted[index] = least;
  });
  return adjusted;
}
