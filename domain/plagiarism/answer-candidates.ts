import { PLACES } from './ability.ts';
import type { AnswerModel } from './answer-model.ts';
import { BestOf } from './best-of.ts';

/** Entries of lists that are walked for a session on average: with it the work per session is bounded, whatever the size of the exam. */
const WORK = 200_000;
/** Sessions between two signs of life. */
const BETWEEN_YIELDS = 250;
/** Stretches of the questions that agreement is added up in. */
const STRETCHES = 5;
/** Stretches and neighbouring pairs of them. */
const WINDOWS = 2 * STRETCHES - 1;
/** Agreement on the whole paper, in standard deviations, from which on its stretches are looked at. */
const WORTH_A_LOOK = 0.5;
/** Odds of copying an answer that the weights are best for. */
const ODDS = 0.43;
/** Keeps the standard deviation of a short stretch from vanishing. */
const FLOOR = 0.3;

/** An inverted index: who gave an answer, or who did not where those are fewer. */
interface Lists {
  readonly weights: Float64Array;
  readonly members: readonly (Int32Array | undefined)[];
  /** 1 where `members` are the ones who did not give it. */
  readonly inverse: Uint8Array;
}

/**
 * Finds for every session the ones that share most with it: an inverted index from answers to sessions, each shared answer weighed by how rare it is, the
 * sum standardised by what the ability of the other one gives, on the whole paper and on stretches of it. Only these pairs are compared in full.
 * Yields from time to time, so that a caller can give a sign of life.
 * @param each partners that are kept per session for the whole paper, and as many for its stretches
 * @returns pairs as `lower x sessions + higher`, each once, in order
 */
export function* answerCandidates(model: AnswerModel, each: number): Generator<void, Float64Array> {
  const { sessions } = model;
  const partnersOf = createSearch(model, each);
  const found = new Set<number>();
  for (let a = 0; a < sessions; a += 1) {
    if (a % BETWEEN_YIELDS === 0) yield;
    for (const b of partnersOf(a)) found.add(a < b ? a * sessions + b : b * sessions + a);
  }
  return Float64Array.from(found).sort();
}

function createSearch(model: AnswerModel, each: number): (a: number) => number[] {
  const { codes, items, sessions, students } = model;
  const lists = listAnswers(model);
  const usual = usualPlaces(model);
  const stretchOf = Uint8Array.from({ length: items }, (_, item) => Math.floor((item * STRETCHES) / items));
  const sums = Array.from({ length: STRETCHES }, () => new Float32Array(sessions));
  const chance = new Chance(model, lists, stretchOf);
  const whole = new BestOf(each);
  const part = new BestOf(each);
  return (a) => {
    sums.forEach((sum) => sum.fill(0));
    for (let item = 0; item < items; item += 1) {
      const answer = codes[a * items + item]!;
      const members = answer > 0 ? lists.members[answer] : undefined;
      if (members === undefined) continue;
      const sum = sums[stretchOf[item]!]!;
      // where everybody else is listed, nobody listed agrees; the weight that all then have is in the mean
      const weight = lists.inverse[answer] === 1 ? -lists.weights[answer]! : lists.weights[answer]!;
      for (let at = 0; at < members.length; at += 1) sum[members[at]!]! += weight;
    }
    chance.learn(a);
    whole.clear();
    part.clear();
    for (let b = 0; b < sessions; b += 1) {
      let sum = 0;
      for (let stretch = 0; stretch < STRETCHES; stretch += 1) sum += sums[stretch]![b]!;
      const over = chance.over(sum, usual[b]!);
      if (over < WORTH_A_LOOK || students[a] === students[b]) continue;
      whole.offer(b, over);
      part.offer(b, chance.overOfWindows(sums, b, usual[b]!));
    }
    return [...whole.kept, ...part.kept];
  };
}

/** What chance gives with one session, by the place of the other one. */
class Chance {
  readonly #model: AnswerModel;
  readonly #lists: Lists;
  readonly #stretchOf: Uint8Array;
  /** Expected weight less the weight that everybody starts with, and variance: by stretch and place. */
  readonly #means = new Float64Array(STRETCHES * PLACES);
  readonly #variances = new Float64Array(STRETCHES * PLACES);
  readonly #wholeMean = new Float64Array(PLACES);
  readonly #wholeScale = new Float64Array(PLACES);
  readonly #windowMean = new Float64Array(WINDOWS * PLACES);
  readonly #windowScale = new Float64Array(WINDOWS * PLACES);

  constructor(model: AnswerModel, lists: Lists, stretchOf: Uint8Array) {
    this.#model = model;
    this.#lists = lists;
    this.#stretchOf = stretchOf;
  }

  learn(a: number): void {
    const { answered, codes, items, logs, sessions } = this.#model;
    this.#means.fill(0);
    this.#variances.fill(0);
    for (let item = 0; item < items; item += 1) {
      const answer = codes[a * items + item]!;
      if (answer <= 0 || this.#lists.members[answer] === undefined) continue;
      const weight = this.#lists.weights[answer]!;
      const base = this.#lists.inverse[answer]!;
      const there = answered[item]! / sessions;
      for (let place = 0; place < PLACES; place += 1) {
        const p = Math.exp(logs[answer * PLACES + place]!) * there;
        const cell = this.#stretchOf[item]! * PLACES + place;
        this.#means[cell]! += weight * (p - base);
        this.#variances[cell]! += weight * weight * p * (1 - p);
      }
    }
    for (let place = 0; place < PLACES; place += 1) {
      let mean = 0;
      let variance = FLOOR;
      for (let stretch = 0; stretch < STRETCHES; stretch += 1) {
        mean += this.#means[stretch * PLACES + place]!;
        variance += this.#variances[stretch * PLACES + place]!;
        this.#window(stretch, stretch, place);
        if (stretch > 0) this.#window(STRETCHES + stretch - 1, stretch - 1, place, stretch);
      }
      this.#wholeMean[place] = mean;
      this.#wholeScale[place] = 1 / Math.sqrt(variance);
    }
  }

  over(sum: number, place: number): number {
    return (sum - this.#wholeMean[place]!) * this.#wholeScale[place]!;
  }

  overOfWindows(sums: readonly Float32Array[], b: number, place: number): number {
    let best = -Infinity;
    let before = 0;
    for (let stretch = 0; stretch < STRETCHES; stretch += 1) {
      const sum = sums[stretch]![b]!;
      best = Math.max(best, (sum - this.#windowMean[stretch * PLACES + place]!) * this.#windowScale[stretch * PLACES + place]!);
      if (stretch > 0) {
        const cell = (STRETCHES + stretch - 1) * PLACES + place;
        best = Math.max(best, (before + sum - this.#windowMean[cell]!) * this.#windowScale[cell]!);
      }
      before = sum;
    }
    return best;
  }

  #window(window: number, stretch: number, place: number, next?: number): void {
    const cells = [stretch * PLACES + place, ...(next === undefined ? [] : [next * PLACES + place])];
    this.#windowMean[window * PLACES + place] = cells.reduce((sum, cell) => sum + this.#means[cell]!, 0);
    this.#windowScale[window * PLACES + place] = 1 / Math.sqrt(cells.reduce((sum, cell) => sum + this.#variances[cell]!, FLOOR));
  }
}

/** Lists who gave an answer; the longest lists are left out where all of them together are too much work. */
function listAnswers({ answered, codes, counts, itemOf, items, sessions }: AnswerModel): Lists {
  const inverse = Uint8Array.from(counts, (count) => (count > sessions / 2 ? 1 : 0));
  const lengths = Int32Array.from(counts, (count, answer) => (inverse[answer] === 1 ? sessions - count : count));
  let work = 0;
  const members: (Int32Array | undefined)[] = Array.from({ length: counts.length });
  for (const answer of Array.from(counts.keys()).sort((left, right) => lengths[left]! - lengths[right]!)) {
    if (answer === 0 || counts[answer]! < 2) continue;
    work += (counts[answer]! / sessions) * lengths[answer]!;
    if (work > WORK) break;
    members[answer] = new Int32Array(lengths[answer]!);
  }
  const filled = new Int32Array(counts.length);
  const unlike = Array.from({ length: items }, () => [] as number[]);
  members.forEach((list, answer) => list !== undefined && inverse[answer] === 1 && unlike[itemOf[answer]!]!.push(answer));
  for (let session = 0; session < sessions; session += 1) {
    for (let item = 0; item < items; item += 1) {
      const answer = codes[session * items + item]!;
      if (answer > 0 && inverse[answer] === 0 && members[answer] !== undefined) members[answer][filled[answer]!++] = session;
      for (const other of unlike[item]!) if (other !== answer) members[other]![filled[other]!++] = session;
    }
  }
  const weights = Float64Array.from(counts, (count, answer) => (answer === 0 ? 0 : Math.log1p((ODDS * answered[itemOf[answer]!]!) / Math.max(1, count))));
  return { weights, members, inverse };
}

/** The likeliest place of each session. */
function usualPlaces({ abilities, sessions }: AnswerModel): Uint8Array {
  const places = new Uint8Array(sessions);
  for (let session = 0; session < sessions; session += 1) {
    for (let place = 1; place < PLACES; place += 1) if (abilities[session * PLACES + place]! > abilities[session * PLACES + places[session]!]!) places[session] = place;
  }
  return places;
}
