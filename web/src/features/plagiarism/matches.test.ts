import { describe, expect, test } from 'vitest';

import { circlePlaces, cutAtMatches, lanePlaces, laneRows, responseText } from './matches.ts';

describe('cutAtMatches', () => {
  test.each([
    ['nothing matched', [], [['The cell divides', false]]],
    ['a passage in the middle', [{ from: 4, to: 8 }], [['The ', false], ['cell', true], [' divides', false]]],
    ['two that overlap', [{ from: 0, to: 5 }, { from: 3, to: 8 }], [['The cell', true], [' divides', false]]],
    ['one that reaches too far', [{ from: 9, to: 99 }], [['The cell ', false], ['divides', true]]],
    ['one that lies outside', [{ from: 40, to: 50 }], [['The cell divides', false]]],
  ])('%s', (_name, ranges, wanted) => {
    expect(cutAtMatches('The cell divides', ranges).map(({ text, isMatch }) => [text, isMatch])).toEqual(wanted);
  });
});

describe('responseText', () => {
  const options = [{ id: 'A', text: 'Ribosome' }, { id: 'B', text: 'Nucleus' }];
  test.each([
    [null, undefined], [{}, undefined], [{ optionId: 'B' }, 'B. Nucleus'], [{ optionIds: ['A', 'B'] }, 'A. Ribosome, B. Nucleus'], [{ text: 'It divides' }, 'It divides'], [{ value: 4.5 }, '4.5'], [{ optionId: 'X' }, 'X'],
    [{ optionIds: ['B', 'A'] }, 'A. Ribosome, B. Nucleus'], [{ order: ['B', 'A'] }, 'B. Nucleus, A. Ribosome'], [{ pairs: { l1: 'B' } }, 'l1 → Nucleus'],
    [{ accepted: [{ value: '46', tolerance: '0' }, { text: 'forty-six' }] }, '46 / forty-six'],
  ])('%j', (response, wanted) => expect(responseText(response, options)).toBe(wanted));
});

test('answers stand by their share of the time; what was never saved stands nowhere', () => {
  const from = Date.parse('2026-01-01T10:00:00.000Z');
  expect(lanePlaces(['2026-01-01T10:00:00.000Z', null, '2026-01-01T10:05:00.000Z'], from, from + 600_000)).toEqual([0, undefined, 50]);
  expect(lanePlaces(['2026-01-01T10:00:00.000Z'], from, from)).toEqual([0]);
});

test('the first of a group is at the top, the third of four at the bottom', () => {
  const places = circlePlaces(4, 200, 20);
  expect(places[0]).toEqual({ x: 100, y: 20 });
  expect(places[2]!.y).toBeCloseTo(180);
});

test('questions that were answered close to each other stand above each other, as low as they can', () => {
  expect(laneRows([0, 1, 2, 10, undefined, 50], 5)).toEqual({ of: [0, 1, 2, 0, undefined, 0], count: 3 });
  expect(laneRows([], 5)).toEqual({ of: [], count: 1 });
});
