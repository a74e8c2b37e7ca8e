import { describe, expect, test } from 'vitest';

import { measureCurve } from './curve.ts';
import { USUAL } from './simulate.ts';
import { measureTexts } from './text-curve.ts';

const CLASS = { ...USUAL, students: 150, copiers: 12, shares: [0.25, 0.5] };

describe('a scan of a class with planted copiers', { timeout: 90_000 }, () => {
  test('finds who copied half of the answers, and calls innocent pairs unlikely as seldom as it says', () => {
    const { alpha, recall } = measureCurve(CLASS, { innocentPairs: 5_000, withLimit: false });
    expect(recall[1]!.atRates[0]).toBeGreaterThan(0.8);
    expect(alpha[0]).toBeGreaterThan(0.5);
    expect(alpha[0]).toBeLessThan(1.5);
    expect(alpha[1]).toBeLessThan(2);
  });
  test('finds a copied stretch that is too short to be found when it is scattered', () => {
    const scattered = measureCurve(CLASS, { innocentPairs: 100, withLimit: false }).recall[0]!;
    const stretch = measureCurve({ ...CLASS, pattern: 'block' }, { innocentPairs: 100, withLimit: false }).recall[0]!;
    expect(scattered.atRates[0]).toBeLessThan(0.6);
    expect(stretch.atRates[0]).toBeGreaterThan(0.7);
  });
  test('finds texts that were said again, and few of people who quote what is not known to the scan', () => {
    const { alpha, found } = measureTexts({ seed: 50, students: 60, copiers: 6, share: 1, quoting: 0.1 }, 3);
    expect(found['near copy@0.000001']).toBe(1);
    expect(found['light revision@0.0001']).toBe(1);
    expect(found['heavy revision@0.001']).toBeGreaterThan(0.7);
    expect(alpha['0.001']).toBeLessThan(2);
  });
});
