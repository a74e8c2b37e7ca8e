import { For, type JSX, Show } from 'solid-js';

import { formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';

import type { Mine } from '../api.ts';
import { messages } from '../messages.ts';
import { bare } from '../points-text.ts';
import { spreadOf } from './spread.ts';

import './so-far.css';

/** The reader's own marks of a question, with the one that is being given. */
export function SoFar(props: { mine: Mine; maxPoints: string; now: string }): JSX.Element {
  const t = useMessages(messages);
  const points = (): number[] => props.mine.histogram.flatMap(({ points: value, count }) => Array.from({ length: count }, () => Number(value)));
  const spread = () => spreadOf(points(), Number(props.maxPoints), props.now === '' || Number.isNaN(Number(props.now)) ? undefined : Number(props.now));
  const most = (): number => Math.max(1, ...spread().bars.map(({ count }) => count));
  return (
    <section class="Card SoFar" aria-label={t('soFar')}>
      <div class="SoFar__bars" role="img" aria-label={t('soFarChart', { list: spread().bars.filter(({ count }) => count > 0).map(({ label, count }) => `${label}: ${count}`).join(', ') })}>
        <For each={spread().bars}>
          {(bar) => <div data-now={bar.holds ? '' : undefined}><Show when={bar.count > 0}><span>{bar.count}</span></Show><i style={{ height: `${Math.round((48 * bar.count) / most())}px` }} /><span class="SoFar__label">{bar.label}</span></div>}
        </For>
      </div>
      <div>
        <h2>{t('soFar')}</h2>
        <p>{t('soFarDone', { count: props.mine.done })} <b>{t('soFarMean', { mean: formatNumber(spread().mean, { maximumFractionDigits: 1 }), max: bare(props.maxPoints) })}</b></p>
        <For each={props.mine.compared}>{(pair) => <p>{t('compared', { name: pair.grader.name, count: pair.answers, by: formatNumber(pair.meanDifference, { maximumFractionDigits: 1 }) })}</p>}</For>
      </div>
    </section>
  );
}
