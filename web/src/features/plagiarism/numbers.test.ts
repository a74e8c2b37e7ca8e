import { expect, test } from 'vitest';

import { chanceText } from './numbers.ts';

test.each([[0.25, '25%'], [0.01, '1 in 100'], [0.00003, '1 in 33,000'], [0, '0'], [1e-20, '< 1 in 10¹²']])('a chance of %d is %s', (p, wanted) => {
  expect(chanceText(p)).toBe(wanted);
});
