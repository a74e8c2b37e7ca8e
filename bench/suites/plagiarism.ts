import { type Curve, measureCurve } from '#bench/plagiarism/curve.ts';
import { round } from '#bench/lib/stats.ts';
import type { BenchResult, Suite } from '#bench/suites/context.ts';

const SHARES = [0.1, 0.25, 0.5] as const;
const BAR_S = 5;
const MOST_GROWTH = 12;

/** Model, candidates and tests of simulated answers with planted copiers, without database and workflow: time, memory, recall, honesty. */
export const plagiarism: Suite = {
  names: ['plagiarism-1000', 'plagiarism-8000'],
  students: 0,
  run: () => {
    measureCurve(300, 50, 10, SHARES, 1);
    const small = measureCurve(1_000, 50, 60, SHARES, 7);
    const large = measureCurve(8_000, 50, 100, SHARES, 7);
    return Promise.resolve([
      resultOf('plagiarism-1000', small, `<= ${BAR_S} s`, small.seconds <= BAR_S),
      { ...resultOf('plagiarism-8000', large, `<= ${MOST_GROWTH} x the time of 1,000`, large.seconds <= MOST_GROWTH * small.seconds), ratio: round(large.seconds / small.seconds) },
    ]);
  },
};

function resultOf(name: string, curve: Curve, bar: string, holds: boolean): BenchResult {
  const recall = Object.fromEntries(Object.entries(curve.found).map(([at, value]) => [`recall ${at}`, round(value, 3)]));
  const alpha = Object.fromEntries(Object.entries(curve.alpha).map(([at, value]) => [`false at ${at}`, value.toExponential(1)]));
  return { name, value: round(curve.seconds, 2), unit: 's', bar, holds, more: { candidates: curve.candidates, megabytes: Math.round(curve.megabytes), ...recall, ...alpha } };
}
