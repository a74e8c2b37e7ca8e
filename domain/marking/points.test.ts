import { describe, expect, test } from 'vitest';

import { highestPoints, partsPoints, rubricErrors, rubricPoints, settleMarks } from './points.ts';
import type { RubricChoice, RubricContent } from './types.ts';

const criterion = (id: string, points: string) => ({ id, label: id, description: '', points });
const additive: RubricContent = { kind: 'additive', criteria: [criterion('a', '2'), criterion('b', '0.1'), criterion('c', '0.2'), criterion('d', '-0.5')] };
const level = (id: string, points: string) => ({ id, label: id, description: '', points });
const leveled: RubricContent = {
  kind: 'level',
  criteria: [
    { id: 'x', label: 'x', description: '', levels: [level('low', '0.5'), level('high', '1.5')] },
    { id: 'y', label: 'y', description: '', levels: [level('low', '-1'), level('high', '2')] },
  ],
};
const choose = (...ids: string[]): RubricChoice[] => ids.map((id) => {
  const [criterionId = '', levelId = null] = id.split(':');
  return { criterionId, levelId, comment: null };
});

describe('points of a rubric', () => {
  test.each([
    ['nothing chosen gives nothing', additive, choose(), '6', '0'],
    ['chosen criteria add up exactly', additive, choose('b', 'c'), '6', '0.3'],
    ['a criterion below 0 takes away', additive, choose('a', 'd'), '6', '1.5'],
    ['the sum does not fall below 0', additive, choose('d'), '6', '0'],
    ['the sum does not rise above what the item is worth', additive, choose('a', 'b'), '2.05', '2.05'],
    ['only the end is limited, not each step', additive, choose('d', 'a', 'b', 'c'), '2', '1.8'],
    ['levels add up', leveled, choose('x:high', 'y:high'), '6', '3.5'],
    ['a criterion without a level gives nothing', leveled, choose('x:low'), '6', '0.5'],
    ['levels may take away', leveled, choose('x:high', 'y:low'), '6', '0.5'],
  ])('%s', (_name, rubric, selection, maxPoints, points) => {
    expect(rubricPoints(rubric, selection, maxPoints)).toEqual({ ok: true, points });
  });

  test.each([
    ['an unknown criterion', additive, choose('a', 'z'), '/selection/1/criterionId'],
    ['the same criterion twice', additive, choose('a', 'a'), '/selection/1/criterionId'],
    ['a level where there are none', additive, choose('a:high'), '/selection/0/levelId'],
    ['an unknown level', leveled, choose('x:middle'), '/selection/0/levelId'],
    ['no level', leveled, choose('x'), '/selection/0/levelId'],
  ])('%s is refused', (_name, rubric, selection, pointer) => {
    expect(rubricPoints(rubric, selection, '6')).toEqual({ ok: false, errors: [expect.objectContaining({ pointer })] });
  });

  test('the most it can give leaves out what takes away', () => {
    expect([highestPoints(additive), highestPoints(leveled), highestPoints({ kind: 'level', criteria: [] })]).toEqual(['2.3', '3.5', '0']);
  });

  test.each([
    [{ ...additive, criteria: [criterion('a', '1'), criterion('a', '1')] }, '/criteria/1/id'],
    [{ ...leveled, criteria: [{ ...leveled.criteria[0]!, levels: [level('l', '1'), level('l', '2')] }] }, '/criteria/0/levels/1/id'],
    [{ ...additive, criteria: [criterion('a', '-1')] }, '/criteria'],
  ])('a rubric that does not hold together says where', (rubric, pointer) => {
    expect(rubricErrors(rubric as RubricContent).map((error) => error.pointer)).toEqual([pointer]);
  });
  test('no criteria are no rubric, and no error', () => expect(rubricErrors({ kind: 'additive', criteria: [] })).toEqual([]));
});

test.each([
  [['0.1', '0.2'], '3', '0.3'],
  [['2', '2'], '3', '3'],
  [['-2', '1'], '3', '0'],
  [[], '3', '0'],
])('parts %j of an item worth %s give %s', (parts, maxPoints, points) => {
  expect(partsPoints(parts.map((each) => ({ label: 'part', points: each, comment: null })), maxPoints)).toBe(points);
});

describe('two marks', () => {
  test.each([
    ['2', '2', '0', '2'],
    ['2', '3', '1', '2.5'],
    ['3', '2', '1', '2.5'],
    ['0', '0.0001', '0.0001', '0.0001'],
    ['0.1', '0.3', '0.2', '0.2'],
  ])('%s and %s within %s settle at %s', (first, second, threshold, points) => {
    expect(settleMarks(first, second, threshold)).toEqual({ agreed: true, points });
  });
  test.each([
    ['2', '3.0001', '1', '1.0001'],
    ['3', '2', '0', '1'],
    ['0.1', '0.3001', '0.2', '0.2001'],
  ])('%s and %s with the threshold %s differ by %s', (first, second, threshold, difference) => {
    expect(settleMarks(first, second, threshold)).toEqual({ agreed: false, difference });
  });
});
