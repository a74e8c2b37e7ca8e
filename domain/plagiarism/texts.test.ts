import { describe, expect, test } from 'vitest';

import { scanAnswers } from './compare-answers.ts';
import { comparePair } from './compare-pair.ts';
import { compareTexts, indexTexts, textCandidates } from './compare-texts.ts';
import { hashText } from './hash.ts';
import { neighboursOf } from './neighbours.ts';
import { sharedOf, shareMarks } from './shared-marks.ts';
import { finish } from './steps.ts';
import { fingerprintsOf, matchedRanges, tokensOf } from './text.ts';
import type { SessionPrint } from './types.ts';

const COPIED = 'The mitochondria of a cell turn sugar and oxygen into energy while plants gather light in green leaves and keep the surplus as starch for darker days';
const AGAIN = 'Energy comes from sugar with oxygen, which each cell has its mitochondria for; light is gathered by the green leaves of a plant, and what is surplus stays as starch until darker days';
const WORDS = Array.from({ length: 400 }, (_, at) => `word${String.fromCharCode(97 + (at % 26), 97 + (Math.floor(at / 26) % 26))}`);

const own = (session: number, length = 60): string => Array.from({ length }, (_, at) => WORDS[hashText(`${session} ${at}`) % WORDS.length]).join(' ');
const printOf = (text: string, session: number): SessionPrint => ({
  sessionId: String(session), studentId: String(session), keys: [], codes: [], right: [], savedAt: [],
  texts: [{ key: 7, prints: fingerprintsOf(text, 'prose', new Set()), neighbours: neighboursOf(tokensOf(text, 'prose')) }],
});
const classOf = (special: readonly string[], size = 40): SessionPrint[] => Array.from({ length: size }, (_, session) => printOf(special[session] ?? own(session), session));
const chanceOf = (prints: readonly SessionPrint[], a: number, b: number): number => compareTexts(indexTexts(prints, 0.1), a, b)?.p ?? 1;

describe('letters', () => {
  test.each([
    ['Cyrillic letters that look the same', COPIED.replaceAll('o', 'о').replaceAll('a', 'а').replaceAll('e', 'е')],
    ['Greek letters that look the same', COPIED.replaceAll('o', 'ο').replaceAll('v', 'ν')],
    ['spaces without a width inside of words', COPIED.replaceAll('th', 't\u200bh').replaceAll('en', 'e\u00adn')],
    ['wide letters', COPIED.replaceAll('a', '\uff41')],
    ['accents and capitals', COPIED.replaceAll('a', 'á').toUpperCase()],
  ])('%s hide nothing', (_, text) => {
    expect(fingerprintsOf(text, 'prose', new Set())).toEqual(fingerprintsOf(COPIED, 'prose', new Set()));
    expect(neighboursOf(tokensOf(text, 'prose'))).toEqual(neighboursOf(tokensOf(COPIED, 'prose')));
  });
  test('keep their places for what is shown', () => {
    const text = COPIED.replaceAll('th', 't\u200bh');
    expect(matchedRanges(text, COPIED, 'prose', new Set())).toEqual([{ aFrom: 0, aTo: text.length, bFrom: 0, bTo: COPIED.length }]);
  });
});

describe('words near each other', () => {
  test('are the same in another order and with other endings', () => {
    expect(neighboursOf(tokensOf('plants gathered light', 'prose'))).toEqual(neighboursOf(tokensOf('the light of a gathering plants', 'prose')));
  });
  test('of a long text are a sample that does not depend on where they stand', () => {
    const [one, two] = [`${own(1, 500)} ${own(2, 500)}`, `${own(2, 500)} ${own(1, 500)}`].map((text) => neighboursOf(tokensOf(text, 'prose'))) as [number[], number[]];
    expect(one.length).toBeLessThanOrEqual(400);
    expect(two.filter((hash) => one.includes(hash)).length).toBeGreaterThan(0.95 * one.length);
  });
});

describe('the texts of a class', () => {
  test('that were said again are less likely than any two that were not', () => {
    const prints = classOf([COPIED, AGAIN]);
    const model = indexTexts(prints, 0.1);
    expect(compareTexts(model, 0, 1)).toMatchObject({ p: expect.toSatisfy((p: number) => p < 1e-4) as number, index: { key: 7 } });
    expect(Math.min(...[2, 3, 4, 5].map((a) => compareTexts(model, a, a + 10)?.p ?? 1))).toBeGreaterThan(1e-3);
    expect(finish(textCandidates(model, 5, () => false))).toContain(1);
    expect(finish(textCandidates(model, 5, (a, b) => a + b === 1))).not.toContain(1);
  });
  test('have a common source where more than a group share a passage: it weighs less, and from a tenth of a large class on nothing', () => {
    const marks = Array.from({ length: 100 }, (_, session) => (session < 12 ? [1, 2 + session] : session < 15 ? [90, 91] : [100 + session]));
    const [rare, common] = [shareMarks(marks, 100, 6), shareMarks(marks, 100, 100)].map((shared) => sharedOf(shared, 0, 1).weight) as [number, number];
    expect(rare).toBeCloseTo(common / 2, 9);
    expect(sharedOf(shareMarks(marks, 11, 6), 0, 1).count).toBe(0);
    expect(sharedOf(shareMarks(marks, 11, 6), 12, 13)).toMatchObject({ count: 2, weight: expect.closeTo(2 * Math.log10(99 / 1.5), 9) as number });
    // a tenth of forty would be four, but five work together
    const five = indexTexts(classOf(Array.from({ length: 5 }, (_, at) => `${own(at)} ${COPIED}`)), 0.1);
    expect(compareTexts(five, 0, 1)!.index.fingerprints).toBeGreaterThan(4);
  });
  test('say less the more people have the same passage: five may have copied, twenty had one source', () => {
    const five = chanceOf(classOf(Array.from({ length: 5 }, (_, at) => `${own(at)} ${COPIED}`)), 0, 1);
    const twenty = chanceOf(classOf(Array.from({ length: 20 }, (_, at) => `${own(at)} ${COPIED}`)), 0, 1);
    expect(five).toBeLessThan(1e-4);
    expect(twenty).toBeGreaterThan(1e-3);
  });
  test('count in the chance of a pair, with their words in the evidence', () => {
    const prints = classOf([COPIED, `${COPIED} by and by`]);
    const pair = comparePair({ prints, answers: null, texts: indexTexts(prints, 0.1), timing: null }, 0, 1)!;
    expect(pair.p).toBeLessThan(1e-4);
    // an exam of texts alone is not charged for answers that it does not have
    const withAnswers = comparePair({ prints, answers: scanAnswers(prints), texts: indexTexts(prints, 0.1), timing: null }, 0, 1)!;
    expect([withAnswers.p, withAnswers.indices.answers]).toEqual([pair.indices.text!.p, null]);
    expect(pair.score).toBeCloseTo(-Math.log10(pair.p), 9);
    expect(pair.evidence.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^100 % of the shorter text stands in the other one \(\d+ fingerprints\)$/), expect.stringMatching(/^\d+ pairs of words near each other in both texts; usual between answers to this question: 0$/),
    ]);
  });
});
