import { expect, test } from 'vitest';

import type { ItemStatistics, Note } from './api.ts';
import { alphaWord, beatingOption, belowPass, reasonOf, sortItems, tellingItems } from './figures.ts';

const item = (number: number, values: { facility?: number | null; discrimination?: number | null } = {}): ItemStatistics =>
  ({ number, facility: values.facility ?? null, discrimination: { upperLower27: values.discrimination ?? null } }) as ItemStatistics;
const option = (text: string, isKey: boolean, upper: number | null) => ({ text, isKey, byGroup: { upper } });

test.each([[-0.2, 'negative'], [0.3, 'poor'], [0.6, 'weak'], [0.75, 'fair'], [0.8, 'good'], [0.9, 'high']])('a reliability of %f is %s', (alpha, word) => {
  expect(alphaWord(alpha)).toBe(word);
});

test('the reason of a value is its own, else the one of what it is part of', () => {
  const notes: Note[] = [{ value: 'reliability', reason: 'too-few-items' }, { value: 'reliability.kr20', reason: 'not-dichotomous' }];
  expect(reasonOf(notes, 'reliability.kr20')).toBe('not-dichotomous');
  expect(reasonOf(notes, 'reliability.sem')).toBe('too-few-items');
  expect(reasonOf(notes, 'reliabilityOther')).toBeUndefined();
});

test('questions without a value come last, upwards and downwards', () => {
  const items = [item(1), item(2, { facility: 0.9 }), item(3, { facility: 0.2 })];
  expect(sortItems(items, 'facility', 'ascending').map(({ number }) => number)).toEqual([3, 2, 1]);
  expect(sortItems(items, 'facility', 'descending').map(({ number }) => number)).toEqual([2, 3, 1]);
});

test('only questions whose discrimination is known count as telling or not', () => {
  expect(tellingItems([item(1), item(2, { discrimination: 0.2 }), item(3, { discrimination: -0.1 })])).toEqual({ telling: 1, measured: 2 });
});

test('who is below the pass mark follows from the pass rate', () => {
  expect(belowPass(411, 287 / 411)).toBe(124);
  expect(belowPass(411, null)).toBeNull();
});

test('an option beats the key where the strongest chose it more often', () => {
  const found = beatingOption({ options: [option('A', false, 0.61), option('B', true, 0.22), option('C', false, 0.3)] } as unknown as ItemStatistics);
  expect(found?.text).toBe('A');
  expect(beatingOption({ options: [option('A', false, 0.1), option('B', true, 0.9)] } as unknown as ItemStatistics)).toBeUndefined();
  expect(beatingOption({ options: null } as ItemStatistics)).toBeUndefined();
});
