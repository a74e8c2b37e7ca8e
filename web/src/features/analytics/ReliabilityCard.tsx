import type { JSX } from 'solid-js';

import { formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';
import { Facts } from '#web/ui/Facts.tsx';
import { Sentence } from '#web/ui/Sentence.tsx';

import type { ExamStatistics } from './api.ts';
import { messages } from './messages.ts';
import { useWords } from './use-words.ts';

/** How far the marks can be trusted, in one sentence and in figures; what is missing says why. */
export function ReliabilityCard(props: { exam: ExamStatistics }): JSX.Element {
  const t = useMessages(messages);
  const words = useWords();
  const sentence = (): string => {
    const { cronbachAlpha, sem } = props.exam.reliability;
    if (cronbachAlpha === null) return t('alphaNone', { reason: words.reason(props.exam.notes, 'reliability.cronbachAlpha') });
    if (cronbachAlpha < 0) return t('alphaNegative');
    return t('alphaSentence', { share: formatNumber(Math.round(100 * cronbachAlpha)), sem: sem === null ? null : words.number(sem, 1) });
  };
  const figure = (path: string, value: number | null, text: (value: number) => string): JSX.Element =>
    value === null ? <span class="soft">{words.reason(props.exam.notes, path)}</span> : text(value);
  const model = (path: 'rasch' | 'twoPl'): JSX.Element => {
    const found = props.exam.irt[path];
    if (found === null) return <span class="soft">{words.reason(props.exam.notes, `irt.${path}`)}</span>;
    const text = t('modelText', { n: formatNumber(found.n), items: found.items, nodes: found.nodes, likelihood: words.number(found.logLikelihood, 1) });
    return 'abilitySd' in found ? t('abilitySd', { model: text, sd: words.number(found.abilitySd) }) : text;
  };
  return (
    <Card title={t('reliability')} footer={<p class="Chart__sentence"><Sentence text={sentence()} /></p>} class="Analysis__figures">
      <Facts
        items={[
          [t('figure.cronbachAlpha'), () => figure('reliability.cronbachAlpha', props.exam.reliability.cronbachAlpha, (value) => words.number(value))],
          [t('figure.standardizedAlpha'), () => figure('reliability.meanInterItemCorrelation', props.exam.reliability.standardizedAlpha, (value) => words.number(value))],
          [t('figure.kr20'), () => figure('reliability.kr20', props.exam.reliability.kr20, (value) => words.number(value))],
          [t('figure.sem'), () => figure('reliability.sem', props.exam.reliability.sem, (value) => t('plusMinus', { value: words.number(value, 1) }))],
          [t('figure.meanInterItemCorrelation'), () => figure('reliability.meanInterItemCorrelation', props.exam.reliability.meanInterItemCorrelation, (value) => words.number(value))],
          [t('figure.sdPoints'), () => figure('reliability.sdPoints', props.exam.reliability.sdPoints, (value) => t('points', { value: words.number(value) }))],
          [t('figure.range'), () => (props.exam.distribution.min === null ? t('none') : t('rangeText', { min: words.number(props.exam.distribution.min, 1), max: words.number(props.exam.distribution.max, 1) }))],
          [t('figure.skewness'), () => figure('distribution.skewness', props.exam.distribution.skewness.value, (sample) => t('both', { sample: words.number(sample), population: words.number(props.exam.distribution.skewness.g1) }))],
          [t('figure.kurtosis'), () => figure('distribution.kurtosis', props.exam.distribution.kurtosis.value, (sample) => t('both', { sample: words.number(sample), population: words.number(props.exam.distribution.kurtosis.g2) }))],
          [t('figure.rasch'), () => model('rasch')],
          [t('figure.twoPl'), () => model('twoPl')],
        ]}
      />
    </Card>
  );
}
