import type { AnswerModel } from './answer-model.ts';

/** An answer that more than this share gave says little about two who share it. */
const COMMON_SHARE = 0.35;
/** Longest posting list that is walked: with it the work per session is bounded, whatever the size of the exam. */
const LONGEST_LIST = 3_000;

/**
 * Finds for every session the ones that share most rare answers with it: an inverted index from answers to sessions, each shared answer weighed
 * by how rare it is, the sum standardised by what chance gives. Only these pairs are compared in full.
 * @param each partners that are kept per session
 * @param sameStudent pairs that are left out
 * @returns pairs as `lower x sessions + higher`, each once, in order
 */
export function answerCandidates(model: AnswerModel, each: number, sameStudent: (a: number, b: number) => boolean): Float64Array {
  const { sessions, items, codes, counts, had } = model;
  const lists = new Map<number, Int32Array>();
  const filled = new Int32Array(model.answers);
  const isRare = (answer: number): boolean => counts[answer]! > 1 && counts[answer]! <= LONGEST_LIST && counts[answer]! <= COMMON_SHARE * had[answer]!;
  const mass = new Float64Array(sessions);
  let allMass = 0;
  for (let session = 0; session < sessions; session += 1) {
    for (let item = 0; item < items; item += 1) {
      const answer = codes[session * items + item]!;
      if (answer <= 0 || !isRare(answer)) continue;
      let list = lists.get(answer);
      if (list === undefined) lists.set(answer, (list = new Int32Array(counts[answer]!)));
      list[filled[answer]!++] = session;
      mass[session]! += -Math.log(counts[answer]! / had[answer]!);
    }
    allMass += mass[session]!;
  }
  const usual = allMass / Math.max(1, sessions) || 1;
  const sums = new Float32Array(sessions);
  const best = new BestOf(each);
  const found = new Set<number>();
  for (let a = 0; a < sessions; a += 1) {
    sums.fill(0);
    let expected = 0;
    let variance = 0;
    for (let item = 0; item < items; item += 1) {
      const answer = codes[a * items + item]!;
      const list = answer > 0 ? lists.get(answer) : undefined;
      if (list === undefined) continue;
      const share = counts[answer]! / had[answer]!;
      const weight = -Math.log(share);
      expected += weight * share;
      variance += weight * weight * share;
      for (const b of list) sums[b]! += weight;
    }
    if (variance === 0) continue;
    best.clear();
    for (let b = 0; b < sessions; b += 1) {
      if (sums[b] === 0 || b === a) continue;
      const ratio = (mass[b]! + 1) / (usual + 1);
      const over = sums[b]! - expected * ratio;
      if (over > 0) best.offer(b, (over * over) / (variance * ratio));
    }
    for (const b of best.kept) if (!sameStudent(a, b)) found.add(a < b ? a * sessions + b : b * sessions + a);
  }
  return Float64Array.from(found).sort();
}

/** The highest few of many, by insertion. */
class BestOf {
  readonly kept: number[] = [];
  readonly #values: number[] = [];
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  clear(): void {
    this.kept.length = 0;
    this.#values.length = 0;
  }

  offer(what: number, value: number): void {
    const values = this.#values;
    if (values.length === this.#size && value <= values[this.#size - 1]!) return;
    let at = values.length === this.#size ? this.#size - 1 : values.length;
    while (at > 0 && values[at - 1]! < value) {
      values[at] = values[at - 1]!;
      this.kept[at] = this.kept[at - 1]!;
      at -= 1;
    }
    values[at] = value;
    this.kept[at] = what;
  }
}
