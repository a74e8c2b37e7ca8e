/** Numbers by chance, the same for the same seed. */
export interface Random {
  /** Uniform from 0 to 1, without 1. */
  uniform(): number;
  /** @source Box and Muller (1958), A note on the generation of random normal deviates */
  normal(): number;
  /** A whole number below `size`. */
  below(size: number): number;
  shuffled<T>(values: readonly T[]): T[];
}

/** @source Steele, Lea, Flood (2014), SplitMix; the 32-bit variant "mulberry32" */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (size: number): number => Math.floor(uniform() * size);
  return {
    uniform, below,
    normal: () => Math.sqrt(-2 * Math.log(uniform() || 1e-12)) * Math.cos(2 * Math.PI * uniform()),
    shuffled: (values) => {
      const out = [...values];
      for (let at = out.length - 1; at > 0; at -= 1) {
        const other = below(at + 1);
        [out[at], out[other]] = [out[other]!, out[at]!];
      }
      return out;
    },
  };
}
