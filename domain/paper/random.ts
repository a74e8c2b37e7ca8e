/**
 * Random numbers for drawing papers. The sequence of a seed is part of the stored papers: it must never change, which the
 * known answers in the test guard. Not for secrets.
 * @source Blackman, Vigna: "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 47(4), 2021: xoshiro128** 1.1, its
 * state filled by SplitMix64 as the authors advise (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators",
 * OOPSLA 2014); prng.di.unimi.it.
 */

const MASK_64 = 0xffffffffffffffffn;
const GOLDEN_GAMMA = 0x9e3779b97f4a7c15n;

/** One value of SplitMix64: the mixed state. The state itself advances by {@link nextSplitMixState}. */
export function splitMix64(state: bigint): bigint {
  let mixed = state;
  mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK_64;
  mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) & MASK_64;
  return mixed ^ (mixed >> 31n);
}

/** The state of SplitMix64 after one step. */
export function nextSplitMixState(state: bigint): bigint {
  return (state + GOLDEN_GAMMA) & MASK_64;
}

/** The four words of a xoshiro128** state. */
export type RandomState = readonly [number, number, number, number];

/** A source of random 32-bit words. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(state: RandomState) {
    [this.#a, this.#b, this.#c, this.#d] = state;
  }

  /**
   * Makes the source of a session.
   * @param seed any 64-bit integer, signed or unsigned, as a decimal text, a safe integer or a BigInt.
   * @throws SyntaxError or RangeError when it is no integer.
   */
  static fromSeed(seed: string | number | bigint): Random {
    const first = nextSplitMixState(BigInt.asUintN(64, BigInt(seed)));
    const low = splitMix64(first);
    const high = splitMix64(nextSplitMixState(first));
    const word = (value: bigint): number => Number(BigInt.asUintN(32, value));
    return new Random([word(low), word(low >> 32n), word(high), word(high >> 32n)]);
  }

  /** The next word, 0 to 2^32 - 1. */
  next(): number {
    const scrambled = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotateLeft(this.#d, 11);
    return scrambled;
  }

  /**
   * A whole number below `bound`, every one as likely: words in the incomplete last round are thrown away.
   * @param bound 1 to 2^32.
   */
  below(bound: number): number {
    const limit = 0x1_0000_0000 - (0x1_0000_0000 % bound);
    let word = this.next();
    while (word >= limit) word = this.next();
    return word % bound;
  }

  /**
   * A new list with the same elements in random order.
   * @source Fisher, Yates; Knuth, "The Art of Computer Programming" vol. 2, 3.4.2, algorithm P.
   */
  shuffle<Element>(list: readonly Element[]): Element[] {
    const result = [...list];
    for (let last = result.length - 1; last > 0; last -= 1) {
      const other = this.below(last + 1);
      const moved = result[last] as Element;
      result[last] = result[other] as Element;
      result[other] = moved;
    }
    return result;
  }
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
