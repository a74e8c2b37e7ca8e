import { describe, expect, it } from 'vitest';

import { gradeLabel, gradeNames, gradeRank, type GradeScale, institutionScale, resolveScale } from './scale.ts';

const LETTERS = institutionScale(null);
const label = (scale: GradeScale, points: string, maxPoints = '100', passed: boolean | null = null, cohort: readonly string[] = []): string | null =>
  gradeLabel(resolveScale(scale, cohort.map((value) => ({ points: value, maxPoints: '100' }))), { points, maxPoints, passed });

describe('a grade by a table', () => {
  it.each([
    ['100', 'A'], ['85', 'A'], ['84.995', 'A'], ['84.9949', 'B'], ['70', 'B'], ['69.99', 'C'], ['55', 'C'], ['40', 'D'], ['39.9949', 'F'], ['0', 'F'], ['-3', 'F'],
  ])('of %s %% is %s with the table of the institution', (points, expected) => {
    expect(label(LETTERS, points)).toBe(expected);
  });

  it.each([
    // 84.5 % and 84.4999 %
    [0, '84.5', 'A'], [0, '84.4999', 'B'], [1, '84.95', 'A'], [1, '84.9499', 'B'], [4, '84.9999', 'B'],
  ])('is decided after rounding half up to %i places: %s is %s', (places, points, expected) => {
    expect(label({ ...LETTERS, places }, points)).toBe(expected);
  });

  it('rounds the exact share: 17 of 20.0001 is not 85 %', () => {
    expect(label({ ...LETTERS, places: 4 }, '17', '20.0001')).toBe('B');
    expect(label({ ...LETTERS, places: 4 }, '17', '20')).toBe('A');
  });

  it('can be cut by points', () => {
    const scale: GradeScale = { kind: 'bands', unit: 'points', places: 1, bands: [{ label: '1', from: '42.5' }, { label: '2', from: '30' }, { label: '5', from: '0' }] };
    expect(['42.45', '42.4499', '30', '29.9', '0'].map((points) => label(scale, points, '50'))).toEqual(['1', '2', '2', '5', '5']);
  });

  it('is none where nothing can be earned', () => {
    expect(label(LETTERS, '0', '0')).toBeNull();
  });
});

describe('other scales', () => {
  it('write points and percent with their places', () => {
    expect(label({ kind: 'points', places: 1 }, '2.25', '3')).toBe('2.3');
    expect(label({ kind: 'percent', places: 1 }, '2', '3')).toBe('66.7 %');
  });

  it('pass and fail follow the exact verdict of the pass mark', () => {
    expect([true, false, null].map((passed) => label({ kind: 'pass-fail', places: 0 }, '49.9', '100', passed))).toEqual(['pass', 'fail', null]);
  });

  it('name their grades, best first', () => {
    expect(gradeNames(resolveScale(LETTERS, []))).toEqual(['A', 'B', 'C', 'D', 'F']);
    expect(gradeNames(resolveScale({ kind: 'points', places: 0 }, []))).toEqual([]);
    const scale = resolveScale(LETTERS, []);
    expect([gradeRank(scale, 'A'), gradeRank(scale, 'F'), gradeRank(scale, 'X'), gradeRank(scale, null)]).toEqual([0, 4, null, null]);
  });
});

describe('a grade by rank', () => {
  const scale: GradeScale = { kind: 'percentile', places: 0, bands: [{ label: 'A', topPercent: '20' }, { label: 'B', topPercent: '50' }, { label: 'C', topPercent: '100' }] };
  const cutOffs = (cohort: readonly string[]): (string | null)[] =>
    resolveScale(scale, cohort.map((points) => ({ points, maxPoints: '100' }))).cutOffs.map(({ from }) => from);

  it.each<[string, string[], (string | null)[]]>([
    ['ten different', ['10', '20', '30', '40', '50', '60', '70', '80', '90', '100'], ['90', '60', '10']],
    // a share of a person belongs to the next band: floor(9 x 0.2) = 1, floor(9 x 0.5) = 4
    ['nine different', ['10', '20', '30', '40', '50', '60', '70', '80', '90'], ['90', '60', '10']],
    ['ties at a cut-off', ['50', '50', '50', '90', '90', '90', '20', '20', '20', '10'], ['90', '50', '10']],
    ['ties made by rounding', ['90.4', '89.6', '89.5', '10', '9'], ['90', '90', '9']],
    ['all the same', ['70', '70', '70', '70', '70'], ['70', '70', '70']],
    ['four: too few for a best', ['40', '30', '20', '10'], [null, '30', '10']],
    ['nobody', [], [null, null, null]],
  ])('cuts %s', (_name, cohort, expected) => {
    expect(cutOffs(cohort)).toEqual(expected);
  });

  it('lets everybody in who ties with the cut-off, and gives the last band to the rest', () => {
    const cohort = ['90', '90', '90', '50', '50', '50', '20', '20', '20', '10'];
    expect(['90', '50', '20', '5'].map((points) => label(scale, points, '100', null, cohort))).toEqual(['A', 'B', 'C', 'C']);
    expect(label(scale, '50', '100', null, [])).toBe('C');
  });
});
