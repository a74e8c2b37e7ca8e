import type { SessionPrint } from '#domain/plagiarism/types.ts';

/** A class with known truth. */
export interface Simulated {
  readonly prints: readonly SessionPrint[];
  /** Planted pairs: places of copier and source, and the share of copied items. */
  readonly planted: readonly { readonly copier: number; readonly source: number; readonly share: number }[];
}

/** What is simulated. */
export interface Simulation {
  readonly seed: number;
  readonly students: number;
  readonly items: number;
  readonly options: number;
  /** Copiers for each share of copied items. */
  readonly copiers: number;
  readonly shares: readonly number[];
}

/** Uniform numbers from a seed. @source Steele, Lea, Flood (2014), SplitMix; the 32-bit variant "mulberry32" */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Answers of students who work alone, by the nominal response model with guessing folded in, and of some who copy a share of a neighbour's answers.
 * @source Bock (1972), Estimating item parameters and latent ability when responses are scored in two or more nominal categories, eq. 1
 */
export function simulate({ seed, students, items, options, copiers, shares }: Simulation): Simulated {
  const random = createRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(random() || 1e-12)) * Math.cos(2 * Math.PI * random());
  const slopes = Array.from({ length: items }, () => Array.from({ length: options }, (_, option) => (option === 0 ? 0.6 + 0.3 * normal() : -0.3 + 0.3 * normal())));
  const levels = Array.from({ length: items }, () => Array.from({ length: options }, (_, option) => (option === 0 ? 1 + 0.8 * normal() : 0.7 * normal())));
  const answers = Array.from({ length: students }, () => {
    const ability = normal();
    return Array.from({ length: items }, (_, item) => {
      const odds = levels[item]!.map((level, option) => Math.exp(level + slopes[item]![option]! * ability));
      let left = random() * odds.reduce((sum, odd) => sum + odd, 0);
      const chosen = odds.findIndex((odd) => (left -= odd) < 0);
      return Math.max(0, chosen);
    });
  });
  const planted: { copier: number; source: number; share: number }[] = [];
  const free = Array.from({ length: students }, (_, index) => index).sort(() => random() - 0.5);
  for (const share of shares) {
    for (let made = 0; made < copiers; made += 1) {
      const copier = free.pop();
      const source = free.pop();
      if (copier === undefined || source === undefined) break;
      const places = Array.from({ length: items }, (_, item) => item).sort(() => random() - 0.5).slice(0, Math.round(share * items));
      places.forEach((item, at) => {
        // every third pair works together: each takes from the other
        if (made % 3 === 2 && at % 2 === 1) answers[source]![item] = answers[copier]![item]!;
        else answers[copier]![item] = answers[source]![item]!;
      });
      planted.push({ copier, source, share });
    }
  }
  const keys = Array.from({ length: items }, (_, item) => item + 1);
  const prints = answers.map((given, index): SessionPrint => ({
    sessionId: String(index), studentId: String(index), keys, codes: given.map((option) => option + 1), right: given.map((option) => (option === 0 ? 1 : 0)),
    savedAt: keys.map(() => 0), texts: [],
  }));
  return { prints, planted };
}
