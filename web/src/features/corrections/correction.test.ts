import { expect, test } from 'vitest';

import { correctionOf, parseKey } from './correction.ts';

test.each([
  ['drop', '', undefined, { kind: 'drop', itemId: 'i' }],
  ['all-correct', '', undefined, { kind: 'all-correct', itemId: 'i', who: 'everybody' }],
  ['points', '', undefined, undefined],
  ['points', '', 0, { kind: 'points', itemId: 'i', points: 0 }],
  ['key', '{"correct":"B"}', undefined, { kind: 'key', itemId: 'i', key: { correct: 'B' } }],
  ['key', '{"correct":', undefined, undefined],
] as const)('%s %s %s', (kind, keyText, points, wanted) => {
  expect(correctionOf('i', kind, keyText, points)).toEqual(wanted);
});

test('a key is an object', () => {
  expect(parseKey('["B"]')).toBeUndefined();
  expect(parseKey('null')).toBeUndefined();
});
