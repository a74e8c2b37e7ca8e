import type { Simulated } from './simulate.ts';

const PLACES = Array.from({ length: 25 }, (_, place) => (place - 12) * 0.25);

/**
 * What no test can beat that knows only the answers: the likelihood ratio with the true curves and the true shares, abilities integrated out.
 * @returns ratio of a pair, for any comparison with those of innocent pairs
 * @source Neyman and Pearson (1933), On the problem of the most efficient tests of statistical hypotheses
 */
export function bestPossible({ curves, options, prints }: Simulated, shares: readonly number[]): (a: number, b: number) => number {
  const items = curves.length;
  const chances = curves.map((curve) => PLACES.map(curve));
  const abilities = prints.map((_, student) => {
    const fit = PLACES.map((place, at) => chances.reduce((sum, item, index) => {
      const option = options[student * items + index]!;
      return option < 0 ? sum : sum + Math.log(item[at]![option]!);
    }, -place * place / 2));
    const best = Math.max(...fit);
    const odds = fit.map((value) => Math.exp(value - best));
    const sum = odds.reduce((total, odd) => total + odd, 0);
    return odds.map((odd) => odd / sum);
  });
  const directed = (copier: number, source: number): number => {
    let ratio = 0;
    for (const share of shares) {
      const product = new Float64Array(PLACES.length).fill(1);
      for (let item = 0; item < items; item += 1) {
        const option = options[copier * items + item]!;
        const other = options[source * items + item]!;
        if (option < 0 || other < 0) continue;
        for (let at = 0; at < PLACES.length; at += 1) product[at]! *= option === other ? 1 - share + share / chances[item]![at]![option]! : 1 - share;
      }
      product.forEach((value, at) => (ratio += value * abilities[copier]![at]!));
    }
    return ratio;
  };
  return (a, b) => directed(a, b) + directed(b, a);
}
