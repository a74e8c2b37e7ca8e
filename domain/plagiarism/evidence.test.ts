import { expect, test } from 'vitest';

import { evidenceOf } from './evidence.ts';
import type { AnswerIndex } from './types.ts';

const answers: AnswerIndex = { index: 'i', identicalWrong: 0, expected: 0, sd: 1, z: 0, p: 0.4, longestRun: 0, identical: 18, expectedIdentical: 18.2, common: 27 };
const says = (index: AnswerIndex): string[] => evidenceOf({ answers: index, text: null, timing: null }, { answers: 1, text: 0 }).map(({ text }) => text);

test('what chance explains is no reason', () => expect(says(answers)).toEqual([]));

test('identical answers are a reason beside what chance explains', () => {
  expect(says({ ...answers, identicalWrong: 7, expected: 0.62, identical: 24 })).toEqual(['7 identical wrong answers; expected 0.6', '24 of 27 answers identical, right or wrong; expected 18.2']);
});
