import { PLACES } from './ability.ts';
import { type AnswerModel, LEAN, START } from './answer-model.ts';

/** Shares of the answers that may be copied, anywhere on the paper. */
export const SHARES = [0.12, 0.3, 0.55, 0.85] as const;
/** Copying of one question after the other: how it starts and goes on from question to question, and how often a copied answer differs all the same. */
export const STRETCH = { first: 0.1, start: 0.03, stay: 0.93, slip: 0.1 } as const;
/** Weight of copying one question after the other against copying anywhere. */
export const STRETCH_WEIGHT = 0.25;

const oddsOf = (share: number): number => share / (1 - share);
const ODDS = [oddsOf(SHARES[0]), oddsOf(SHARES[1]), oddsOf(SHARES[2]), oddsOf(SHARES[3])] as const;
/** Questions between two looks at whether the products get out of hand. */
const BETWEEN_SCALINGS = 20;
const TOO_LARGE = 1e100;

const scattered = new Float64Array(SHARES.length * PLACES);
const copying = new Float64Array(PLACES);
const working = new Float64Array(PLACES);

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
    if (answer === other) weighSame(model, copier, source, item, answer);
    else weighDifferent();
    if (both % BETWEEN_SCALINGS === 0) {
      scatteredScale += scaleDown(scattered);
      stretchScale += scaleDown(copying, working);
    }
  }
  const honest = SHARES.map((share) => (1 - share) ** both);
  let any = 0;
  let stretch = 0;
  for (let place = 0; place < PLACES; place += 1) {
    const ability = abilities[copier * PLACES + place]!;
    stretch += ability * (copying[place]! + working[place]!);
    for (let share = 0; share < SHARES.length; share += 1) any += ability * scattered[place * SHARES.length + share]! * honest[share]!;
  }
  return logSum(Math.log10((any / SHARES.length) * (1 - STRETCH_WEIGHT)) + scatteredScale, Math.log10(stretch * STRETCH_WEIGHT) + stretchScale);
}

/** The same for a pair, either of whom may have copied. @returns decimal logarithm */
export function pairRatio(there: number, back: number): number {
  return logSum(there, back) - Math.log10(2);
}

/** Takes the chance of the shared answer from everybody but the two, so that a rare answer does not explain itself. */
function weighSame(model: RatioModel, copier: number, source: number, item: number, answer: number): void {
  const { answered, asked, counts, given, included, kinds, spread } = model;
  const [odds0, odds1, odds2, odds3] = ODDS;
  const { slip, start, stay } = STRETCH;
  const own = included ? 2 : 0;
  const lean = (LEAN * (counts[answer]! - own + START)) / (answered[item]! - own + START * kinds[item]!);
  const askedAt = item * PLACES;
  const givenAt = answer * PLACES;
  const copierAt = copier * PLACES;
  const sourceAt = source * PLACES;
  for (let place = 0; place < PLACES; place += 1) {
    const two = included ? spread[copierAt + place]! + spread[sourceAt + place]! : 0;
    const surprise = (asked[askedAt + place]! - two + LEAN) / (given[givenAt + place]! - two + lean);
    const at = place * ODDS.length;
    scattered[at]! *= 1 + odds0 * surprise;
    scattered[at + 1]! *= 1 + odds1 * surprise;
    scattered[at + 2]! *= 1 + odds2 * surprise;
    scattered[at + 3]! *= 1 + odds3 * surprise;
    const before = copying[place]! * stay + working[place]! * start;
    working[place] = copying[place]! * (1 - stay) + working[place]! * (1 - start);
    copying[place] = before * ((1 - slip) * surprise + slip);
  }
}

function weighDifferent(): void {
  const { slip, start, stay } = STRETCH;
  for (let place = 0; place < PLACES; place += 1) {
    const before = copying[place]! * stay + working[place]! * start;
    working[place] = copying[place]! * (1 - stay) + working[place]! * (1 - start);
    copying[place] = before * slip;
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
