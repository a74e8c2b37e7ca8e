import { CLASS, kernelFor, PLACES, placesOf } from './ability.ts';
import { type AnswerCodes, codeAnswers } from './answer-codes.ts';
import type { SessionPrint } from './types.ts';

/** Pseudo-answers by which an ability group leans on everybody. */
export const LEAN = 2;
/** Pseudo-answers that every known answer starts with. @source Krichevsky and Trofimov (1981), The performance of universal encoding */
export const START = 0.5;
/** Rounds in which abilities follow from the curves and curves from the abilities. */
const ROUNDS = 2;

/** The answers of an exam with the chance of every answer given an ability, and what is known of every ability. */
export interface AnswerModel extends AnswerCodes {
  /** Answers by answer x places + place, each session spread over the places by `spread`. */
  readonly given: Float64Array;
  /** The same for all answers to an item, by item x places + place. */
  readonly asked: Float64Array;
  /** What a session adds to `given` and `asked`, by session x places + place. */
  readonly spread: Float32Array;
  /** How likely each place is for a session, by session x places + place. */
  readonly abilities: Float32Array;
  /** Whether the curves were learnt from these sessions too. */
  readonly included: boolean;
  /** Logarithm of the chance of an answer, by answer x places + place. */
  readonly logs: Float64Array;
}

/**
 * Learns how common every answer is at every ability. Abilities start as ranks of the score and are then taken from all answers, wrong ones as well.
 * Nothing is assumed about the shape of the curves, so guessing and attractive distractors are part of them.
 * @source Ramsay (1991), Kernel smoothing approaches to nonparametric item characteristic curve estimation, Psychometrika 56, 611-630, eq. 3;
 *   Silverman, Jones, Wilson and Nychka (1990), A smoothed EM approach to indirect estimation problems
 */
export function learnAnswers(prints: readonly SessionPrint[]): AnswerModel {
  const answers = codeAnswers(prints);
  const { sessions, scores } = answers;
  const kernel = kernelFor(sessions);
  const abilities = new Float32Array(sessions * PLACES);
  placesOf(scores).forEach((place, session) => (abilities[session * PLACES + place] = 1));
  let curves = curvesOf(answers, spreadOf(abilities, kernel));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let session = 0; session < sessions; session += 1) writeAbility(answers, curves.logs, session, abilities);
    curves = curvesOf(answers, spreadOf(abilities, kernel));
  }
  for (let session = 0; session < sessions; session += 1) writeAbility(answers, curves.logs, session, abilities);
  return { ...answers, ...curves, abilities, included: true };
}

/** Writes how likely each place is for a session, given its answers, into `abilities`. */
export function writeAbility({ codes, items, papers, starts }: Pick<AnswerCodes, 'codes' | 'items' | 'papers' | 'starts'>, logs: Float64Array, session: number, abilities: Float32Array): void {
  const fit = new Float64Array(PLACES);
  for (let at = starts[session]!; at < starts[session + 1]!; at += 1) {
    const answer = codes[session * items + papers[at]!]!;
    if (answer > 0) for (let place = 0; place < PLACES; place += 1) fit[place]! += logs[answer * PLACES + place]!;
  }
  const best = Math.max(...fit);
  let sum = 0;
  for (let place = 0; place < PLACES; place += 1) sum += fit[place] = CLASS[place]! * Math.exp(fit[place]! - best);
  for (let place = 0; place < PLACES; place += 1) abilities[session * PLACES + place] = fit[place]! / sum;
}

function spreadOf(abilities: Float32Array, kernel: Float64Array): Float32Array {
  const spread = new Float32Array(abilities.length);
  for (let row = 0; row < abilities.length; row += PLACES) {
    for (let from = 0; from < PLACES; from += 1) {
      const mass = abilities[row + from]!;
      if (mass > 1e-6) for (let place = 0; place < PLACES; place += 1) spread[row + place]! += mass * kernel[place * PLACES + from]!;
    }
  }
  return spread;
}

function curvesOf(answers: AnswerCodes, spread: Float32Array): Pick<AnswerModel, 'asked' | 'given' | 'logs' | 'spread'> {
  const { answered, codes, counts, itemOf, items, kinds, sessions } = answers;
  const given = new Float64Array(counts.length * PLACES);
  const asked = new Float64Array(items * PLACES);
  for (let session = 0; session < sessions; session += 1) {
    for (let item = 0; item < items; item += 1) {
      const answer = codes[session * items + item]!;
      if (answer > 0) for (let place = 0; place < PLACES; place += 1) given[answer * PLACES + place]! += spread[session * PLACES + place]!;
    }
  }
  for (let answer = 1; answer < counts.length; answer += 1) {
    for (let place = 0; place < PLACES; place += 1) asked[itemOf[answer]! * PLACES + place]! += given[answer * PLACES + place]!;
  }
  const logs = new Float64Array(given.length);
  for (let answer = 1; answer < counts.length; answer += 1) {
    const item = itemOf[answer]!;
    const share = (counts[answer]! + START) / (answered[item]! + START * kinds[item]!);
    for (let place = 0; place < PLACES; place += 1) {
      logs[answer * PLACES + place] = Math.log((given[answer * PLACES + place]! + LEAN * share) / (asked[item * PLACES + place]! + LEAN));
    }
  }
  return { given, asked, logs, spread };
}
