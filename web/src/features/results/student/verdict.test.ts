import { describe, expect, it } from 'vitest';

import type { ReleasedItem } from './api.ts';
import { sectionsOf, verdictOf } from './verdict.ts';

const text = { format: 'plain' as const, value: 'What?' };

function buildItem({ index = 0, ...change }: Partial<ReleasedItem> & { index?: number } = {}): ReleasedItem {
  return { itemId: 'i', section: { index, title: `Part ${index + 1}` }, points: '1', maxPoints: '2', item: { id: 'i', type: 'short-text', text, points: '2' }, response: { text: 'x' }, ...change };
}

describe('verdictOf', () => {
  it.each<[string, ReleasedItem, string]>([
    ['all points', buildItem({ points: '2' }), 'right'],
    ['some points', buildItem({ points: '0.0001' }), 'partly'],
    ['no points', buildItem({ points: '0' }), 'wrong'],
    ['points below nothing', buildItem({ points: '-0.5' }), 'wrong'],
    ['no answer', buildItem({ points: '0', response: null }), 'empty'],
    ['a blank answer', buildItem({ points: '0', response: { text: ' ' } }), 'empty'],
    ['an answer that waits for a mark', buildItem({ points: null }), 'pending'],
    ['no points shown', { itemId: 'i', section: { index: 0, title: '' } }, 'hidden'],
  ])('%s', (_name, item, expected) => {
    expect(verdictOf(item)).toBe(expected);
  });
});

describe('sectionsOf', () => {
  it('numbers items through and sums each section exactly', () => {
    const sections = sectionsOf([buildItem({ points: '0.1' }), buildItem({ points: '0.2' }), buildItem({ index: 1, points: null })]);
    expect(sections.map(({ title, points, maxPoints, items }) => [title, points, maxPoints, items.map(({ number }) => number)])).toEqual([
      ['Part 1', '0.3', '4', [1, 2]],
      ['Part 2', '0', '2', [3]],
    ]);
  });

  it('has no sums where no points are shown', () => {
    expect(sectionsOf([{ itemId: 'i', section: { index: 0, title: '' } }])).toMatchObject([{ points: undefined, maxPoints: undefined }]);
  });
});
