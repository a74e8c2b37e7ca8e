import type { ReportExam } from '#db/reports/source.ts';
import type { ExamStatistics } from '#domain/statistics/exam-statistics.ts';

import { barChart } from './charts.ts';
import { type Part, type ReportDocument, setPlain } from './document.ts';
import { windowOf } from './facts.ts';
import { breakable } from './text/blocks.ts';
import type { Speech } from './words.ts';

/** Bars that stand beside each other and still have a readable label. */
const MAX_BARS = 50;
const EVERY_LABEL = 25;

/** The analysis of the questions of an exam. */
export function itemDocument(exam: ReportExam, statistics: ExamStatistics, colour: string, speech: Speech): ReportDocument {
  const { words } = speech;
  const { reliability, sessions, itemStatistics: items } = statistics;
  const figure = (value: number | null, places = 2): string => (value === null ? words.none : speech.number(value, places));
  const column = (label: string, width: number | null, end = true) => ({ label, width, end });
  return {
    title: `${words.itemAnalysis}: ${exam.title}`,
    heading: breakable(exam.title),
    sub: words.itemAnalysis,
    body: [
      {
        n: 'facts',
        items: [...windowOf(exam, speech), [words.graded, String(sessions.graded)], [words.alpha, figure(reliability.cronbachAlpha, 3)], [words.sem, figure(reliability.sem)]],
      },
      { n: 'heading', text: words.questions },
      { n: 'text', text: words.facilityHelp },
      ...chartsOf(items, colour, speech),
      {
        n: 'table',
        columns: [column('', null), column(words.questions, 6, false), column(words.answered, null), column(words.meanPoints, null), column(words.facility, null), column(words.discrimination, 2), column(words.upperLower, 2)],
        rows: items.map((item) => [
          String(item.number), breakable(item.text), `${item.n - item.omitted} / ${item.n}`, `${figure(item.meanPoints)} / ${speech.number(item.maxPoints)}`, figure(item.facility),
          figure(item.discrimination.itemRest), figure(item.discrimination.upperLower27),
        ]),
      },
      { n: 'heading', text: words.options },
      ...items.flatMap((item): Part[] => (item.options === null || item.n === 0 ? [] : [
        { n: 'item', title: speech.say('question', { number: item.number }), points: null, question: setPlain(item.text), options: [], parts: [] },
        {
          n: 'table',
          columns: [column('', null, false), column(words.option, 1, false), column(words.chosen, null), column(words.share, null)],
          rows: item.options.map((option) => [option.isKey ? '✓' : '', breakable(option.text), String(option.count), option.share === null ? words.none : speech.say('percent', { percent: speech.number(option.share * 100, 1) })]),
        },
      ])),
    ],
  };
}

function chartsOf(items: ExamStatistics['itemStatistics'], colour: string, speech: Speech): Part[] {
  const charts: Part[] = [];
  for (let from = 0; from < items.length; from += MAX_BARS) {
    const shown = items.slice(from, from + MAX_BARS).flatMap(({ facility, number }) => (facility === null ? [] : [{ facility, number }]));
    if (shown.length === 0) continue;
    charts.push({
      n: 'chart',
      svg: barChart(shown.map(({ facility, number }) => ({ label: shown.length <= EVERY_LABEL || number % 5 === 0 ? String(number) : '', value: facility, text: shown.length <= EVERY_LABEL ? speech.number(facility, 2) : '' })), colour),
      alt: speech.say('facilityAlt', { parts: shown.map(({ facility, number }) => speech.say('facilityPart', { number, value: speech.number(facility, 2) })).join('; ') }),
    });
  }
  return charts;
}
