import { answerCandidates } from '#domain/plagiarism/answer-candidates.ts';
import { answerChance, scanAnswers } from '#domain/plagiarism/compare-answers.ts';
import { createRandom } from './random.ts';
import { simulate, USUAL } from './simulate.ts';

/** False-positive rates at which recall is reported. */
const RATES = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6] as const;

/** Recall by copied share at each rate, and how honest the rates are. */
export interface Curve {
  readonly students: number;
  readonly seconds: number;
  readonly megabytes: number;
  readonly candidates: number;
  readonly found: Readonly<Record<string, number>>;
  /** Share of innocent random pairs below each rate. */
  readonly alpha: Readonly<Record<string, number>>;
}

/** Scans simulated answers and compares what is found with what was planted. */
export function measureCurve(students: number, items: number, copiers: number, shares: readonly number[], seed: number): Curve {
  const { prints, planted } = simulate({ ...USUAL, seed, students, items, copiers, shares });
  const began = performance.now();
  const scan = scanAnswers(prints);
  const pairs = answerCandidates(scan.model, 25);
  const chances = new Map<number, number>();
  for (const pair of pairs) chances.set(pair, answerChance(scan, Math.floor(pair / students), pair % students).p);
  const seconds = (performance.now() - began) / 1_000;
  const megabytes = process.memoryUsage().rss / 2 ** 20;
  const found: Record<string, number> = {};
  for (const share of shares) {
    const mine = planted.filter((plant) => plant.share === share);
    const ps = mine.map(({ copier, source }) => chances.get(Math.min(copier, source) * students + Math.max(copier, source)) ?? 1);
    found[`candidates@${share}`] = ps.filter((p) => p < 1).length / (mine.length || 1);
    for (const rate of RATES) found[`${rate}@${share}`] = ps.filter((p) => p <= rate).length / (mine.length || 1);
  }
  const random = createRandom(seed + 1);
  const guilty = new Set(planted.flatMap(({ copier, source }) => [copier, source]));
  const drawn: number[] = [];
  while (drawn.length < 100_000) {
    const a = Math.floor(random.uniform() * students);
    const b = Math.floor(random.uniform() * students);
    if (a !== b && !guilty.has(a) && !guilty.has(b)) drawn.push(answerChance(scan, a, b).p);
  }
  const alpha = Object.fromEntries(RATES.map((rate) => [String(rate), drawn.filter((p) => p <= rate).length / drawn.length]));
  return { students, seconds, megabytes, candidates: pairs.length, found, alpha };
}
