import type { SessionPrint } from '#domain/plagiarism/types.ts';

import { createRandom, type Random } from './random.ts';

/** What is simulated. */
export interface Simulation {
  readonly seed: number;
  readonly students: number;
  readonly items: number;
  readonly options: number;
  /** How people who work alone answer: nominal, or right by 2PL or 3PL with distractors of unequal attraction. */
  readonly model: 'nominal' | '2pl' | '3pl';
  /** Copiers for each share of copied items. */
  readonly copiers: number;
  readonly shares: readonly number[];
  readonly source: 'any' | 'strong';
  /** Copied items anywhere on the paper, or one after the other. */
  readonly pattern: 'scattered' | 'block';
  /** Members of a group that copies from one source; 1 makes pairs. */
  readonly group: number;
  /** Share of the answers that is left blank. */
  readonly blank: number;
  /** Classrooms with a mean ability of their own; 1 for none. */
  readonly classrooms: number;
}

/** A class with known truth. */
export interface Simulated {
  readonly prints: readonly SessionPrint[];
  /** Planted pairs: places of copier and source, and the share of copied items. */
  readonly planted: readonly { readonly copier: number; readonly source: number; readonly share: number }[];
  /** Pairs of planted groups, as `lower x students + higher`: members of one group resemble each other as well. */
  readonly related: ReadonlySet<number>;
  /** Options of everybody by student x items + item; -1 is blank. */
  readonly options: Int8Array;
  readonly abilities: readonly number[];
  /** By item: the true chances of its options, the right one first, given an ability. */
  readonly curves: readonly ((ability: number) => number[])[];
}

/** A usual class. */
export const USUAL: Simulation = {
  seed: 7, students: 1_000, items: 50, options: 4, model: 'nominal', copiers: 60, shares: [0.1, 0.25, 0.5, 0.75], source: 'any', pattern: 'scattered', group: 1, blank: 0, classrooms: 1,
};

/** Answers of students who work alone, and of some who copy a share of the answers of somebody else. */
export function simulate(simulation: Simulation): Simulated {
  const { seed, students, items, shares, copiers, group } = simulation;
  const random = createRandom(seed);
  const curves = Array.from({ length: items }, () => itemOf(simulation, random));
  const centres = Array.from({ length: simulation.classrooms }, () => (simulation.classrooms === 1 ? 0 : 0.7 * random.normal()));
  const abilities = Array.from({ length: students }, (_, student) => centres[student % centres.length]! + (centres.length === 1 ? 1 : 0.7) * random.normal());
  const given = new Int8Array(students * items);
  abilities.forEach((ability, student) => {
    for (let item = 0; item < items; item += 1) {
      const chances = curves[item]!(ability);
      let left = random.uniform();
      const chosen = chances.findIndex((chance) => (left -= chance) < 0);
      given[student * items + item] = random.uniform() < simulation.blank ? -1 : Math.max(0, chosen);
    }
  });
  const planted: { copier: number; source: number; share: number }[] = [];
  const related = new Set<number>();
  const free = random.shuffled(abilities.map((_, student) => student));
  const strong = free.filter((student) => abilities[student]! > 0.8);
  const used = new Set<number>();
  const take = (from: number[]): number => {
    for (let next = from.pop(); next !== undefined; next = from.pop()) if (!used.has(next)) return used.add(next) && next;
    return -1;
  };
  for (const share of shares) {
    for (let made = 0; made < copiers; made += group) {
      const source = take(simulation.source === 'strong' ? strong : free);
      const members = Array.from({ length: group }, () => take(free));
      if (source < 0 || members.includes(-1)) break;
      for (const copier of members) {
        placesOf(simulation, share, random).forEach((item) => (given[copier * items + item] = given[source * items + item]!));
        planted.push({ copier, source, share });
      }
      const all = [source, ...members];
      for (const a of all) for (const b of all) if (a < b) related.add(a * students + b);
    }
  }
  const keys = Array.from({ length: items }, (_, item) => item + 1);
  const prints = abilities.map((_, student): SessionPrint => {
    const codes = keys.map((__, item) => given[student * items + item]! + 1);
    return { sessionId: String(student), studentId: String(student), keys, codes, right: codes.map((code) => (code === 1 ? 1 : 0)), savedAt: keys.map(() => 0), texts: [] };
  });
  return { prints, planted, related, options: given, abilities, curves };
}

function placesOf({ items, pattern }: Simulation, share: number, random: Random): number[] {
  const all = Array.from({ length: items }, (_, item) => item);
  const size = Math.round(share * items);
  const from = random.below(items - size + 1);
  return pattern === 'block' ? all.slice(from, from + size) : random.shuffled(all).slice(0, size);
}

/**
 * One item: chances of its options, the right one first, by ability.
 * @source Bock (1972), nominal response model, eq. 1; Birnbaum (1968), three-parameter logistic model, eq. 17.3.1
 */
function itemOf({ model, options }: Simulation, random: Random): (ability: number) => number[] {
  if (model === 'nominal') {
    const slopes = Array.from({ length: options }, (_, option) => (option === 0 ? 0.6 : -0.3) + 0.3 * random.normal());
    const levels = Array.from({ length: options }, (_, option) => (option === 0 ? 1 + 0.8 * random.normal() : 0.7 * random.normal()));
    return (ability) => shares(levels.map((level, option) => Math.exp(level + slopes[option]! * ability)));
  }
  const slope = Math.exp(0.3 * random.normal());
  const level = random.normal() - 0.3;
  const guess = model === '3pl' ? 0.1 + 0.2 * random.uniform() : 0;
  const wrong = shares(Array.from({ length: options - 1 }, () => Math.exp(random.normal())));
  return (ability) => {
    const right = guess + (1 - guess) / (1 + Math.exp(-1.2 * slope * (ability - level)));
    return [right, ...wrong.map((share) => (1 - right) * share)];
  };
}

function shares(odds: readonly number[]): number[] {
  const sum = odds.reduce((total, odd) => total + odd, 0);
  return odds.map((odd) => odd / sum);
}
