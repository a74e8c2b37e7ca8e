import { expect, test } from 'vitest';

import type { Condition } from '../api.ts';
import { type ConditionForm, NEW_CONDITION, toCondition, toForm } from './condition-form.ts';

test.each<[string, Partial<ConditionForm>, Condition | undefined]>([
  ['the first one', {}, { kind: 'score', minPercent: 80, exams: 1, examIds: [], tag: null }],
  ['a tag without its spaces', { tag: ' genes ' }, { kind: 'score', minPercent: 80, exams: 1, examIds: [], tag: 'genes' }],
  ['no percent', { percent: undefined }, undefined],
  ['more than everything', { percent: 100.01 }, undefined],
  ['nothing to reach is a bar', { percent: 0 }, { kind: 'score', minPercent: 0, exams: 1, examIds: [], tag: null }],
  ['no improvement is none', { kind: 'improvement', percent: 0 }, undefined],
  ['an improvement has no number of exams', { kind: 'improvement', percent: 10, exams: undefined }, { kind: 'improvement', byPercent: 10, examIds: [], tag: null }],
  ['no exams', { exams: undefined }, undefined],
  ['half an exam', { exams: 1.5 }, undefined],
  ['too many', { exams: 51 }, undefined],
])('%s', (_, change, condition) => {
  expect(toCondition({ ...NEW_CONDITION, ...change })).toEqual(condition);
});

test('a condition that is changed and sent back is the same', () => {
  const all: Condition[] = [{ kind: 'streak', minPercent: 70, exams: 3, examIds: ['a'], tag: null }, { kind: 'improvement', byPercent: 12.5, examIds: [], tag: 'x' }];
  expect(all.map((condition) => toCondition(toForm(condition)))).toEqual(all);
});
