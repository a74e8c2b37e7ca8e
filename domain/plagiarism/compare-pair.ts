import { answerChance, answerIndex, type AnswerScan } from './compare-answers.ts';
import { compareTexts, type TextModel } from './compare-texts.ts';
import { evidenceOf } from './evidence.ts';
import { compareTiming } from './timing.ts';
import type { Evidence, PairIndices, SessionPrint } from './types.ts';

/** What pairs of an exam are compared with. */
export interface ScanModel {
  readonly prints: readonly SessionPrint[];
  /** null where the scan leaves it out. */
  readonly answers: AnswerScan | null;
  readonly texts: TextModel | null;
  readonly timing: boolean;
}

/** A pair that is worth keeping. */
export interface ComparedPair {
  readonly a: number;
  readonly b: number;
  /** Sum of the logarithms: what pairs are ranked by. */
  readonly score: number;
  /** Chance of as much agreement of the answers; null where they were not compared. */
  readonly p: number | null;
  readonly textStrength: number;
  readonly indices: PairIndices;
  readonly evidence: readonly Evidence[];
}

/** Pairs whose answers agree no less likely than this, and whose texts share little, are not kept. */
const KEPT_P = 0.01;
/** Innocent pairs that are kept for each session of a large class. */
const KEPT_EACH = 10;

/** Compares two sessions in everything the scan looks at. @returns null for a pair that says nothing */
export function comparePair(model: ScanModel, a: number, b: number): ComparedPair | null {
  const chance = model.answers === null ? null : answerChance(model.answers, a, b);
  const text = model.texts === null ? null : compareTexts(model.texts, a, b);
  const worthText = text !== null && text.index.fingerprints >= 2 && text.strength >= 0.5;
  if ((chance === null || chance.p > Math.min(KEPT_P, (2 * KEPT_EACH) / model.prints.length)) && !worthText) return null;
  const indices: PairIndices = {
    answers: chance === null || model.answers === null ? null : answerIndex(model.answers.model, chance),
    timing: model.timing ? compareTiming(model.prints[a]!, model.prints[b]!) : null,
    text: worthText ? text.index : null,
  };
  const strengths = { answers: chance === null ? 0 : -Math.log10(Math.max(chance.p, 1e-300)), text: worthText ? text.strength : 0 };
  return { a, b, score: strengths.answers + strengths.text, p: chance?.p ?? null, textStrength: strengths.text, indices, evidence: evidenceOf(indices, strengths) };
}
