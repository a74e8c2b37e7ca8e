import type { SessionPrint, TextIndex } from './types.ts';

/** What sessions have in common in their long answers. */
export interface TextModel {
  /** Sessions by question and fingerprint; what too many share is left out. */
  readonly lists: ReadonlyMap<string, readonly number[]>;
  readonly prints: readonly SessionPrint[];
  readonly rarity: (question: number, fingerprint: number) => number;
}

/** A pair of texts with what stands for it. */
export interface TextChance {
  readonly index: TextIndex;
  /** Strength in the same measure as the logarithm of a p-value. */
  readonly strength: number;
}

/** Fingerprints that fewer students than this share are never a common source. */
const FEW = 4;
/** Passages of one fingerprint overlap with their neighbours and are no trials of their own. */
const OVERLAP = 4;

/**
 * Indexes the fingerprints of long answers; passages of a common source are left out.
 * @param commonShare share of the students from which on a passage is a common source, 0..1
 */
export function indexTexts(prints: readonly SessionPrint[], commonShare: number): TextModel {
  const all = new Map<string, number[]>();
  const answered = new Map<number, number>();
  prints.forEach((print, session) => {
    for (const { key, prints: marks } of print.texts) {
      answered.set(key, (answered.get(key) ?? 0) + 1);
      for (const mark of marks) {
        const id = `${key}:${mark}`;
        const list = all.get(id);
        if (list === undefined) all.set(id, [session]);
        else list.push(session);
      }
    }
  });
  const lists = new Map<string, readonly number[]>();
  for (const [id, list] of all) {
    const most = Math.max(FEW, commonShare * (answered.get(Number(id.slice(0, id.indexOf(':')))) ?? 0));
    if (list.length <= most) lists.set(id, list);
  }
  return {
    lists, prints,
    rarity: (question, mark) => {
      const count = lists.get(`${question}:${mark}`)?.length ?? 0;
      return count < 2 ? 0 : Math.log10(Math.max(1, (answered.get(question) ?? 1) / (count - 1)));
    },
  };
}

/**
 * Finds the pairs that share several rare passages.
 * @param sameStudent pairs that are left out
 * @returns pairs as `lower x sessions + higher`, each once
 */
export function textCandidates(model: TextModel, sameStudent: (a: number, b: number) => boolean): number[] {
  const { lists, prints } = model;
  const found: number[] = [];
  const shared = new Map<number, number>();
  prints.forEach((print, a) => {
    shared.clear();
    for (const { key, prints: marks } of print.texts) {
      for (const mark of marks) {
        // of a long list only the rest says something, and there is always more of a text that was taken over
        const list = lists.get(`${key}:${mark}`) ?? [];
        for (const b of list.slice(0, 200)) if (b > a) shared.set(b, (shared.get(b) ?? 0) + 1);
      }
    }
    for (const [b, count] of shared) if (count >= 2 && !sameStudent(a, b)) found.push(a * prints.length + b);
  });
  return found;
}

/** How much of the shorter text of a pair stands in the other one, by its fingerprints: the question with most of it. */
export function compareTexts(model: TextModel, a: number, b: number): TextChance | null {
  let best: TextChance | null = null;
  for (const left of model.prints[a]!.texts) {
    const right = model.prints[b]!.texts.find(({ key }) => key === left.key);
    if (right === undefined) continue;
    const own = (marks: readonly number[]): number[] => marks.filter((mark) => model.lists.has(`${left.key}:${mark}`));
    const ours = own(left.prints);
    const theirs = new Set(own(right.prints));
    const shared = ours.filter((mark) => theirs.has(mark));
    const least = Math.min(ours.length, theirs.size);
    if (shared.length === 0 || least === 0) continue;
    const containment = shared.length / least;
    const strength = (containment * shared.reduce((sum, mark) => sum + model.rarity(left.key, mark), 0)) / OVERLAP;
    if (best === null || strength > best.strength) best = { index: { maxContainment: containment, fingerprints: shared.length, key: left.key }, strength };
  }
  return best;
}
