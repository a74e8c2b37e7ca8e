import { For, type JSX } from 'solid-js';

import { formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';

import type { Figures } from './figures.ts';
import { messages } from './messages.ts';

import './figure-tiles.css';

/** The results of an exam in a few numbers. */
export function FigureTiles(props: { figures: Figures; withGrade: boolean }): JSX.Element {
  const t = useMessages(messages);
  const percent = (value: number | null): string => (value === null ? t('none') : t('percent', { value: formatNumber(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) }));
  const tiles = (): { value: string; label: string; tone?: 'attention' }[] => {
    const { counted, graded, mean, standardDeviation, median, passed, pending, needsManual, withheld } = props.figures;
    return [
      { value: formatNumber(graded), label: graded === counted ? t('tileGraded') : t('tileGradedOf', { count: counted }) },
      { value: percent(mean), label: standardDeviation === null ? t('tileMean') : t('tileMeanSd', { sd: formatNumber(standardDeviation, { maximumFractionDigits: 1 }) }) },
      { value: percent(median), label: t('tileMedian') },
      ...(props.withGrade ? [{ value: graded === 0 ? t('none') : percent((100 * passed) / graded), label: t('tilePassed', { count: passed }) }] : []),
      { value: formatNumber(pending + needsManual), label: t('tilePending'), ...(pending + needsManual > 0 ? { tone: 'attention' as const } : {}) },
      { value: formatNumber(withheld), label: t('tileWithheld') },
    ];
  };
  return (
    <dl class="FigureTiles">
      <For each={tiles()}>{(tile) => <div class="FigureTiles__tile"><dt>{tile.label}</dt><dd data-tone={tile.tone}>{tile.value}</dd></div>}</For>
    </dl>
  );
}
