import { PLACES } from './ability.ts';
import { type AnswerModel, LEAN, learnAnswers, START } from './answer-model.ts';
import { directedRatio, pairRatio } from './copying-ratio.ts';
import { learnTail, type NullTail } from './null-tail.ts';
import { poissonBinomialTail } from './tail.ts';
import type { AnswerIndex, SessionPrint } from './types.ts';

/** Name of the index, as it is shown. */
const ANSWER_INDEX = 'likelihood ratio of copying against independent work, nominal responses (after Romero, Riascos and Jara 2015)';

/** The answers of a class with what agreement between innocent pairs looks like. */
export interface AnswerScan {
  readonly model: AnswerModel;
  readonly tail: NullTail;
}

/** Chance that two sessions agree so much without any contact, in both directions. */
export interface AnswerChance {
  readonly p: number;
  /** The direction that is less likely by chance. */
  readonly copier: number;
  readonly source: number;
}

/** Learns the answers of a class. */
export function scanAnswers(prints: readonly SessionPrint[]): AnswerScan {
  const model = learnAnswers(prints);
  return { model, tail: learnTail(model) };
}

/** Tests whether two sessions agree more than both abilities explain; who of them copied does not matter. */
export function answerChance({ model, tail }: AnswerScan, a: number, b: number): AnswerChance {
  const there = directedRatio(model, a, b);
  const back = directedRatio(model, b, a);
  const p = tail.chance(pairRatio(there, back));
  return there >= back ? { p, copier: a, source: b } : { p, copier: b, source: a };
}

/** What stands behind the chance, as people read it: identical wrong answers against what was to be expected. */
export function answerIndex(model: AnswerModel, { copier, p, source }: AnswerChance): AnswerIndex {
  const { codes, items, papers, right, starts } = model;
  const wrongChances: number[] = [];
  let identicalWrong = 0;
  let identical = 0;
  let expectedIdentical = 0;
  let common = 0;
  let run = 0;
  let longestRun = 0;
  for (let at = starts[copier]!; at < starts[copier + 1]!; at += 1) {
    const item = papers[at]!;
    const answer = codes[source * items + item]!;
    const other = codes[copier * items + item]!;
    if (answer < 0 || other < 0) continue;
    common += 1;
    const same = answer > 0 && answer === other;
    const chance = answer > 0 && other > 0 ? chanceOf(model, copier, source, item, answer) : 0;
    expectedIdentical += chance;
    if (same) identical += 1;
    if (answer === 0 || right[source * items + item] === 1) {
      // a right answer between two identical wrong ones does not end a run, a different one does
      if (!same) run = 0;
      continue;
    }
    wrongChances.push(chance);
    run = same ? run + 1 : 0;
    if (same) identicalWrong += 1;
    longestRun = Math.max(longestRun, run);
  }
  const expected = wrongChances.reduce((sum, chance) => sum + chance, 0);
  const sd = Math.sqrt(wrongChances.reduce((sum, chance) => sum + chance * (1 - chance), 0));
  return {
    index: ANSWER_INDEX, identicalWrong, expected, sd, z: sd === 0 ? 0 : (identicalWrong - expected) / sd,
    p, pWrong: poissonBinomialTail(wrongChances, identicalWrong), longestRun, identical, expectedIdentical, common,
  };
}

/** Chance that a session gives the answer that another one gave, from everybody but the two. */
function chanceOf({ abilities, answered, asked, codes, counts, given, items, kinds, spread }: AnswerModel, copier: number, source: number, item: number, answer: number): number {
  const same = codes[copier * items + item] === answer;
  const share = (counts[answer]! - (same ? 2 : 1) + START) / (answered[item]! - 2 + START * kinds[item]!);
  let chance = 0;
  for (let place = 0; place < PLACES; place += 1) {
    const theirs = spread[source * PLACES + place]!;
    const ours = spread[copier * PLACES + place]!;
    const likely = (Math.max(0, given[answer * PLACES + place]! - theirs - (same ? ours : 0)) + LEAN * share) / (Math.max(0, asked[item * PLACES + place]! - theirs - ours) + LEAN);
    chance += abilities[copier * PLACES + place]! * likely;
  }
  return Math.min(1, chance);
}
