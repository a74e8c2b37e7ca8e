import { compareTexts, indexTexts, textCandidates } from '#domain/plagiarism/compare-texts.ts';
import { neighboursOf } from '#domain/plagiarism/neighbours.ts';
import { finish } from '#domain/plagiarism/steps.ts';
import { fingerprintsOf, tokensOf } from '#domain/plagiarism/text.ts';
import type { SessionPrint } from '#domain/plagiarism/types.ts';

import { LEVELS, simulateTexts, type TextSimulation } from './texts.ts';

/** Chances at which recall is reported. */
const RATES = [1e-3, 1e-4, 1e-6] as const;

/** Recall of reworked texts by level and chance, and how honest the chances are. */
export interface TextCurve {
  readonly seconds: number;
  readonly candidates: number;
  readonly found: Readonly<Record<string, number>>;
  /** Share of innocent pairs below each chance, in units of it. */
  readonly alpha: Readonly<Record<string, number>>;
}

/** Scans simulated essays of several classes and compares what is found with what was planted. */
export function measureTexts(simulation: TextSimulation, classes: number): TextCurve {
  const found = new Map<string, number[]>();
  const note = (name: string, hit: boolean): void => void found.set(name, [...(found.get(name) ?? []), hit ? 1 : 0]);
  const below = RATES.map(() => 0);
  let innocent = 0;
  let seconds = 0;
  let candidates = 0;
  for (let round = 0; round < classes; round += 1) {
    const { planted, texts } = simulateTexts({ ...simulation, seed: simulation.seed + round });
    const prints = texts.map(printOf);
    const size = prints.length;
    const began = performance.now();
    const model = indexTexts(prints, 0.1);
    const chances = new Map(finish(textCandidates(model, 10, () => false)).map((pair) => [pair, compareTexts(model, Math.floor(pair / size), pair % size)?.p ?? 1]));
    seconds += (performance.now() - began) / 1_000 / classes;
    candidates += chances.size / classes;
    const guilty = new Set(planted.map(({ copier, source }) => Math.min(copier, source) * size + Math.max(copier, source)));
    for (const { copier, level, source } of planted) {
      const p = chances.get(Math.min(copier, source) * size + Math.max(copier, source)) ?? 1;
      for (const rate of RATES) note(`${level}@${rate}`, p <= rate);
    }
    for (const [pair, p] of chances) if (!guilty.has(pair)) RATES.forEach((rate, at) => (below[at]! += p <= rate ? 1 : 0));
    innocent += (size * (size - 1)) / 2 - guilty.size;
  }
  return {
    seconds, candidates,
    found: Object.fromEntries(LEVELS.flatMap((level) => RATES.map((rate) => [`${level}@${rate}`, mean(found.get(`${level}@${rate}`) ?? [])]))),
    alpha: Object.fromEntries(RATES.map((rate, at) => [String(rate), below[at]! / innocent / rate])),
  };
}

function printOf(text: string, index: number): SessionPrint {
  const tokens = tokensOf(text, 'prose');
  return {
    sessionId: String(index), studentId: String(index), keys: [], codes: [], right: [], savedAt: [],
    texts: [{ key: 1, prints: fingerprintsOf(text, 'prose', new Set()), neighbours: neighboursOf(tokens) }],
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
