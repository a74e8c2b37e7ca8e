import { measureCurve, recallText } from '#bench/plagiarism/curve.ts';
import { SCENARIOS } from '#bench/plagiarism/scenarios.ts';
import { measureTexts } from '#bench/plagiarism/text-curve.ts';
import { round } from '#bench/lib/stats.ts';
import type { BenchContext, BenchResult, Suite } from '#bench/suites/context.ts';

/** Chances may be this much too small for innocent pairs, at one in a thousand. */
const MOST_ALPHA = 1.5;
const INNOCENT_PAIRS = 200_000;

/** What scans find in many kinds of classes and essays beside what is possible, and how honest their chances are. */
export const plagiarismRecall: Suite = {
  names: ['plagiarism-recall', 'plagiarism-texts'],
  students: 0,
  run: ({ say }) => Promise.resolve([recallOf(say), textsOf(say)]),
};

/** One line for each kind of class; what counts is that innocent pairs stand out as seldom as their chances say. */
function recallOf(say: BenchContext['say']): BenchResult {
  say('  recall at 1e-3 / 1e-4 / one false pair in the class / flagged (possible at 1e-3), by copied share; alpha: innocent pairs below 1e-2..1e-5 in units of it');
  const worst = SCENARIOS.map(([name, simulation]) => {
    const { alpha, falseFlags, recall } = measureCurve(simulation, { innocentPairs: INNOCENT_PAIRS, withLimit: true });
    say(`  ${name.padEnd(14)} ${recall.map((each) => `${each.share * 100} %: ${recallText(each)}`).join('  ')}  alpha ${alpha.map((value) => value.toFixed(2)).join(' ')}  false flags ${falseFlags}`);
    // a small class has too few innocent people to count
    return simulation.students < 200 ? 0 : alpha[1]!;
  });
  return { name: 'plagiarism-recall', value: round(Math.max(...worst), 2), unit: 'of the stated false-positive rate 1e-3', bar: `<= ${MOST_ALPHA}`, holds: Math.max(...worst) <= MOST_ALPHA, more: { classes: SCENARIOS.length } };
}

function textsOf(say: BenchContext['say']): BenchResult {
  const curves = ([[60, 6, 1, 10], [60, 6, 0.4, 10], [60, 6, 0.15, 10], [1_000, 30, 0.4, 1]] as const).map(([students, copiers, share, classes]) => {
    const curve = measureTexts({ seed: 50, students, copiers, share, quoting: 0.1 }, classes);
    say(`  ${students} essays, ${share * 100} % taken: ${Object.entries(curve.found).map(([at, value]) => `${at} ${value.toFixed(2)}`).join(', ')}; alpha ${Object.values(curve.alpha).map((value) => value.toFixed(2)).join(' ')}`);
    return curve;
  });
  const { alpha, seconds } = curves.at(-1)!;
  const worst = Math.max(...curves.map((curve) => curve.alpha['0.001']!));
  return { name: 'plagiarism-texts', value: round(worst, 2), unit: 'of the stated false-positive rate 1e-3', bar: `<= ${MOST_ALPHA}`, holds: worst <= MOST_ALPHA, more: { secondsFor1000: round(seconds, 2), 'alpha at 1e-4': round(alpha['0.0001']!, 2) } };
}
