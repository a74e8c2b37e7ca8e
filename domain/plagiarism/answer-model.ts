import type { SessionPrint } from './types.ts';

/** Places of ability: normal scores from -2.5 to 2.5. */
const PLACES = 21;
const STEP = 0.25;
/** Pseudo-answers by which an ability group leans on everybody. */
const LEAN = 2;

/** The answers of an exam as arrays, with the chance of every answer given an ability. */
export interface AnswerModel {
  readonly sessions: number;
  readonly items: number;
  /** By session x items + item: -1 was not on the paper, 0 is blank, above that an answer of `answers`. */
  readonly codes: Int32Array;
  readonly right: Uint8Array;
  /** Ability place of each session. */
  readonly places: Uint8Array;
  /** Different answers of all items, blank included; an answer belongs to one item. */
  readonly answers: number;
  /** How often each answer was given. */
  readonly counts: Int32Array;
  /** How many had the item of each answer. */
  readonly had: Int32Array;
  /** Chance that a session answers an item as another session did, from everybody but that other session. */
  chance(copier: number, source: number, item: number): number;
}

/**
 * Learns how common every answer is at every ability: kernel smoothing over the rank of the score. The chance of an answer leaves out the session that
 * it is compared with, so that a rare answer does not explain itself.
 * @source Ramsay (1991), Kernel smoothing approaches to nonparametric item characteristic curve estimation, Psychometrika 56, 611-630, eq. 3 and the bandwidth 1.1 N^-1/5
 */
export function learnAnswers(prints: readonly SessionPrint[]): AnswerModel {
  const itemOf = new Map<number, number>();
  for (const print of prints) for (const key of print.keys) if (!itemOf.has(key)) itemOf.set(key, itemOf.size);
  const items = itemOf.size;
  const sessions = prints.length;
  const codes = new Int32Array(sessions * items).fill(-1);
  const right = new Uint8Array(sessions * items);
  const answerOf = Array.from({ length: items }, () => new Map<number, number>());
  const itemOfAnswer: number[] = [];
  const scores = new Float64Array(sessions);
  prints.forEach((print, session) => {
    let sum = 0;
    print.keys.forEach((key, at) => {
      const item = itemOf.get(key)!;
      const known = answerOf[item]!;
      const code = print.codes[at]!;
      let answer = known.get(code);
      if (answer === undefined) {
        answer = itemOfAnswer.push(item) - 1;
        known.set(code, answer);
      }
      // 0 is kept for blank, whose answer is looked up by item
      codes[session * items + item] = code === 0 ? 0 : answer + 1;
      right[session * items + item] = print.right[at]!;
      sum += print.right[at]!;
    });
    scores[session] = print.keys.length === 0 ? 0 : sum / print.keys.length;
  });
  const answers = itemOfAnswer.length;
  const places = placesOf(scores);
  const kernel = kernelFor(sessions);
  const counts = new Int32Array(answers + 1);
  const had = new Int32Array(answers + 1);
  const cells = new Float64Array((answers + 1) * PLACES);
  const itemCells = new Float64Array(items * PLACES);
  const itemCounts = new Int32Array(items);
  for (let session = 0; session < sessions; session += 1) {
    const place = places[session]!;
    for (let item = 0; item < items; item += 1) {
      const code = codes[session * items + item]!;
      if (code < 0) continue;
      itemCells[item * PLACES + place]! += 1;
      itemCounts[item]! += 1;
      if (code === 0) continue;
      counts[code]! += 1;
      cells[code * PLACES + place]! += 1;
    }
  }
  itemOfAnswer.forEach((item, answer) => (had[answer + 1] = itemCounts[item]!));
  const smooth = smoothed(cells, kernel);
  const itemSmooth = smoothed(itemCells, kernel);

  return {
    sessions, items, codes, right, places, answers: answers + 1, counts, had,
    chance(copier, source, item) {
      const answer = codes[source * items + item]!;
      const place = places[copier]!;
      const own = kernel[place * PLACES + places[source]!]!;
      const all = itemCounts[item]! - 1;
      if (answer <= 0 || all <= 0) return 0;
      const others = counts[answer]! - 1;
      if (others <= 0) return 0;
      const given = Math.max(0, smooth[answer * PLACES + place]! - own) + (LEAN * others) / all;
      return Math.min(0.9999, Math.max(1e-6, given / (Math.max(0, itemSmooth[item * PLACES + place]! - own) + LEAN)));
    },
  };
}

function smoothed(cells: Float64Array, kernel: Float64Array): Float64Array {
  const out = new Float64Array(cells.length);
  for (let row = 0; row < cells.length; row += PLACES) {
    for (let from = 0; from < PLACES; from += 1) {
      const mass = cells[row + from]!;
      if (mass === 0) continue;
      for (let place = 0; place < PLACES; place += 1) out[row + place]! += mass * kernel[place * PLACES + from]!;
    }
  }
  return out;
}

function kernelFor(sessions: number): Float64Array {
  const width = 1.1 * Math.max(sessions, 2) ** -0.2;
  const kernel = new Float64Array(PLACES * PLACES);
  for (let a = 0; a < PLACES; a += 1) for (let b = 0; b < PLACES; b += 1) kernel[a * PLACES + b] = Math.exp(-0.5 * (((a - b) * STEP) / width) ** 2);
  return kernel;
}

/** Normal scores of the ranks, ties in the middle, to the nearest place. */
function placesOf(scores: Float64Array): Uint8Array {
  const order = Array.from(scores.keys()).sort((left, right) => scores[left]! - scores[right]!);
  const places = new Uint8Array(scores.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to += 1;
    const z = normalQuantile((from + to) / 2 / order.length);
    const place = Math.min(PLACES - 1, Math.max(0, Math.round(z / STEP) + (PLACES - 1) / 2));
    for (let at = from; at < to; at += 1) places[order[at]!] = place;
    from = to;
  }
  return places;
}

/** @source Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.23 (error below 4.5e-4, a hundredth of a place) */
function normalQuantile(p: number): number {
  if (p <= 0 || p >= 1) return p <= 0 ? -8 : 8;
  const t = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
  const z = t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3);
  return p < 0.5 ? -z : z;
}
