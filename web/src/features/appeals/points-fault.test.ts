import { expect, test } from 'vitest';

import { pointsFault } from './points-fault.ts';

test.each([['', true], ['-1', true], ['two', true], ['2.51', true], ['2.5', false], ['0', false]])('%j of 2.5 is refused: %s', (typed, fault) => {
  expect(pointsFault(typed, '2.5')).toBe(fault);
});
