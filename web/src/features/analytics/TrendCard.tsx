import type { JSX } from 'solid-js';

import { formatDate } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';

import type { StudentStatistics } from './api.ts';
import { ChartCard } from './charts/ChartCard.tsx';
import { drawTrend } from './charts/trend.ts';
import { messages } from './messages.ts';
import { useWords } from './use-words.ts';

/** How a student did from exam to exam, beside the class. */
export function TrendCard(props: { statistics: StudentStatistics }): JSX.Element {
  const t = useMessages(messages);
  const words = useWords();
  const difference = (): number | null => props.statistics.meanDifference;
  const result = (passed: boolean | null): string => (passed === null ? t('none') : t(passed ? 'passed' : 'failed'));
  return (
    <ChartCard
      title={t('trend')}
      sentence={t('trendSentence', { mean: words.number(props.statistics.meanPercent, 1), difference: difference() === null ? null : words.number(Math.abs(difference()!), 1), above: (difference() ?? 0) >= 0, who: t('theStudent'), has: 'has' })}
      draw={(width) => drawTrend({ points: props.statistics.exams.map(({ title, percent, classMean }) => ({ name: title, own: percent, others: classMean })), words: { own: t('trendOwn'), others: t('trendOthers') } }, width)}
      table={{
        head: [t('colExam'), t('colDate'), t('colOwn'), t('colClass'), t('colResult')],
        rows: props.statistics.exams.map((exam) => [exam.title, formatDate(exam.at, { weekday: 'short' }), words.percent(exam.percent), words.percent(exam.classMean), result(exam.passed)]),
      }}
    />
  );
}
