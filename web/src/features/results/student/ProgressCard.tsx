import { Show, type JSX } from 'solid-js';

import { ChartCard } from '#web/features/analytics/charts/ChartCard.tsx';
import { drawTrend } from '#web/features/analytics/charts/trend.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { formatDate, formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';

import { type OwnStatistics, readOwnStatistics } from './api.ts';
import { messages } from './progress-messages.ts';

/** The results that are out, from exam to exam, beside the class where the exam shows it; nothing for fewer than two. */
export default function ProgressCard(props: { released: string }): JSX.Element {
  // read again when another result is out, or one no longer is
  const load = createLoad(() => props.released, (_key, signal) => readOwnStatistics(signal));
  return <Show when={load.value() !== undefined && load.value()!.exams.length > 1}><Progress statistics={load.value()!} /></Show>;
}

function Progress(props: { statistics: OwnStatistics }): JSX.Element {
  const t = useMessages(messages);
  const one = (value: number): string => formatNumber(value, { maximumFractionDigits: 1 });
  const percent = (value: number | null): string => (value === null ? '–' : t('percent', { percent: one(value) }));
  const compared = (): number => props.statistics.exams.filter(({ classMean }) => classMean !== null).length;
  const sentence = (): string => {
    const { exams, meanDifference, meanPercent } = props.statistics;
    const own = t('progressMean', { count: exams.length, mean: one(meanPercent ?? 0) });
    if (meanDifference === null) return own;
    const size = Math.round(10 * Math.abs(meanDifference)) / 10;
    return `${own} ${t('progressClass', { compared: compared(), all: compared() === exams.length, points: one(size), way: size === 0 ? 'as' : meanDifference > 0 ? 'above' : 'below' })}`;
  };
  return (
    <ChartCard
      title={t('progress')}
      sentence={sentence()}
      draw={(width) => drawTrend({ points: props.statistics.exams.map(({ title, percent: own, classMean }) => ({ name: title, own, others: classMean })), words: { own: t('progressOwn'), others: t('progressOthers') } }, width)}
      table={compared() === 0
        ? { head: [t('colExam'), t('colEnded'), t('colOwn')], rows: props.statistics.exams.map((exam) => [exam.title, formatDate(exam.at, { weekday: 'short' }), percent(exam.percent)]) }
        : { head: [t('colExam'), t('colEnded'), t('colOwn'), t('colOthers')], rows: props.statistics.exams.map((exam) => [exam.title, formatDate(exam.at, { weekday: 'short' }), percent(exam.percent), percent(exam.classMean)]) }}
    />
  );
}
