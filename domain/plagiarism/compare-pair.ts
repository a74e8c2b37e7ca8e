import { answerChance, answerIndex, type AnswerScan } from './compare-answers.ts';
import { compareTexts, type TextModel } from './compare-texts.ts';
import { evidenceOf } from './evidence.ts';
import { compareTiming, type TimingModel } from './timing.ts';
import type { Evidence, PairIndices, SessionPrint } from './types.ts';

/** What pairs of an exam are compared with. */
export interface ScanModel {
  readonly prints: readonly SessionPrint[];
  /** null where the scan leaves it out. */
  readonly answers: AnswerScan | null;
  readonly texts: TextModel | null;
  readonly timing: TimingModel | null;
}

/** A pair that is worth keeping. */
export interface ComparedPair {
  readonly a: number;
  readonly b: number;
  /** Decimal logarithm of 1 / p: what pairs are ranked by. */
  readonly score: number;
  /** Chance of as much agreement of answers and texts. */
  readonly p: number;
  /** The same for the texts alone, as a logarithm. */
  readonly textStrength: number;
  readonly indices: PairIndices;
  readonly evidence: readonly Evidence[];
}

/** Pairs that agree no less likely than this are not kept. */
const KEPT_P = 0.01;
/** Innocent pairs that are kept for each session of a large class. */
const KEPT_EACH = 10;
/** Texts that share this much are kept, however many others do. */
const KEPT_FINGERPRINTS = 4;
const KEPT_CONTAINMENT = 0.05;

/** Compares two sessions in everything the scan looks at. @returns null for a pair that says nothing */
export function comparePair(model: ScanModel, a: number, b: number): ComparedPair | null {
  const most = Math.min(KEPT_P, (2 * KEPT_EACH) / model.prints.length);
  const answers = model.answers === null || model.answers.model.items === 0 ? null : model.answers;
  const chance = answers === null ? null : answerChance(answers, a, b);
  const text = model.texts === null ? null : compareTexts(model.texts, a, b);
  const hasTexts = model.texts !== null && model.texts.questions.length > 0;
  const p = combined(chance?.p ?? null, hasTexts ? (text?.p ?? 1) : null);
  const isCopied = text !== null && text.index.fingerprints >= KEPT_FINGERPRINTS && text.index.maxContainment >= KEPT_CONTAINMENT;
  if (p > most && !isCopied) return null;
  const worthText = text !== null && (text.p <= KEPT_P || isCopied);
  const indices: PairIndices = {
    answers: chance === null || answers === null ? null : answerIndex(answers.model, chance),
    timing: model.timing === null ? null : compareTiming(model.timing, model.prints[a]!, model.prints[b]!),
    text: worthText ? text.index : null,
  };
  const strengths = { answers: strengthOf(chance?.p ?? 1), text: strengthOf(worthText ? text.p : 1) };
  return { a, b, score: strengthOf(p), p, textStrength: strengths.text, indices, evidence: evidenceOf(indices, strengths) };
}

function strengthOf(p: number): number {
  return -Math.log10(Math.max(p, 1e-300));
}

/**
 * Joins the chance of the answers and that of the texts: either alone or both together may tell, and for three looks each of them counts thrice.
 * @source Fisher (1932), Statistical Methods for Research Workers, section 21.1 (two chances together); Bonferroni for the three
 */
function combined(answers: number | null, text: number | null): number {
  if (answers === null || text === null) return answers ?? text ?? 1;
  const product = Math.max(answers * text, 1e-300);
  return Math.min(1, 3 * Math.min(answers, text, product * (1 - Math.log(product))));
}
