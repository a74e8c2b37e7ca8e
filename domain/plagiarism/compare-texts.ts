import { BestOf } from './best-of.ts';
import { addShared, type SharedMarks, sharedOf, shareMarks } from './shared-marks.ts';
import { learnTextTail, type TextTail, usualOf } from './text-tail.ts';
import type { SessionPrint, TextIndex } from './types.ts';

/** What sessions have in common in their long answers. */
export interface TextModel {
  readonly prints: readonly SessionPrint[];
  readonly questions: readonly TextQuestion[];
}

/** One question with a long answer. */
interface TextQuestion {
  readonly key: number;
  readonly passages: Marks;
  readonly neighbours: Marks;
  /** How many neighbours two texts usually share. */
  readonly usualNeighbours: number;
}

/** Hashes of one kind with what innocent pairs have in common of them. */
interface Marks {
  readonly shared: SharedMarks;
  readonly tail: TextTail;
  readonly likeness: (a: number, b: number) => number;
}

/** A pair of texts with what stands for it. */
export interface TextChance {
  readonly index: TextIndex;
  /** Chance that two who write alone have as much in common. */
  readonly p: number;
}

/** Passages that no more students than this share are never a common source: groups work together, too. */
const FEW = 8;
/** People who copy from one another are seldom more. */
const GROUP = 6;
/** What makes it ten times less likely where most pairs share nothing: a stock phrase of some ten words, and a few words of one thought. */
const PHRASE_DECADE = 8;
const NEIGHBOURS_DECADE = 0.8;
/** Each text is looked at for passages and for neighbours. */
const KINDS = 2;
/** Sessions between two signs of life. */
const BETWEEN_YIELDS = 250;
/** Shared passages from which on a pair is looked at. */
const FEWEST = 2;

/**
 * Indexes the long answers; passages of a common source are left out.
 * @param commonShare share of the students from which on a passage is a common source, 0..1
 */
export function indexTexts(prints: readonly SessionPrint[], commonShare: number): TextModel {
  const keys = [...new Set(prints.flatMap(({ texts }) => texts.map(({ key }) => key)))];
  return {
    prints,
    questions: keys.map((key) => {
      const texts = prints.map((print) => print.texts.find((text) => text.key === key));
      const answered = texts.filter((text) => text !== undefined).length;
      const passages = shareMarks(texts.map((text) => text?.prints), Math.max(FEW, commonShare * answered), GROUP);
      const neighbours = shareMarks(texts.map((text) => text?.neighbours), answered, answered);
      return { key, passages: marksOf(passages, false), neighbours: marksOf(neighbours, true), usualNeighbours: usualOf(neighbours.answered, (a, b) => sharedOf(neighbours, a, b).count) };
    }),
  };
}

function marksOf(shared: SharedMarks, byLength: boolean): Marks {
  const likeness = (a: number, b: number): number => likenessOf(shared, sharedOf(shared, a, b).weight, a, b, byLength);
  return { shared, likeness, tail: learnTextTail(shared.answered, likeness, byLength ? NEIGHBOURS_DECADE : PHRASE_DECADE) };
}

/** Chance agreement of many single words grows with the square root of the length; that of whole passages hardly grows. */
function likenessOf({ sizes }: SharedMarks, weight: number, a: number, b: number, byLength: boolean): number {
  return byLength ? weight / Math.sqrt(Math.max(1, Math.min(sizes[a]!, sizes[b]!))) : weight;
}

/**
 * Finds for every session the ones whose texts share most with it, by passages and by neighbours. Yields from time to time, so that a caller can give a sign of life.
 * @param each partners that are kept per session, question and kind
 * @param sameStudent pairs that are left out
 * @returns pairs as `lower x sessions + higher`, each once
 */
export function* textCandidates({ prints, questions }: TextModel, each: number, sameStudent: (a: number, b: number) => boolean): Generator<void, number[]> {
  const found = new Set<number>();
  const sums = new Float32Array(prints.length);
  const best = new BestOf(each);
  for (const { neighbours, passages } of questions) {
    for (const { shared, tail } of [passages, neighbours]) {
      for (const [at, a] of shared.answered.entries()) {
        if (at % BETWEEN_YIELDS === 0) yield;
        sums.fill(0);
        addShared(shared, a, sums);
        best.clear();
        offerPartners({ shared, tail, sums, byLength: shared === neighbours.shared, a, sameStudent, best });
        for (const b of best.kept) found.add(a < b ? a * prints.length + b : b * prints.length + a);
      }
    }
  }
  return [...found];
}

function offerPartners({ a, best, byLength, sameStudent, shared, sums, tail }: {
  a: number; best: BestOf; byLength: boolean; sameStudent: (a: number, b: number) => boolean; shared: SharedMarks; sums: Float32Array; tail: TextTail;
}): void {
  for (const b of shared.answered) {
    if (sums[b] === 0 || b === a) continue;
    const likeness = likenessOf(shared, sums[b]!, a, b, byLength);
    if (likeness > tail.usual && !sameStudent(a, b)) best.offer(b, likeness);
  }
}

/** Compares the texts of a pair question by question. @returns the question with most in common, its chance raised for all that were looked at; null for nothing in common */
export function compareTexts({ questions }: TextModel, a: number, b: number): TextChance | null {
  let best: Omit<TextChance, 'p'> | null = null;
  let least = Infinity;
  let looked = 0;
  for (const { key, neighbours, passages, usualNeighbours } of questions) {
    if (passages.shared.sizes[a] === 0 || passages.shared.sizes[b] === 0) continue;
    looked += 1;
    const { count } = sharedOf(passages.shared, a, b);
    const near = sharedOf(neighbours.shared, a, b);
    const p = Math.min(count < FEWEST ? 1 : passages.tail.chance(passages.likeness(a, b)), neighbours.tail.chance(neighbours.likeness(a, b)));
    if (p >= least || (count === 0 && near.count === 0)) continue;
    least = p;
    const fewest = Math.min(passages.shared.sizes[a]!, passages.shared.sizes[b]!);
    best = { index: { maxContainment: count / fewest, fingerprints: count, key, neighbours: near.count, expectedNeighbours: usualNeighbours } };
  }
  if (best === null) return null;
  const p = Math.min(1, least * looked * KINDS);
  return { index: { ...best.index, p }, p };
}
