import { describe, expect, test } from 'vitest';

import { kr20 } from '../reliability.ts';
import { fitRasch, fitTwoPl } from './fit.ts';
import type { Responses } from './responses.ts';

/** Section 6 of the LSAT: how many of 1,000 students gave each pattern of five answers. @source R. D. Bock, M. Lieberman, Psychometrika 35 (1970) 179-197, table 1 */
const LSAT = [3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298];

const ROWS = LSAT.flatMap((count, pattern) => Array.from({ length: count }, () => [16, 8, 4, 2, 1].map((bit) => (pattern & bit ? 1 : 0))));

function responsesOf(rows: readonly (readonly number[])[]): Responses {
  return { students: rows.length, items: rows[0]!.length, values: Int8Array.from(rows.flat()) };
}

describe('models of the LSAT', () => {
  test('the data are the published ones', () => {
    expect(ROWS).toHaveLength(1_000);
    expect(kr20(ROWS)).toBeCloseTo(0.295, 3);
  });

  // estimates and standard errors that R ltm prints for rasch(LSAT), with difficulties on the scale of slope 1
  test('the Rasch model', () => {
    const fit = fitRasch(responsesOf(ROWS))!;
    expect(fit.logLikelihood).toBeCloseTo(-2466.938, 2);
    expect(fit.abilitySd).toBeCloseTo(0.7551, 3);
    [-3.6153, -1.3224, -0.3176, -1.7301, -2.7802].forEach((difficulty, item) => {
      expect(fit.difficulties[item]!.difficulty / fit.abilitySd).toBeCloseTo(difficulty, 2);
      expect(fit.difficulties[item]!.se).toBeGreaterThan(0.05);
      expect(fit.difficulties[item]!.se).toBeLessThan(0.2);
    });
  });

  // estimates that R ltm prints for ltm(LSAT ~ z1)
  test('the two-parameter model', () => {
    const fit = fitTwoPl(responsesOf(ROWS))!;
    expect(fit.logLikelihood).toBeCloseTo(-2466.653, 2);
    [[-3.3597, 0.8254], [-1.3696, 0.7229], [-0.2799, 0.8905], [-1.8659, 0.6886], [-3.1236, 0.6575]].forEach(([difficulty, discrimination], item) => {
      expect(fit.parameters[item]!.difficulty).toBeCloseTo(difficulty!, 2);
      expect(fit.parameters[item]!.discrimination).toBeCloseTo(discrimination!, 2);
    });
  });

  test('answers that are missing by design change nothing for the other items', () => {
    const whole = fitRasch(responsesOf(ROWS))!;
    const halved = fitRasch(responsesOf(ROWS.map((row, index) => row.map((answer, item) => (item === 4 && index % 2 === 0 ? -1 : answer)))))!;
    expect(halved.difficulties[0]!.difficulty).toBeCloseTo(whole.difficulties[0]!.difficulty, 1);
    expect(halved.difficulties[4]!.se).toBeGreaterThan(whole.difficulties[4]!.se!);
  });

  test('items that follow each other exactly have no estimates', () => {
    const ladder = Array.from({ length: 300 }, (_, student) => [1, 2, 3, 4, 5].map((step) => (student % 6 >= step ? 1 : 0)));
    expect(fitTwoPl(responsesOf(ladder))).toBeNull();
  });
});
