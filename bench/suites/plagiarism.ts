import { type Curve, measureCurve, recallText } from '#bench/plagiarism/curve.ts';
import { USUAL } from '#bench/plagiarism/simulate.ts';
import { round } from '#bench/lib/stats.ts';
import type { BenchResult, Suite } from '#bench/suites/context.ts';

const BAR_S = 5;
const MOST_GROWTH = 12;
const INNOCENT_PAIRS = 200_000;

/** Scans of simulated answers with planted copiers, without database and workflow: time, memory, growth, recall at 1e-3, 1e-4, where one false pair is expected, and flagged. */
export const plagiarism: Suite = {
  names: ['plagiarism-1000', 'plagiarism-8000'],
  students: 0,
  run: () => {
    measureCurve({ ...USUAL, students: 300, copiers: 10 }, { innocentPairs: 100, withLimit: false });
    const small = measureCurve(USUAL, { innocentPairs: INNOCENT_PAIRS, withLimit: true });
    const large = measureCurve({ ...USUAL, students: 8_000, copiers: 100 }, { innocentPairs: INNOCENT_PAIRS, withLimit: false });
    return Promise.resolve([
      resultOf('plagiarism-1000', small, `<= ${BAR_S} s`, small.seconds <= BAR_S),
      { ...resultOf('plagiarism-8000', large, `<= ${MOST_GROWTH} x the time of 1,000`, large.seconds <= MOST_GROWTH * small.seconds), ratio: round(large.seconds / small.seconds) },
    ]);
  },
};

function resultOf(name: string, curve: Curve, bar: string, holds: boolean): BenchResult {
  const recall = Object.fromEntries(curve.recall.map((each) => [`${each.share * 100} % copied`, recallText(each)]));
  return { name, value: round(curve.seconds, 2), unit: 's', bar, holds, more: { cpuSeconds: round(curve.cpuSeconds, 2), candidates: curve.candidates, megabytes: Math.round(curve.megabytes), ...recall, falseFlags: curve.falseFlags } };
}
