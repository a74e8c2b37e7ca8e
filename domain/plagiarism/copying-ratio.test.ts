import { describe, expect, test } from 'vitest';

import { CLASS, PLACES } from './ability.ts';
import { type AnswerModel, LEAN, learnAnswers, START } from './answer-model.ts';
import { directedRatio, SHARES, STRETCH, STRETCH_WEIGHT } from './copying-ratio.ts';
import { hashText } from './hash.ts';
import type { SessionPrint } from './types.ts';

const ITEMS = 6;

/** Thirty sessions by a fixed scramble; some answers are blank, and each paper has its own order. */
function sessions(): SessionPrint[] {
  return Array.from({ length: 30 }, (_, session) => {
    const keys = Array.from({ length: ITEMS }, (__, item) => item + 1).sort((x, y) => hashText(`${session} ${x}`) - hashText(`${session} ${y}`));
    const codes = keys.map((key) => hashText(`answer ${session} ${key}`) % 5);
    return { sessionId: String(session), studentId: String(session), keys, codes, right: codes.map((code) => (code === 1 ? 1 : 0)), savedAt: keys.map(() => 0), texts: [] };
  });
}

/** Chance of an answer at a place, from everybody but two. */
function chanceOf(model: AnswerModel, answer: number, place: number, two: readonly number[]): number {
  const item = model.itemOf[answer]!;
  const spread = two.reduce((sum, session) => sum + model.spread[session * PLACES + place]!, 0);
  const share = (model.counts[answer]! - 2 + START) / (model.answered[item]! - 2 + START * model.kinds[item]!);
  return (model.given[answer * PLACES + place]! - spread + LEAN * share) / (model.asked[item * PLACES + place]! - spread + LEAN);
}

/** The same ratio, straight from what it means: a sum over everything that may have been copied. */
function plainRatio(model: AnswerModel, copier: number, source: number): number {
  const pairs = Array.from(model.papers.subarray(model.starts[copier], model.starts[copier + 1]), (item) => [model.codes[copier * ITEMS + item]!, model.codes[source * ITEMS + item]!] as const)
    .filter(([answer, other]) => answer > 0 && other > 0);
  let ratio = 0;
  for (let place = 0; place < PLACES; place += 1) {
    const copied = (answer: number, other: number): number => (answer === other ? 1 / chanceOf(model, answer, place, [copier, source]) : 0);
    const scattered = SHARES.map((share) => pairs.reduce((product, [answer, other]) => product * (1 - share + share * copied(answer, other)), 1));
    let stretch = 0;
    for (let ways = 0; ways < 2 ** (pairs.length + 1); ways += 1) {
      const states = Array.from({ length: pairs.length + 1 }, (_, at) => (ways >> at) & 1);
      let chance = states[0] === 1 ? STRETCH.first : 1 - STRETCH.first;
      pairs.forEach(([answer, other], at) => {
        const stay = states[at] === 1 ? STRETCH.stay : STRETCH.start;
        chance *= states[at + 1] === 1 ? stay * (STRETCH.slip + (1 - STRETCH.slip) * copied(answer, other)) : 1 - stay;
      });
      stretch += chance;
    }
    const any = scattered.reduce((sum, value) => sum + value, 0) / SHARES.length;
    ratio += model.abilities[copier * PLACES + place]! * ((1 - STRETCH_WEIGHT) * any + STRETCH_WEIGHT * stretch);
  }
  return Math.log10(ratio);
}

describe('the ratio of copying', () => {
  test('is the sum over all that may have been copied, question by question and ability by ability', () => {
    const model = learnAnswers(sessions());
    for (const [copier, source] of [[0, 1], [1, 0], [4, 17], [29, 3]] as const) expect(directedRatio(model, copier, source)).toBeCloseTo(plainRatio(model, copier, source), 5);
  });
  test('stays finite where many rare answers are shared', () => {
    const long = Array.from({ length: 40 }, (_, session): SessionPrint => {
      const keys = Array.from({ length: 600 }, (__, item) => item + 1);
      const codes = keys.map((key) => (session < 2 ? 2 : 3 + (hashText(`${session} ${key}`) % 30)));
      return { sessionId: String(session), studentId: String(session), keys, codes, right: keys.map(() => 0), savedAt: keys.map(() => 0), texts: [] };
    });
    const model = learnAnswers(long);
    expect(directedRatio(model, 0, 1)).toBeGreaterThan(300);
    expect(directedRatio(model, 0, 1)).toBeLessThan(Infinity);
    expect(directedRatio(model, 5, 9)).toBeGreaterThan(-Infinity);
  });
  test('takes abilities from a class whose shares add up to 1', () => {
    expect(CLASS.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    const { abilities } = learnAnswers(sessions());
    expect(abilities.subarray(0, PLACES).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  });
});
