import { describe, expect, test } from 'vitest';

import { answerCandidates } from './answer-candidates.ts';
import { learnAnswers } from './answer-model.ts';
import { answerChance, answerIndex, scanAnswers } from './compare-answers.ts';
import { comparePair } from './compare-pair.ts';
import { compareTexts, indexTexts } from './compare-texts.ts';
import { clusterEdges } from './clusters.ts';
import { hashText } from './hash.ts';
import { finish } from './steps.ts';
import { fingerprintsOf, matchedRanges } from './text.ts';
import type { SessionPrint } from './types.ts';

const ITEMS = 40;

/** Sixty sessions that answer by a fixed scramble; the second has taken 20 answers of the first. */
function sessions(): SessionPrint[] {
  const codes = Array.from({ length: 60 }, (_, session) => Array.from({ length: ITEMS }, (__, item) => {
    const mixed = hashText(`session ${session} item ${item}`);
    return mixed % 100 < 55 ? 1 : 2 + ((mixed >>> 8) % 3);
  }));
  for (let item = 0; item < 20; item += 1) codes[1]![item] = codes[0]![item]!;
  return codes.map((given, session) => ({
    sessionId: String(session), studentId: String(session), keys: given.map((_, item) => item + 1), codes: given, right: given.map((code) => (code === 1 ? 1 : 0)),
    savedAt: given.map((_, item) => 1_000 + item * 60 + session), texts: [],
  }));
}

describe('the answers of a class', () => {
  test('make the pair that shares half of them the least likely of all', () => {
    const scan = scanAnswers(sessions());
    const pairs = Array.from(finish(answerCandidates(scan.model, 10)), (pair) => ({ pair, ...answerChance(scan, Math.floor(pair / 60), pair % 60) }));
    pairs.sort((left, right) => left.p - right.p);
    expect(pairs[0]!.pair).toBe(1);
    expect(pairs[0]!.p).toBeLessThan(1e-3);
    const index = answerIndex(scan.model, pairs[0]!);
    expect(index.identicalWrong).toBeGreaterThan(index.expected + 2);
  });
  test('are never compared between two attempts of one student', () => {
    const own = sessions().map((print, session) => ({ ...print, studentId: session < 2 ? 'the same' : print.studentId }));
    const found = finish(answerCandidates(learnAnswers(own), 10));
    expect(Array.from(found)).not.toContain(1);
  });
});

test('answers and texts that were both copied tell more than either, and a text of one\'s own costs the answers little', () => {
  const passage = 'green leaves gather light from above while roots carry water through every narrow stem toward the open sky';
  const prints = sessions().map((print, session) => ({ ...print, texts: [{ key: 9, prints: fingerprintsOf(session < 2 ? passage : `${session} other words ${session} here`, 'prose', new Set()) }] }));
  const scan = scanAnswers(prints);
  const compare = (texts: readonly SessionPrint[]): number => comparePair({ prints: texts, answers: scan, texts: indexTexts(texts, 0.1), timing: null }, 0, 1)!.p;
  const answers = answerChance(scan, 0, 1).p;
  const text = compareTexts(indexTexts(prints, 0.1), 0, 1)!.p;
  expect(Math.max(answers, text)).toBeLessThan(0.05);
  expect(compare(prints)).toBeLessThan(Math.min(answers, text) / 3);
  const own = prints.map((print, session) => (session === 1 ? { ...print, texts: prints[5]!.texts } : print));
  expect(compare(own)).toBeCloseTo(3 * answers, 12);
});

describe('texts', () => {
  test('share fingerprints whatever their case, accents and punctuation', () => {
    const text = 'Été: the quick brown fox jumps over the lazy dog near a river';
    expect(fingerprintsOf(text.toUpperCase().replaceAll(' ', ', '), 'prose', new Set())).toEqual(fingerprintsOf(text, 'prose', new Set()));
  });
  test('in code share fingerprints when only names and comments differ', () => {
    const code = 'for (let i = 0; i < n; i++) { total += list[i]; }';
    expect(fingerprintsOf('for (let k = 0; k < size; k++) { sum += data[k]; } // mine', 'code', new Set())).toEqual(fingerprintsOf(code, 'code', new Set()));
  });
  test('match in the characters of both', () => {
    const [range] = matchedRanges('xx one two three four five', 'one two three four five yy', 'prose', new Set());
    expect(range).toEqual({ aFrom: 3, aTo: 26, bFrom: 0, bTo: 23 });
  });
});

test('edges that touch form one group', () => {
  expect(clusterEdges([{ a: 'a', b: 'b' }, { a: 'c', b: 'd' }, { a: 'b', b: 'e' }])).toEqual([1, 2, 1]);
});
