import { answerCandidates } from '#domain/plagiarism/answer-candidates.ts';
import { answerChance, scanAnswers } from '#domain/plagiarism/compare-answers.ts';
import { finish } from '#domain/plagiarism/steps.ts';
import { adjustForAll } from '#domain/plagiarism/tail.ts';

import { bestPossible } from './limit.ts';
import { createRandom } from './random.ts';
import { simulate, type Simulated, type Simulation } from './simulate.ts';

/** False-positive rates at which recall is reported. */
export const RATES = [1e-3, 1e-4] as const;
/** Partners per session, as a scan takes them. */
const PARTNERS = 40;
/** Adjusted chance of a flag, as a scan takes it unless told otherwise. */
const LEVEL = 0.01;
/** Pairs that the limit is measured with. */
const LIMIT_PAIRS = 40_000;
/** Chances at which innocent pairs are counted. */
const HONESTY = [1e-2, 1e-3, 1e-4, 1e-5] as const;

/** Recall for one copied share. */
export interface Recall {
  readonly share: number;
  readonly candidates: number;
  /** By rate of `RATES`. */
  readonly atRates: readonly number[];
  /** Where one innocent pair of the class is expected among those that stand out. */
  readonly onePair: number;
  /** Flagged, with all pairs of the class accounted for. */
  readonly flagged: number;
  /** What no test can beat at the first of the rates; null where it was not measured. */
  readonly limit: number | null;
}

/** Recall by copied share, and how honest the chances are. */
export interface Curve {
  readonly seconds: number;
  /** Of processor time, which a busy machine does not stretch. */
  readonly cpuSeconds: number;
  readonly megabytes: number;
  readonly candidates: number;
  readonly recall: readonly Recall[];
  readonly falseFlags: number;
  /** Share of innocent random pairs below 1e-2 to 1e-5, in units of it. */
  readonly alpha: readonly number[];
}

/** Scans simulated answers and compares what is found with what was planted. */
export function measureCurve(simulation: Simulation, { innocentPairs, withLimit }: { readonly innocentPairs: number; readonly withLimit: boolean }): Curve {
  const simulated = simulate(simulation);
  const { planted, prints, related } = simulated;
  const students = prints.length;
  const tests = (students * (students - 1)) / 2;
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  const scan = scanAnswers(prints);
  const pairs = Array.from(finish(answerCandidates(scan.model, PARTNERS)));
  const ps = pairs.map((pair) => answerChance(scan, Math.floor(pair / students), pair % students).p);
  const seconds = (performance.now() - began) / 1_000;
  const { system, user } = process.cpuUsage(cpuBefore);
  const megabytes = process.memoryUsage().rss / 2 ** 20;
  const adjusted = adjustForAll(ps, tests);
  const places = new Map(pairs.map((pair, at) => [pair, at]));
  const limit = withLimit ? limitOf(simulated, simulation) : undefined;
  const recall = simulation.shares.map((share): Recall => {
    const mine = planted.filter((plant) => plant.share === share).map(({ copier, source }) => Math.min(copier, source) * students + Math.max(copier, source));
    const part = (holds: (at: number) => boolean): number => mine.filter((pair) => places.has(pair) && holds(places.get(pair)!)).length / (mine.length || 1);
    return {
      share, candidates: part(() => true), atRates: RATES.map((rate) => part((at) => ps[at]! <= rate)), onePair: part((at) => ps[at]! <= 1 / tests), flagged: part((at) => adjusted[at]! <= LEVEL),
      limit: limit === undefined ? null : mine.filter((pair) => limit(Math.floor(pair / students), pair % students)).length / (mine.length || 1),
    };
  });
  const drawn = innocent(simulated, simulation.seed, innocentPairs).map(([a, b]) => answerChance(scan, a, b).p);
  return {
    seconds, cpuSeconds: (user + system) / 1_000_000, megabytes, candidates: pairs.length, recall, falseFlags: pairs.filter((pair, at) => adjusted[at]! <= LEVEL && !related.has(pair)).length,
    alpha: HONESTY.map((rate) => drawn.filter((p) => p <= rate).length / drawn.length / rate),
  };
}

/** Whether a pair stands out of innocent ones at the first rate by the best test there is. */
function limitOf(simulated: Simulated, { seed, shares }: Simulation): (a: number, b: number) => boolean {
  const ratio = bestPossible(simulated, shares);
  const ratios = innocent(simulated, seed + 1, LIMIT_PAIRS).map(([a, b]) => ratio(a, b)).sort((left, right) => right - left);
  const least = ratios[Math.floor(RATES[0] * ratios.length)]!;
  return (a, b) => ratio(a, b) > least;
}

function innocent({ planted, prints }: Simulated, seed: number, size: number): [number, number][] {
  const random = createRandom(seed + 1_000);
  const guilty = new Set(planted.flatMap(({ copier, source }) => [copier, source]));
  const free = prints.map((_, student) => student).filter((student) => !guilty.has(student));
  return Array.from({ length: size }, () => {
    const a = random.below(free.length);
    const b = (a + 1 + random.below(free.length - 1)) % free.length;
    return [free[Math.min(a, b)]!, free[Math.max(a, b)]!];
  });
}

/** Recall at both rates, where one false pair is expected, and flagged; beside what is possible at the first rate, or how many were compared. */
export function recallText({ atRates, candidates, flagged, limit, onePair }: Recall): string {
  const shown = [...atRates, onePair, flagged].map((part) => part.toFixed(2)).join('/');
  return limit === null ? `${shown} of candidates ${candidates.toFixed(2)}` : `${shown} (possible ${limit.toFixed(2)})`;
}
