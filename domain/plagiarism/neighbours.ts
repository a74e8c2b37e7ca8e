import { hashText } from './hash.ts';
import type { Token } from './text.ts';

/** Shorter words hold a sentence together and say little. */
const CONTENT_LETTERS = 4;
/** Letters of a word that are compared: endings change when a sentence is said again. */
const STEM_LETTERS = 6;
/** Content words up to this far apart are neighbours. */
const REACH = 3;
/** Most neighbours that are kept of a text. */
const MOST = 400;
const IDEOGRAPH = /[\u2e80-\uffff]/u;

/**
 * Hashes of content words that stand near each other, whatever their order and endings: what is left of a text that was said again in other words.
 * Of a long text an even sample is kept, the same one in every text that is as long.
 * @source McNamee and Mayfield (2004), Character n-gram tokenization for European language text retrieval (stems by truncation);
 *   Manku, Jain and Das Sarma (2007), Detecting near-duplicates for web crawling, section 5 (samples by hash value)
 */
export function neighboursOf(tokens: readonly Token[]): number[] {
  const words = tokens.map(({ word }) => word).filter((word) => word.length >= CONTENT_LETTERS || IDEOGRAPH.test(word)).map((word) => word.slice(0, STEM_LETTERS));
  const found = new Set<number>();
  for (let at = 0; at < words.length; at += 1) {
    for (let next = at + 1; next <= at + REACH && next < words.length; next += 1) {
      const [first, second] = [words[at]!, words[next]!].sort();
      found.add(hashText(`${first} ${second}`));
    }
  }
  let kept = [...found];
  for (let step = 2; kept.length > MOST; step *= 2) kept = kept.filter((hash) => hash % step === 0);
  return kept.sort((left, right) => left - right);
}
