import { PLACES } from './ability.ts';
import { type AnswerModel, LEAN, START } from './answer-model.ts';

/** Shares of the answers that may be copied, anywhere on the paper. */
export const SHARES = [0.12, 0.3, 0.55, 0.85] as const;
/** Copying of one question after the other: how it starts and goes on from question to question, and how often a copied answer differs all the same. */
export const STRETCH = { first: 0.1, start: 0.03, stay: 0.93, slip: 0.1 } as const;
/** Weight of copying one question after the other against copying anywhere. */
export const STRETCH_WEIGHT = 0.25;

const ODDS = SHARES.map((share) => share / (1 - share));
/** Questions between two looks at whether the products get out of hand. */
const BETWEEN_SCALINGS = 20;
const TOO_LARGE = 1e100;

const scattered = new Float64Array(SHARES.length * PLACES);
const copying = new Float64Array(PLACES);
const working = new Float64Array(PLACES);
const surprise = new Float64Array(PLACES);

/** What a ratio is taken from. */
export type RatioModel = Pick<AnswerModel, 'abilities' | 'answered' | 'asked' | 'codes' | 'counts' | 'given' | 'included' | 'items' | 'kinds' | 'papers' | 'spread' | 'starts'>;

/**
 * How many times likelier the answers of a session are if it has copied from another one than if it has not: mixed over how much is copied and whether
 * it is scattered or a stretch of the paper, and over everything the ability of the copier may be. Rare answers that are shared weigh most. Questions that
 * one of the two left blank say nothing.
 * @returns decimal logarithm
 * @source Romero, Riascos and Jara (2015), On the optimality of answer-copying indices, JEBS 40(5), theorem 1 (the likelihood ratio is the most powerful
 *   test given the source); van der Linden and Lewis (2015), Bayesian checks on cheating on tests, Psychometrika 80, 689-706 (mixture over what is copied);
 *   the stretch is the forward recursion of a hidden Markov chain, Rabiner (1989), A tutorial on hidden Markov models, eq. 20
 */
export function directedRatio(model: RatioModel, copier: number, source: number): number {
  const { abilities, codes, items, papers, starts } = model;
  scattered.fill(1);
  copying.fill(STRETCH.first);
  working.fill(1 - STRETCH.first);
  let both = 0;
  let scatteredScale = 0;
  let stretchScale = 0;
  for (let at = starts[copier]!; at < starts[copier + 1]!; at += 1) {
    const item = papers[at]!;
    const answer = codes[copier * items + item]!;
    const other = codes[source * items + item]!;
    if (answer <= 0 || other <= 0) continue;
    both += 1;
    const same = answer === other;
    if (same) weighAnswer(model, copier, source, item, answer);
    for (let place = 0; place < PLACES; place += 1) {
      const before = copying[place]! * STRETCH.stay + working[place]! * STRETCH.start;
      working[place] = copying[place]! * (1 - STRETCH.stay) + working[place]! * (1 - STRETCH.start);
      copying[place] = before * (same ? (1 - STRETCH.slip) * surprise[place]! + STRETCH.slip : STRETCH.slip);
    }
    if (both % BETWEEN_SCALINGS === 0) {
      scatteredScale += scaleDown(scattered);
      stretchScale += scaleDown(copying, working);
    }
  }
  let any = 0;
  let stretch = 0;
  for (let place = 0; place < PLACES; place += 1) {
    const ability = abilities[copier * PLACES + place]!;
    stretch += ability * (copying[place]! + working[place]!);
    for (let share = 0; share < SHARES.length; share += 1) any += ability * scattered[share * PLACES + place]! * (1 - SHARES[share]!) ** both;
  }
  return logSum(Math.log10((any / SHARES.length) * (1 - STRETCH_WEIGHT)) + scatteredScale, Math.log10(stretch * STRETCH_WEIGHT) + stretchScale);
}

/** The same for a pair, either of whom may have copied. @returns decimal logarithm */
export function pairRatio(there: number, back: number): number {
  return logSum(there, back) - Math.log10(2);
}

/** Takes the chance of the shared answer from everybody but the two, so that a rare answer does not explain itself. */
function weighAnswer(model: RatioModel, copier: number, source: number, item: number, answer: number): void {
  const { answered, asked, counts, given, included, kinds, spread } = model;
  const own = included ? 2 : 0;
  const share = (counts[answer]! - own + START) / (answered[item]! - own + START * kinds[item]!);
  for (let place = 0; place < PLACES; place += 1) {
    const two = included ? spread[copier * PLACES + place]! + spread[source * PLACES + place]! : 0;
    surprise[place] = (Math.max(0, asked[item * PLACES + place]! - two) + LEAN) / (Math.max(0, given[answer * PLACES + place]! - two) + LEAN * share);
  }
  for (let share = 0; share < ODDS.length; share += 1) {
    const odds = ODDS[share]!;
    for (let place = 0; place < PLACES; place += 1) scattered[share * PLACES + place]! *= 1 + odds * surprise[place]!;
  }
}

/** Divides by the largest where it got too large. @returns decimal logarithm of the divisor */
function scaleDown(...rows: readonly Float64Array[]): number {
  let largest = 0;
  for (const row of rows) for (const value of row) if (value > largest) largest = value;
  if (largest < TOO_LARGE) return 0;
  for (const row of rows) for (let at = 0; at < row.length; at += 1) row[at]! /= largest;
  return Math.log10(largest);
}

function logSum(x: number, y: number): number {
  const most = Math.max(x, y);
  return most + Math.log10(10 ** (x - most) + 10 ** (y - most));
}
