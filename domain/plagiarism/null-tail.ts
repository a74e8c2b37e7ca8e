import { Random } from '#domain/paper/random.ts';

import { CLASS, PLACES } from './ability.ts';
import { type AnswerModel, writeAbility } from './answer-model.ts';
import { directedRatio, pairRatio, type RatioModel, SHARES, STRETCH, STRETCH_WEIGHT } from './copying-ratio.ts';

/** Pairs that are made up. */
const DRAWS = 4_000;
/** Share of them that has copied nothing: it bounds the weights. */
const HONEST = 0.25;
/** Most pairs of the class that the made-up ones are checked against. */
const CHECKED = 20_000;
/** Chances at which they are checked: far enough inside that a few copiers do not move them. */
const CHECKS = [0.1, 0.05, 0.02] as const;
/** Fewest checked pairs at such a chance that say something. */
const FEWEST = 20;

/** How likely two sessions agree as much without contact. */
export interface NullTail {
  /** @param ratio decimal logarithm of the ratio of the pair @returns 0..1 */
  chance(ratio: number): number;
  /** Power of the chances that the class itself calls for: below 1 where its innocent pairs agree more than abilities explain. */
  readonly power: number;
}

/**
 * Learns the distribution of the ratio of pairs without contact. Pairs are made up from the curves of the class, three quarters of them copying as the ratio
 * assumes, each weighed back by its ratio: so the far tail has as many draws as the middle. Where real pairs of the class agree more than made-up ones
 * (taught together, several abilities), all chances are raised to a power below 1.
 * @source Hesterberg (1995), Weighted average importance sampling and defensive mixture distributions, Technometrics 37, 185-194;
 *   the check against the class is genomic control on the scale of log p: Devlin and Roeder (1999), Biometrics 55, 997-1004
 */
export function learnTail(model: AnswerModel): NullTail {
  if (model.sessions < 2) return { chance: () => 1, power: 1 };
  const random = Random.fromSeed(model.sessions * 1_000 + model.items);
  const simulated = simulatedTail(model, random);
  const power = powerOf(model, simulated, random);
  return { chance: (ratio) => Math.min(1, simulated(ratio) ** power), power };
}

function simulatedTail(model: AnswerModel, random: Random): (ratio: number) => number {
  const draw = createDraw(model, random);
  const draws = Array.from({ length: DRAWS }, draw).sort((left, right) => right - left);
  const sums = new Float64Array(DRAWS);
  let sum = 0;
  draws.forEach((ratio, at) => (sums[at] = sum += 1 / (HONEST + (1 - HONEST) * 10 ** ratio) / DRAWS));
  return (ratio) => {
    let low = 0;
    let high = DRAWS;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (draws[middle]! >= ratio) low = middle + 1;
      else high = middle;
    }
    // beyond the last draw a chance falls as fast as the ratio grows, at the least
    return low === 0 ? sums[0]! * 10 ** Math.min(0, draws[0]! - ratio) : sums[low - 1]!;
  };
}

/** Makes up the answers of two sessions to the papers of two of the class, blanks included. @returns the ratios of such pairs */
function createDraw(model: AnswerModel, random: Random): () => number {
  const { codes, items, papers, starts } = model;
  const answersOf = Array.from({ length: items }, () => [] as number[]);
  model.itemOf.forEach((item, answer) => answer > 0 && answersOf[item]!.push(answer));
  const uniform = (): number => random.next() / 0x1_0000_0000;
  const place = (): number => pick(PLACES, (at) => CLASS[at]!, uniform());
  const answerAt = (item: number, ability: number): number => {
    const answers = answersOf[item]!;
    return answers[pick(answers.length, (at) => Math.exp(model.logs[answers[at]! * PLACES + ability]!), uniform())]!;
  };
  return () => {
    const ids = [random.below(model.sessions), random.below(model.sessions)];
    const both = new Int32Array(2 * items).fill(-1);
    const abilities = [place(), place()];
    ids.forEach((id, side) => {
      for (let item = 0; item < items; item += 1) both[side * items + item] = Math.min(0, codes[id * items + item]!);
      for (let at = starts[id]!; at < starts[id + 1]!; at += 1) {
        const item = papers[at]!;
        if (codes[id * items + item]! > 0) both[side * items + item] = answerAt(item, abilities[side]!);
      }
    });
    const order = ids.map((id) => papers.subarray(starts[id], starts[id + 1]));
    const from = Int32Array.of(0, order[0]!.length, order[0]!.length + order[1]!.length);
    const pair: RatioModel & { abilities: Float32Array } = {
      ...model, included: false, codes: both, starts: from, papers: Int32Array.from([...order[0]!, ...order[1]!]), abilities: new Float32Array(2 * PLACES),
    };
    if (uniform() >= HONEST) copyInto(both, items, order[0]!, uniform);
    writeAbility(pair, model.logs, 0, pair.abilities);
    writeAbility(pair, model.logs, 1, pair.abilities);
    return pairRatio(directedRatio(pair, 0, 1), directedRatio(pair, 1, 0));
  };
}

/** Lets the first of two copy from the second one as the ratio assumes. */
function copyInto(codes: Int32Array, items: number, paper: Int32Array, uniform: () => number): void {
  const stretch = uniform() < STRETCH_WEIGHT;
  const share = SHARES[Math.floor(uniform() * SHARES.length)]!;
  let copying = uniform() < STRETCH.first;
  for (const item of paper) {
    const other = codes[items + item]!;
    if (codes[item]! <= 0 || other <= 0) continue;
    if (stretch) copying = uniform() < (copying ? STRETCH.stay : STRETCH.start);
    if (stretch ? copying && uniform() >= STRETCH.slip : uniform() < share) codes[item] = other;
  }
}

function pick(size: number, chanceOf: (at: number) => number, uniform: number): number {
  let left = uniform;
  for (let at = 0; at < size; at += 1) {
    left -= chanceOf(at);
    if (left < 0) return at;
  }
  return size - 1;
}

function powerOf(model: AnswerModel, simulated: (ratio: number) => number, random: Random): number {
  const below = CHECKS.map(() => 0);
  const most = Math.min(CHECKED, (model.sessions * (model.sessions - 1)) / 2);
  let checked = 0;
  for (let draw = 0; draw < most; draw += 1) {
    const a = random.below(model.sessions);
    const b = random.below(model.sessions);
    if (model.students[a] === model.students[b]) continue;
    checked += 1;
    const chance = simulated(pairRatio(directedRatio(model, a, b), directedRatio(model, b, a)));
    CHECKS.forEach((check, at) => (below[at]! += chance <= check ? 1 : 0));
  }
  const powers = CHECKS.flatMap((check, at) => (below[at]! < FEWEST ? [] : [Math.log(below[at]! / checked) / Math.log(check)]));
  return powers.length === 0 ? 1 : Math.min(1, powers.reduce((sum, power) => sum + power, 0) / powers.length);
}
