import type { AnswerModel } from './answer-model.ts';
import { poissonBinomialTail, weightedTail } from './tail.ts';
import type { AnswerIndex } from './types.ts';

/** Name of the index, as it is shown. */
const ANSWER_INDEX = 'generalized binomial test of identical wrong answers, given the source';

/** Share of copied answers that the weights are best for; others are found a little later, never wrongly. */
const COPIED = 0.3;

/** Chance that two sessions agree so much without any contact, in both directions. */
export interface AnswerChance {
  readonly p: number;
  /** The direction that is less likely by chance. */
  readonly copier: number;
  readonly source: number;
}

const chances = new Float64Array(4_096);
const weights = new Float64Array(4_096);

/**
 * Tests whether two sessions agree more than both abilities explain. Given the answers of one (the source), every question is a trial that the
 * other one agrees with the chance of his ability; a match weighs what it adds to the likelihood ratio against copying, so rare answers weigh most.
 * The p-value is twice that of the less likely direction.
 * @source Wollack (1997), A nominal response model approach for detecting answer copying, eq. 5 (conditional on the source);
 *   van der Linden and Sotaridona (2006), eq. 8 (generalized binomial), here with weights and a saddlepoint tail
 */
export function answerChance(model: AnswerModel, a: number, b: number): AnswerChance {
  const there = directed(model, a, b);
  const back = directed(model, b, a);
  return there <= back ? { p: Math.min(1, 2 * there), copier: a, source: b } : { p: Math.min(1, 2 * back), copier: b, source: a };
}

function directed(model: AnswerModel, copier: number, source: number): number {
  const { codes, items } = model;
  let size = 0;
  let sum = 0;
  for (let item = 0; item < items && size < chances.length; item += 1) {
    const answer = codes[source * items + item]!;
    const other = codes[copier * items + item]!;
    if (answer <= 0 || other < 0) continue;
    const p = model.chance(copier, source, item);
    if (p <= 0) continue;
    const weight = Math.log1p(COPIED / ((1 - COPIED) * p));
    chances[size] = p;
    weights[size] = weight;
    size += 1;
    if (other === answer) sum += weight;
  }
  return size === 0 ? 1 : weightedTail(chances, weights, size, sum);
}

/** What stands behind the chance, as people read it: identical wrong answers against what was to be expected. */
export function answerIndex(model: AnswerModel, { copier, source }: AnswerChance): AnswerIndex {
  const { codes, items, right } = model;
  const wrongChances: number[] = [];
  let identicalWrong = 0;
  let identical = 0;
  let common = 0;
  let run = 0;
  let longestRun = 0;
  for (let item = 0; item < items; item += 1) {
    const at = source * items + item;
    const answer = codes[at]!;
    const other = codes[copier * items + item]!;
    if (answer < 0 || other < 0) continue;
    common += 1;
    const same = answer > 0 && answer === other;
    if (same) identical += 1;
    if (answer === 0 || right[at] === 1) {
      // a right answer between two identical wrong ones does not end a run, a different one does
      if (!same) run = 0;
      continue;
    }
    wrongChances.push(model.chance(copier, source, item));
    run = same ? run + 1 : 0;
    if (same) identicalWrong += 1;
    longestRun = Math.max(longestRun, run);
  }
  const expected = wrongChances.reduce((sum, chance) => sum + chance, 0);
  const sd = Math.sqrt(wrongChances.reduce((sum, chance) => sum + chance * (1 - chance), 0));
  return {
    index: ANSWER_INDEX, identicalWrong, expected, sd, z: sd === 0 ? 0 : (identicalWrong - expected) / sd,
    p: poissonBinomialTail(wrongChances, identicalWrong), longestRun, identical, common,
  };
}
