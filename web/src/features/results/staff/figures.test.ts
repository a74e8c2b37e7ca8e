import { describe, expect, test } from 'vitest';

import type { ResultRow } from './api.ts';
import { binsOf, figuresOf } from './figures.ts';

const row = (changes: Partial<ResultRow>): ResultRow => ({
  sessionId: 's', studentId: 'p', student: { id: 'p', externalId: null, name: 'Ada' }, attempt: 1, counted: true, points: '5', rawPoints: '5', maxPoints: '10', percent: 50, grade: 'pass', gradeLabel: 'D',
  gradedCount: 1, pendingCount: 0, state: 'graded', sessionState: 'submitted', withheld: false, version: 1, ...changes,
});

describe('the figures of an exam', () => {
  test('only attempts that count and are graded make the mean', () => {
    const figures = figuresOf([row({ percent: 40 }), row({ percent: 80 }), row({ percent: 0, counted: false }), row({ percent: 10, state: 'pending' })]);
    expect(figures).toMatchObject({ counted: 3, graded: 2, mean: 60, median: 60, passed: 2, pending: 1 });
    expect(figures.standardDeviation).toBeCloseTo(28.284, 3);
  });

  test('a withdrawn session has no result and is counted apart', () => {
    expect(figuresOf([row({ sessionState: 'withdrawn', state: 'ungraded', percent: null })])).toMatchObject({ counted: 0, ungraded: 0, withdrawn: 1, mean: null });
  });

  test('100 percent lies in the last tenth, a negative one in the first, a border in the upper one', () => {
    expect(binsOf([100, 90, 89.99, -3, 10]).map(({ count }) => count)).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 1, 2]);
  });
});
