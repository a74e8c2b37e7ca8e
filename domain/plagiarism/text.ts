import { hashText } from './hash.ts';
import { lookOf } from './look-alikes.ts';

/** Words in a passage that counts as taken over. */
const WORDS = 4;
/** Tokens of source code in such a passage: code has few different tokens. */
const CODE_TOKENS = 9;
/** Passages of which the least is kept: whatever is shared and this much longer than a passage is found. */
const WINDOW = 4;

/** A word or token with its place in the text. */
export interface Token {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

/** How a text is cut into tokens. */
export type TextKind = 'prose' | 'html' | 'code';

// scripts without spaces count each sign as a word; signs without a width are part of a word, or they would cut it
const PROSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}\p{Cf}])+/gu;
const INVISIBLE = /[\p{M}\p{Cf}]/gu;
const TAGS = /<[^>]*>|&[a-z]+;|&#\d+;/gi;
const CODE = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|#[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[\p{L}_$][\p{L}\p{N}_$]*|\d[\w.]*|[^\s\p{L}\p{N}]/gu;
const KEYWORDS = new Set(
  ('if else for while do return def class function var let const int float double char void public private static import from in not and or try except catch throw new '
    + 'switch case break continue print lambda yield async await struct select insert update delete where join group order by null none true false this self').split(' '),
);

/** Cuts a text into comparable tokens: case, accents, punctuation, invisible signs, letters that look like Latin ones and, in code, names, numbers, strings and comments do not matter. */
export function tokensOf(text: string, kind: TextKind): Token[] {
  if (kind === 'code') return codeTokens(text);
  const plain = kind === 'html' ? text.replace(TAGS, (tag) => ' '.repeat(tag.length)) : text;
  return Array.from(plain.matchAll(PROSE), (match) => ({
    word: lookOf(match[0].normalize('NFKD').replace(INVISIBLE, '').toLowerCase()), from: match.index, to: match.index + match[0].length,
  })).filter(({ word }) => word !== '');
}

function codeTokens(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(CODE)) {
    const [raw] = match;
    if (/^(?:\/\*|\/\/|#)/.test(raw)) continue;
    const lower = raw.toLowerCase();
    let word = raw;
    if (/^["']/.test(raw)) word = 'S';
    else if (/^\d/.test(raw)) word = 'N';
    else if (/^[\p{L}_$]/u.test(raw)) word = KEYWORDS.has(lower) ? lower : 'V';
    tokens.push({ word, from: match.index, to: match.index + raw.length });
  }
  return tokens;
}

/** Hashes of all passages of a text, in order. */
export function passagesOf(tokens: readonly Token[], kind: TextKind): number[] {
  const length = kind === 'code' ? CODE_TOKENS : WORDS;
  const hashes: number[] = [];
  for (let at = 0; at + length <= tokens.length; at += 1) {
    let passage = '';
    for (let next = at; next < at + length; next += 1) passage += `${tokens[next]!.word} `;
    hashes.push(hashText(passage));
  }
  return hashes;
}

/**
 * Keeps the least hash of every window of passages: a few per text, and always one of any shared passage that is long enough.
 * @source Schleimer, Wilkerson and Aiken (2003), Winnowing: local algorithms for document fingerprinting, section 4
 */
export function winnow(hashes: readonly number[]): number[] {
  const kept = new Set<number>();
  const windows = Math.max(1, hashes.length - WINDOW + 1);
  for (let at = 0; at < windows && hashes.length > 0; at += 1) {
    let least = Infinity;
    for (let next = at; next < Math.min(hashes.length, at + WINDOW); next += 1) least = Math.min(least, hashes[next]!);
    kept.add(least);
  }
  return [...kept].sort((left, right) => left - right);
}

/** Fingerprints of a text without those of what everybody was given. */
export function fingerprintsOf(text: string, kind: TextKind, given: ReadonlySet<number>): number[] {
  return winnow(passagesOf(tokensOf(text, kind), kind).filter((hash) => !given.has(hash)));
}

/** A passage that stands in both texts, in characters. */
export interface MatchedRange {
  readonly aFrom: number;
  readonly aTo: number;
  readonly bFrom: number;
  readonly bTo: number;
}

/** Finds the passages that stand in both texts, in the order of the first, each as long as it goes. */
export function matchedRanges(a: string, b: string, kind: TextKind, given: ReadonlySet<number>): MatchedRange[] {
  const left = tokensOf(a, kind);
  const right = tokensOf(b, kind);
  const places = new Map<number, number[]>();
  passagesOf(right, kind).forEach((hash, at) => {
    if (!given.has(hash)) places.set(hash, [...(places.get(hash) ?? []), at].slice(0, 20));
  });
  const ranges: MatchedRange[] = [];
  let free = 0;
  passagesOf(left, kind).forEach((hash, at) => {
    if (at < free) return;
    let best = { length: 0, place: 0 };
    for (const place of places.get(hash) ?? []) {
      let length = 0;
      while (at + length < left.length && place + length < right.length && left[at + length]!.word === right[place + length]!.word) length += 1;
      if (length > best.length) best = { length, place };
    }
    if (best.length === 0) return;
    free = at + best.length;
    ranges.push({ aFrom: left[at]!.from, aTo: left[free - 1]!.to, bFrom: right[best.place]!.from, bTo: right[best.place + best.length - 1]!.to });
  });
  return ranges;
}
