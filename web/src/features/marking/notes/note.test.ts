import { expect, test } from 'vitest';

import { boxBetween, moveBox, stretchBox } from './note.ts';

test.each([
  ['a drag to the right and down', [0.1, 0.2], [0.3, 0.6], { x: 0.1, y: 0.2, width: 0.2, height: 0.4 }],
  ['a drag to the left and up', [0.3, 0.6], [0.1, 0.2], { x: 0.1, y: 0.2, width: 0.2, height: 0.4 }],
  ['a drag over the edge', [0.9, 0.9], [1.4, -0.2], { x: 0.9, y: 0, width: 0.1, height: 0.9 }],
  ['a click', [0.5, 0.5], [0.505, 0.5], { x: 0.5, y: 0.5, width: 0, height: 0 }],
] as const)('%s', (_name, from, to, box) => expect(boxBetween(from, to)).toEqual(box));

test('a box stays on the image, moved or stretched', () => {
  const box = { x: 0.8, y: 0.1, width: 0.15, height: 0.1 };
  expect(moveBox(box, 0.1, -0.2)).toEqual({ x: 0.85, y: 0, width: 0.15, height: 0.1 });
  expect(stretchBox(box, 0.3, -0.2)).toEqual({ x: 0.8, y: 0.1, width: 0.2, height: 0 });
});
