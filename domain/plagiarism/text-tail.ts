import { Random } from '#domain/paper/random.ts';

/** Pairs of a question that are looked at. */
const PAIRS = 5_000;
/** Parts of the pairs, least alike first, that the middle is taken from: so far down that a third of the class may have copied. */
const LOW = 0.1;
const MIDDLE = 0.4;
/** Standard normal quantiles of the two. */
const Z_LOW = -1.2816;
const Z_MIDDLE = -0.2533;
/** Standard deviations at which the tail begins, and those in which it falls to a tenth: as the skew sums of rare words do. */
const TAIL_FROM = 0.7;
const TAIL_DECADE = 1.25;
/** Pairs from which on a class shows the tail itself. */
const ENOUGH = 1_000;
/** Parts between which the fall of that tail is measured. */
const HIGH = 0.75;
const HIGHEST = 0.95;
/** Least standard deviation of a class that is too small or too unlike to tell. */
const LEAST_SD = 0.35;
/** Nothing that a class can tell is less likely. */
const LEAST = 1e-12;

/** How alike two texts are that were written alone. */
export interface TextTail {
  /** Chance of a likeness as large, 0..1. */
  chance(likeness: number): number;
  /** Usual likeness. */
  readonly usual: number;
}

/**
 * Learns how alike the texts of pairs of a class are. Most pairs have copied nothing, so the less alike half tells what the others would be: by its place and
 * spread where most pairs share something, by the share of pairs that share anything where they do not.
 * @source Efron (2004), Large-scale simultaneous hypothesis testing: the choice of a null hypothesis, JASA 99, 96-104 (the empirical null from the bulk);
 *   shape of the tail: bench/plagiarism, texts of people who write alone about the same facts
 * @param decade likeness in which the tail falls to a tenth where most pairs share nothing
 */
export function learnTextTail(answered: readonly number[], likeness: (a: number, b: number) => number, decade: number): TextTail {
  const seen = someOf(answered, likeness).sort((left, right) => left - right);
  const at = (share: number): number => seen[Math.floor(share * seen.length)] ?? 0;
  const [low, middle] = [at(LOW), at(MIDDLE)];
  if (middle === 0) {
    const sharing = (seen.filter((value) => value > 0).length + 1) / (seen.length + 2);
    return { usual: 0, chance: (value) => (value <= 0 ? 1 : Math.max(LEAST, sharing * 10 ** (-value / decade))) };
  }
  const sd = Math.max(LEAST_SD, (middle - low) / (Z_MIDDLE - Z_LOW));
  const mean = middle - Z_MIDDLE * sd;
  // of so many pairs few can have copied, so what is above all but one in twenty is still innocent
  if (seen.length >= ENOUGH) {
    const seenDecade = Math.max((at(HIGHEST) - at(HIGH)) / Math.log10((1 - HIGH) / (1 - HIGHEST)), LEAST_SD);
    return { usual: mean, chance: (value) => Math.min(1, Math.max(LEAST, (1 - HIGH) * 10 ** ((at(HIGH) - value) / seenDecade))) };
  }
  return { usual: mean, chance: (value) => Math.min(1, Math.max(LEAST, 10 ** (-((value - mean) / sd - TAIL_FROM) / TAIL_DECADE))) };
}

/** How much two texts have in common that were written alone: half of all pairs have less. */
export function usualOf(answered: readonly number[], measure: (a: number, b: number) => number): number {
  const seen = someOf(answered, measure).sort((left, right) => left - right);
  return seen[seen.length >> 1] ?? 0;
}

function someOf(answered: readonly number[], likeness: (a: number, b: number) => number): number[] {
  const seen: number[] = [];
  const all = (answered.length * (answered.length - 1)) / 2;
  if (all <= PAIRS) {
    answered.forEach((a, index) => answered.slice(index + 1).forEach((b) => seen.push(likeness(a, b))));
    return seen;
  }
  const random = Random.fromSeed(answered.length);
  while (seen.length < PAIRS) {
    const a = answered[random.below(answered.length)]!;
    const b = answered[random.below(answered.length)]!;
    if (a !== b) seen.push(likeness(a, b));
  }
  return seen;
}
