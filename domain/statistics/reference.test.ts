import { describe, expect, test } from 'vitest';

import { examStatistics } from './exam-statistics.ts';
import type { ExamFacts } from './facts.ts';

/**
 * Sections 6 and 7 of the LSAT: how many of 1,000 students gave each pattern of five answers, 00000 to 11111.
 * @source R. D. Bock, M. Lieberman, Fitting a response model for n dichotomously scored items, Psychometrika 35 (1970) 179-197; R psych `lsat6`, `lsat7`
 */
const LSAT6 = [3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298];
const LSAT7 = [12, 19, 1, 7, 3, 19, 3, 17, 10, 5, 3, 7, 7, 23, 8, 28, 7, 39, 11, 34, 14, 51, 15, 90, 6, 25, 7, 35, 18, 136, 32, 308];
/** Points from 0 to 2, by hand: totals 6, 4, 4, 3, 1, 0. */
const SMALL = [[2, 2, 2], [2, 1, 1], [1, 2, 1], [1, 1, 1], [0, 0, 1], [0, 0, 0]];

const rowsOf = (counts: readonly number[]): number[][] => counts.flatMap((count, pattern) => Array.from({ length: count }, () => [16, 8, 4, 2, 1].map((bit) => (pattern & bit ? 1 : 0))));

function factsOf(rows: readonly (readonly number[])[], maxPoints: number): ExamFacts {
  const items = rows[0]!.map((_, index) => ({ itemId: `i${index}`, questionId: `q${index}`, number: index + 1, section: '', type: 'numeric' as const, text: '', choices: null }));
  return {
    passPercent: null, items, closed: rows.length, counted: rows.length, pending: 0, batches: [], times: [],
    completion: { assigned: 0, started: 0, submitted: 0, expired: 0, terminated: 0, withdrawn: 0, minutes: [] },
    sessions: rows.map((row, index) => {
      const points = row.reduce((sum, each) => sum + each, 0);
      return {
        studentId: `s${index}`, points, maxPoints: row.length * maxPoints, percent: (100 * points) / (row.length * maxPoints), passed: null,
        cells: row.map((each, item) => ({ item, points: each, maxPoints, answered: true, chosen: [] })),
      };
    }),
  };
}

const near = (value: number): unknown => expect.closeTo(value, 6);

// R 4.2, psych 2.2.9: alpha(check.keys = FALSE), describe, skew and kurtosi of types 1 and 2
describe.each([
  {
    name: 'LSAT 6', counts: LSAT6, alpha: 0.294997192, standardized: 0.293028274, correlation: 0.076550922, sdPoints: 1.035041212, mean: 3.819,
    skewness: [-0.691010876, -0.689973928], kurtosis: [0.078178546, 0.071794195],
    drop: [0.275356211, 0.237583905, 0.216799463, 0.24593271, 0.266294411], rest: [0.112832689, 0.15317812, 0.172778943, 0.144428095, 0.121596403], total: [0.362010437, 0.566772095, 0.618439754, 0.534418326, 0.435366428],
    // direct maximisation of the marginal likelihood over 180 Gauss-Hermite points (scipy), Newton to the end; R ltm prints the same to its 4 digits
    rasch: { logLikelihood: -2466.9376, abilitySd: 0.755134617, difficulty: [-2.7300132, -0.9986058, -0.2398539, -1.3064512, -2.0994044], se: [0.1304412, 0.0791773, 0.0717747, 0.0846381, 0.105445] },
    twoPl: { logLikelihood: -2466.653377, difficulty: [-3.3588111, -1.3700576, -0.2796662, -1.866381, -3.1259068], discrimination: [0.8256595, 0.7227442, 0.8908745, 0.688368, 0.6568559], se: [0.2581149, 0.1866797, 0.2327638, 0.1851429, 0.2099092] },
  },
  {
    name: 'LSAT 7', counts: LSAT7, alpha: 0.453408735, standardized: 0.455804508, correlation: 0.143479947, sdPoints: 1.198577318, mean: 3.707,
    skewness: [-0.798246162, -0.797048293], kurtosis: [0.063294555, 0.056984519],
    drop: [0.395974965, 0.393831045, 0.34539122, 0.414600749, 0.438462102], rest: [0.24573165, 0.246673577, 0.313179253, 0.222751254, 0.174786301], total: [0.529987801, 0.599676653, 0.611210327, 0.592028626, 0.461191702],
    rasch: { logLikelihood: -2664.900891, abilitySd: 1.011267518, difficulty: [-1.8682648, -0.7910062, -1.4609796, -0.521506, -1.9929749], se: [0.1004293, 0.0811566, 0.0913104, 0.0787252, 0.1037048] },
    twoPl: { logLikelihood: -2658.805114, difficulty: [-1.8792602, -0.7475406, -1.0572356, -0.6353023, -2.5207644], discrimination: [0.9875459, 1.0808371, 1.7074777, 0.7649899, 0.7356727], se: [0.1771948, 0.1687639, 0.321077, 0.1341203, 0.1511339] },
  },
])('$name', ({ counts, ...expected }) => {
  const { distribution, irt, itemStatistics, reliability } = examStatistics(factsOf(rowsOf(counts), 1));

  test('as R psych has it', () => {
    expect(reliability).toMatchObject({
      cronbachAlpha: near(expected.alpha), kr20: near(expected.alpha), standardizedAlpha: near(expected.standardized), meanInterItemCorrelation: near(expected.correlation),
      sdPoints: near(expected.sdPoints), sem: near(expected.sdPoints * Math.sqrt(1 - expected.alpha)),
    });
    expect([distribution.mean! / 20, distribution.sd! / 20]).toEqual([near(expected.mean), near(expected.sdPoints)]);
    expect([distribution.skewness.value, distribution.skewness.g1]).toEqual(expected.skewness.map(near));
    expect([distribution.kurtosis.value, distribution.kurtosis.g2]).toEqual(expected.kurtosis.map(near));
    expect(itemStatistics.map(({ alphaIfDeleted }) => alphaIfDeleted)).toEqual(expected.drop.map(near));
    expect(itemStatistics.map(({ discrimination }) => discrimination.itemRest)).toEqual(expected.rest.map(near));
    expect(itemStatistics.map(({ discrimination }) => discrimination.pointBiserial)).toEqual(expected.total.map(near));
  });

  test('the models are where the likelihood is highest, with the errors of its curvature', () => {
    expect([irt.rasch!.logLikelihood, irt.rasch!.abilitySd, irt.twoPl!.logLikelihood]).toEqual([expected.rasch.logLikelihood, expected.rasch.abilitySd, expected.twoPl.logLikelihood].map(near));
    expect(itemStatistics.map((item) => item.irt!.rasch!.difficulty)).toEqual(expected.rasch.difficulty.map(near));
    expect(itemStatistics.map((item) => item.irt!.rasch!.se)).toEqual(expected.rasch.se.map(near));
    expect(itemStatistics.map((item) => item.irt!.twoPl!.difficulty)).toEqual(expected.twoPl.difficulty.map(near));
    expect(itemStatistics.map((item) => item.irt!.twoPl!.discrimination)).toEqual(expected.twoPl.discrimination.map(near));
    expect(itemStatistics.map((item) => item.irt!.twoPl!.discriminationSe)).toEqual(expected.twoPl.se.map(near));
  });
});

test('figures of partial points, by hand', () => {
  const { distribution, itemStatistics: [first], reliability } = examStatistics(factsOf(SMALL, 2));
  // variances 0.8, 0.8, 0.4, of the total 4.8
  expect(reliability).toMatchObject({ cronbachAlpha: near(1.5 * (1 - 2 / 4.8)), kr20: null, sdPoints: near(Math.sqrt(4.8)) });
  expect([distribution.sd, distribution.sdPopulation]).toEqual([near((100 / 6) * Math.sqrt(4.8)), near((100 / 6) * 2)]);
  // rests 4, 2, 3, 2, 1, 0: sums of products 5 and, both sorted, 6; of squares 4 and 10
  expect(first).toMatchObject({ facility: 0.5, discriminativeEfficiency: near(5 / 6), discrimination: { itemRest: near(5 / Math.sqrt(4 * 10)) } });
  // two of six students each: (2 + half of 2 + half of 1) / 4 in the upper group; percentiles 1.7 and 4: 0, 0 against 2, 2, 1
  expect(first!.discrimination).toMatchObject({ upperLower27: near((2 + 1.5) / 4), upperLowerCut27: near(5 / 3 / 2) });
  expect(first!.alphaIfDeleted).toBeCloseTo(2 * (1 - 1.2 / 2), 6);
});

test('a model of many steep items looks at more abilities', () => {
  let seed = 1;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const rows = Array.from({ length: 220 }, () => {
    const ability = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    return Array.from({ length: 60 }, (_, item) => (random() < 1 / (1 + Math.exp(-3 * (ability - (item - 30) / 20))) ? 1 : 0));
  });
  expect(examStatistics(factsOf(rows, 1)).irt.rasch!.nodes).toBeGreaterThan(81);
});
