import { describe, expect, test } from 'vitest';

import { isDecidedAtOnce, sharedChange, stepsOf } from './answer-changes.ts';

const [A, B, C] = ['a', 'b', 'c'].map((optionId) => ({ optionId }));

describe('the steps of an answer', () => {
  test('leave out blanks and what was saved again', () => expect(stepsOf([null, A, { ...A }, null, B, undefined, B, A])).toEqual([A, B, A]));
  test('are none of an answer that was never given', () => expect(stepsOf([null])).toEqual([]));
});

describe('a change that two share', () => {
  test('is from the same answer to the same answer, whatever came before', () => expect(sharedChange([C, A, B], [A, B])).toEqual({ from: A, to: B }));
  test.each([
    ['where one never changed', [B], [A, B]],
    ['from another answer', [C, B], [A, B]],
    ['to another answer', [A, C], [A, B]],
    ['that was taken back', [A, B, A], [A, B]],
  ])('is none %s', (_, a, b) => expect(sharedChange(a, b)).toBeNull());
});

test('half a word is no change of mind', () => expect((['single-choice', 'true-false', 'short-text', 'multiple-choice'] as const).map(isDecidedAtOnce)).toEqual([true, true, false, false]));
