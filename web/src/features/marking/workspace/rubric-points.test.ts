import { expect, test } from 'vitest';

import { pointsFault, readPoints, rubricPoints } from './rubric-points.ts';

const ADDITIVE = { kind: 'additive' as const, criteria: [{ id: 'a', label: 'A', description: '', points: '0.1' }, { id: 'b', label: 'B', description: '', points: '0.2' }, { id: 'c', label: 'C', description: '', points: '-0.5' }, { id: 'd', label: 'D', description: '', points: '9' }] };
const LEVEL = {
  kind: 'level' as const,
  criteria: ['x', 'y'].map((id) => ({ id, label: id, description: '', levels: [{ id: 'low', label: 'Low', description: '', points: '0' }, { id: 'high', label: 'High', description: '', points: '1.5' }] })),
};

test('chosen criteria add up exactly, between 0 and what the question is worth', () => {
  expect(rubricPoints(ADDITIVE, { a: true, b: true }, '6')).toBe('0.3');
  expect(rubricPoints(ADDITIVE, { a: true, c: true }, '6')).toBe('0');
  expect(rubricPoints(ADDITIVE, { d: true }, '6')).toBe('6');
});

test('nothing chosen gives no points, not 0: the marker says so', () => {
  expect(rubricPoints(ADDITIVE, {}, '6')).toBeUndefined();
  expect(rubricPoints(ADDITIVE, { gone: true }, '6')).toBeUndefined();
});

test('every criterion needs its level', () => {
  expect(rubricPoints(LEVEL, { x: 'high' }, '6')).toBeUndefined();
  expect(rubricPoints(LEVEL, { x: 'high', y: 'gone' }, '6')).toBeUndefined();
  expect(rubricPoints(LEVEL, { x: 'high', y: 'low' }, '6')).toBe('1.5');
});

test('typed points: comma and bare point are meant as numbers, too many and words are refused', () => {
  expect(readPoints(' 2,5 ')).toBe('2.5');
  expect(['', '  ', '-1', 'two', '1.23456', '2.', '6', '6.0001'].map((typed) => pointsFault(typed, '6'))).toEqual(['missing', 'missing', 'not-a-number', 'not-a-number', 'not-a-number', undefined, undefined, 'too-many']);
});
