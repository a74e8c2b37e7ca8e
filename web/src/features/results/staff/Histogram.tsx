import BarChart from 'lucide-solid/icons/chart-column';
import Rows from 'lucide-solid/icons/rows-3';
import { createSignal, For, Show, type JSX } from 'solid-js';

import { formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';

import type { Figures } from './figures.ts';
import { messages } from './messages.ts';

import './histogram.css';

const LEFT = 40;
const WIDTH = 640;
const BASE = 150;
const HEIGHT = 172;
/** Room for one or two lines of labels above the bars. */
const TOPS = { one: 34, two: 52 } as const;

/** How many students have which percent, as bars; those below the pass mark are grey. */
export function Histogram(props: { figures: Figures; passPercent: number | null }): JSX.Element {
  const t = useMessages(messages);
  const [isTable, setTable] = createSignal(false);
  const one = (value: number): string => formatNumber(value, { maximumFractionDigits: 1 });
  const sentence = (): JSX.Element => {
    const { graded, passed, mean, median, standardDeviation } = props.figures;
    if (mean === null) return t('chartEmpty');
    return (
      <>
        <Show when={props.passPercent !== null}><b>{t('sentencePassed', { passed, graded })}</b>{' '}</Show>
        <Show when={standardDeviation !== null && median !== null && graded >= 5} fallback={t('sentenceFew', { mean: one(mean) })}>
          {t('sentenceSpread', { median: one(median!), low: one(Math.max(0, mean - standardDeviation!)), high: one(Math.min(100, mean + standardDeviation!)) })}
        </Show>{' '}
        <Show when={props.passPercent}>{(pass) => t('sentencePass', { pass: one(pass()) })}</Show>
      </>
    );
  };
  return (
    <Card
      title={t('chartTitle')}
      actions={<Button size="small" kind="quiet" icon={isTable() ? BarChart : Rows} onClick={() => setTable(!isTable())}>{isTable() ? t('asChart') : t('asTable')}</Button>}
      footer={<p class="Histogram__sentence">{sentence()}</p>}
    >
      <Show when={!isTable()} fallback={<Table figures={props.figures} />}><Bars figures={props.figures} passPercent={props.passPercent} /></Show>
    </Card>
  );
}

function Bars(props: { figures: Figures; passPercent: number | null }): JSX.Element {
  const t = useMessages(messages);
  const most = (): number => niceTop(Math.max(1, ...props.figures.bins.map(({ count }) => count)));
  const x = (percent: number): number => LEFT + (percent / 100) * (WIDTH - LEFT);
  const top = (): number => (props.passPercent !== null && isLower() ? TOPS.two : TOPS.one);
  const y = (count: number): number => BASE - (count / most()) * (BASE - top());
  const marks = (): number[] => [1, 2].map((part) => (most() / 2) * part).filter(Number.isInteger);
  const one = (value: number): string => formatNumber(value, { maximumFractionDigits: 1 });
  // the pass mark's label goes to the left of its line, the mean's to the right; where they would meet, the mean's goes below
  const mean = (): number | null => props.figures.mean;
  const isLower = (): boolean => (mean() ?? 0) > 80 || (props.passPercent !== null && (mean() ?? 0) < props.passPercent);
  // at the very left there is no room before the line
  const meanAnchor = (): 'start' | 'end' => (isLower() && (mean() ?? 0) >= 14 ? 'end' : 'start');
  return (
    <svg class="Histogram" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${t('chartTitle')}: ${props.figures.bins.map(({ from, to, count }) => `${t('chartRange', { from, to })}: ${count}`).join(', ')}`}>
      <For each={marks()}>{(mark) => <><line class="Histogram__grid" x1={LEFT} x2={WIDTH} y1={y(mark)} y2={y(mark)} /><text x={LEFT - 8} y={y(mark) + 4} text-anchor="end">{mark}</text></>}</For>
      <For each={props.figures.bins}>
        {(bin) => (
          <Show when={bin.count > 0}>
            <rect class={props.passPercent !== null && bin.to <= props.passPercent ? 'Histogram__below' : 'Histogram__bar'} x={x(bin.from) + 1.5} y={y(bin.count)} width={x(bin.to) - x(bin.from) - 3} height={BASE - y(bin.count)} rx="2" />
            <text class="Histogram__count" x={(x(bin.from) + x(bin.to)) / 2} y={y(bin.count) - 5} text-anchor="middle">{bin.count}</text>
          </Show>
        )}
      </For>
      <line class="Histogram__axis" x1={LEFT} x2={WIDTH} y1={BASE} y2={BASE} />
      <For each={[0, 25, 50, 75, 100]}>{(mark) => <text x={x(mark)} y={BASE + 17} text-anchor={mark === 100 ? 'end' : mark === 0 ? 'start' : 'middle'}>{mark === 100 ? t('percent', { value: mark }) : mark}</text>}</For>
      <Show when={props.passPercent !== null && props.figures.graded > 0}>
        <line class="Histogram__rule" x1={x(props.passPercent!)} x2={x(props.passPercent!)} y1={6} y2={BASE} />
        <text class="Histogram__label" x={x(props.passPercent!) - 6} y={12} text-anchor={props.passPercent! < 28 ? 'start' : 'end'}>{t('chartBelow', { count: props.figures.failed })}</text>
      </Show>
      <Show when={mean() !== null}>
        <line class="Histogram__rule" x1={x(mean()!)} x2={x(mean()!)} y1={isLower() ? 22 : 6} y2={BASE} />
        <text class="Histogram__label" x={x(mean()!) + (meanAnchor() === 'end' ? -6 : 6)} y={props.passPercent !== null && isLower() ? 30 : 12} text-anchor={meanAnchor()}>{t('chartMean', { mean: one(mean()!) })}</text>
      </Show>
    </svg>
  );
}

function Table(props: { figures: Figures }): JSX.Element {
  const t = useMessages(messages);
  return (
    <table class="Histogram__table">
      <thead><tr><th scope="col">{t('chartPercent')}</th><th scope="col" class="num">{t('chartStudents')}</th></tr></thead>
      <tbody><For each={props.figures.bins}>{(bin) => <tr><th scope="row">{t('chartRange', { from: bin.from, to: bin.to })}</th><td class="num">{bin.count}</td></tr>}</For></tbody>
    </table>
  );
}

/** A round number at or above the tallest bar that can be halved. */
function niceTop(count: number): number {
  const steps = [2, 4, 6, 10, 20, 40, 60, 100, 200, 400, 600, 1_000, 2_000, 4_000, 10_000];
  return steps.find((step) => step >= count) ?? Math.ceil(count / 10_000) * 10_000;
}
