import type { ReportExam } from '#db/reports/source.ts';
import type { ResultRow } from '#db/results/rows.ts';

import { barChart } from './charts.ts';
import type { Part, ReportDocument } from './document.ts';
import { breakable } from './text/blocks.ts';
import { windowOf } from './facts.ts';
import type { Speech } from './words.ts';

const STEPS = 10;

/** The report of a class: figures, distribution, and each result. */
export function classDocument(exam: ReportExam, rows: readonly ResultRow[], colour: string, speech: Speech): ReportDocument {
  const { words } = speech;
  const percents = rows.flatMap((row) => (row.counted && row.state === 'graded' && row.percent !== null ? [row.percent] : [])).sort((a, b) => a - b);
  return {
    title: `${words.classReport}: ${exam.title}`,
    heading: breakable(exam.title),
    sub: words.classReport,
    body: [
      { n: 'facts', items: [...windowOf(exam, speech), ...figuresOf(rows, percents, speech)] },
      ...(percents.length === 0 ? [] : distributionOf(percents, colour, speech)),
      { n: 'heading', text: words.results },
      tableOf(rows, speech),
    ],
  };
}

function figuresOf(rows: readonly ResultRow[], percents: readonly number[], speech: Speech): (readonly [string, string])[] {
  const { words } = speech;
  const percent = (value: number): string => speech.say('percent', { percent: speech.number(value, 1) });
  const count = percents.length;
  const decided = rows.filter((row) => row.counted && row.passed !== null);
  const mean = percents.reduce((sum, value) => sum + value, 0) / count;
  // of a sample: divided by n - 1
  const spread = Math.sqrt(percents.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1));
  return [
    [words.graded, String(count)],
    ...(count === 0 ? [] : ([
      [words.mean, percent(mean)],
      [words.median, percent((percents[Math.floor((count - 1) / 2)]! + percents[Math.ceil((count - 1) / 2)]!) / 2)],
      ...(count > 1 ? [[words.spread, percent(spread)] as const] : []),
      [words.lowest, percent(percents[0]!)],
      [words.highest, percent(percents.at(-1)!)],
    ] as const)),
    ...(decided.length === 0 ? [] : ([[words.passRate, `${decided.filter((row) => row.passed).length} / ${decided.length}`]] as const)),
  ];
}

function distributionOf(percents: readonly number[], colour: string, speech: Speech): Part[] {
  const counts = Array.from({ length: STEPS }, () => 0);
  for (const percent of percents) counts[Math.min(STEPS - 1, Math.max(0, Math.floor(percent / (100 / STEPS))))]! += 1;
  const bounds = (index: number): [number, number] => [index * (100 / STEPS), (index + 1) * (100 / STEPS)];
  const parts = counts.flatMap((count, index) => (count === 0 ? [] : [speech.say('band', { from: bounds(index)[0], to: bounds(index)[1], count })]));
  return [
    { n: 'heading', text: speech.words.distribution },
    {
      n: 'chart',
      svg: barChart(counts.map((value, index) => ({ label: `${bounds(index)[0]}–${bounds(index)[1]} %`, value, text: value === 0 ? '' : String(value) })), colour),
      alt: speech.say('distributionAlt', { parts: parts.join('; ') }),
    },
  ];
}

function tableOf(rows: readonly ResultRow[], speech: Speech): Part {
  const { words } = speech;
  const states = { graded: words.gradedState, pending: words.pending, 'needs-manual': words['needs-manual'], ungraded: words.ungraded };
  const withNumbers = rows.some((row) => row.student.externalId !== null);
  const withAttempts = rows.some((row) => row.attempt > 1);
  const withGrades = rows.some((row) => row.gradeLabel !== null);
  const column = (label: string, width: number | null, end = false) => ({ label, width, end });
  return {
    n: 'table',
    columns: [
      column(words.student, 5), ...(withNumbers ? [column(words.number, 2)] : []), ...(withAttempts ? [column(words.attempt, null, true)] : []), column(words.pointsHead, null, true),
      column(words.percentHead, null, true), ...(withGrades ? [column(words.grade, null)] : []), column(words.state, 3),
    ],
    rows: rows.map((row) => [
      breakable(row.student.name), ...(withNumbers ? [breakable(row.student.externalId ?? '')] : []), ...(withAttempts ? [String(row.attempt)] : []),
      row.points === null ? words.none : `${speech.number(row.points)} / ${speech.number(row.maxPoints!)}`, row.percent === null ? words.none : speech.number(row.percent, 1),
      ...(withGrades ? [row.gradeLabel ?? ''] : []),
      [row.passed === null ? states[row.state] : row.passed ? words.passed : words.failed, ...(row.passed !== null && row.state !== 'graded' ? [states[row.state]] : []), ...(row.withheld ? [words.withheld] : []), ...(row.counted ? [] : [words.notCounted])].join(', '),
    ]),
  };
}
