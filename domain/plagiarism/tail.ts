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
