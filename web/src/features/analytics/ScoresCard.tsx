import type { JSX } from 'solid-js';

import { formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';

import type { ExamStatistics } from './api.ts';
import { ChartCard } from './charts/ChartCard.tsx';
import { drawScores } from './charts/scores.ts';
import { belowPass } from './figures.ts';
import { messages } from './messages.ts';

/** How many students have which mark. */
export function ScoresCard(props: { exam: ExamStatistics }): JSX.Element {
  const t = useMessages(messages);
  const one = (value: number | null): string => (value === null ? t('none') : formatNumber(value, { maximumFractionDigits: 1 }));
  const shape = () => props.exam.distribution;
  const below = (): number | null => belowPass(shape().n, props.exam.passRate);
  const step = (): number => 100 / shape().histogram.length;
  return (
    <ChartCard
      title={t('scores')}
      sentence={shape().n === 1
        ? t('scoresOne', { mean: one(shape().mean) })
        : t('scoresSentence', { n: shape().n, passed: below() === null ? null : shape().n - below()!, pass: one(props.exam.passPercent), median: one(shape().median), q1: one(shape().quartiles.q1), q3: one(shape().quartiles.q3) })}
      draw={(width) => drawScores({
        histogram: shape().histogram, mean: shape().mean, passPercent: props.exam.passPercent,
        words: { mean: t('scoresMean', { mean: one(shape().mean) }), below: t('scoresBelow', { count: below() ?? 0 }) },
      }, width)}
      table={{ head: [t('colPercent'), t('colStudents')], rows: shape().histogram.map((count, index) => [t('range', { from: index * step(), to: (index + 1) * step() }), String(count)]) }}
    />
  );
}
