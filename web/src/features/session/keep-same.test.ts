import { expect, test } from 'vitest';

import { keepSame } from './keep-same.ts';

const paper = () => ({ nextItemId: 'b' as string | null, sections: [{ title: 'Cells', items: [{ id: 'a', text: { value: 'Which?' } }] }] });

test('what is read again and says the same is the same thing', () => {
  const before = paper();
  expect(keepSame(before, paper())).toBe(before);
});

test('an item that did not change stays the same thing when another one comes', () => {
  const before = paper();
  const next = paper();
  next.nextItemId = null;
  next.sections[0]!.items.push({ id: 'b', text: { value: 'Why?' } });
  const kept = keepSame(before, next);
  expect(kept).toEqual(next);
  expect(kept.sections[0]!.items[0]).toBe(before.sections[0]!.items[0]);
});

test('what changed is new', () => {
  const next = paper();
  next.sections[0]!.items[0]!.text.value = 'Which one?';
  expect(keepSame(paper(), next)).toEqual(next);
  expect(keepSame(null, next)).toBe(next);
});
