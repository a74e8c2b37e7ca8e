import { Random } from '#domain/paper/random.ts';

/** Random choices that come out the same for the same seed, so that everybody gets the same demo class. */
export class Chance {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = Random.fromSeed(seed);
  }

  /** A number from 0 up to, never quite, 1. */
  unit(): number {
    return this.#random.next() / 0x1_0000_0000;
  }

  /** A number between two others. */
  between(low: number, high: number): number {
    return low + (high - low) * this.unit();
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + this.#random.below(high - low + 1);
  }

  /** True with the given probability. */
  happens(probability: number): boolean {
    return this.unit() < probability;
  }

  /** One element of a list that is not empty. */
  pick<Element>(list: readonly Element[]): Element {
    return list[this.#random.below(list.length)] as Element;
  }

  /** The elements in random order. */
  shuffle<Element>(list: readonly Element[]): Element[] {
    return this.#random.shuffle(list);
  }

  /**
   * A value of the standard normal distribution, near enough for a class of students.
   * @source Irwin–Hall: the sum of twelve uniform values has mean 6 and variance 1.
   */
  normal(): number {
    let sum = -6;
    for (let count = 0; count < 12; count += 1) sum += this.unit();
    return sum;
  }

  /** 63 random bits as a decimal string, the seed of a session. */
  seed(): string {
    return ((BigInt(this.#random.next()) << 31n) | BigInt(this.#random.next() >>> 1)).toString();
  }
}
