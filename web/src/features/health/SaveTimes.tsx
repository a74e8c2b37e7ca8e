import ChartLine from 'lucide-solid/icons/chart-line';
import Rows from 'lucide-solid/icons/rows-3';
import { createSignal, For, Show, type JSX } from 'solid-js';

import { formatNumber, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';

import type { HealthPoint } from './api.ts';
import { messages } from './messages.ts';

import './save-times.css';

/** What the platform promises for 95 of 100 saves, ms. */
const BAR_MS = 25;
const WIDTH = 600;
const LEFT = 36;
const TOP = 20;
const BASE = 126;
const MOST_TICKS = 4;

type Measured = HealthPoint & { readonly saveP95Ms: number };

/** How long students wait for a save, over the last hour. */
export function SaveTimes(props: { history: readonly HealthPoint[] }): JSX.Element {
  const t = useMessages(messages);
  const [isTable, setTable] = createSignal(false);
  const measured = (): Measured[] => props.history.filter((point): point is Measured => point.saveP95Ms !== null);
  const worst = (): number => Math.max(0, ...measured().map(({ saveP95Ms }) => saveP95Ms));
  const ms = (value: number): string => formatNumber(value, { maximumFractionDigits: value < 10 ? 1 : 0 });
  return (
    <Card
      title={t('saveTitle')}
      actions={<Show when={measured().length > 1}><Button size="small" kind="quiet" icon={isTable() ? ChartLine : Rows} onClick={() => setTable(!isTable())}>{isTable() ? t('asChart') : t('asTable')}</Button></Show>}
      footer={<Show when={measured().at(-1)} fallback={<span>{t('saveNone')}</span>}>{(last) => <p><b class="SaveTimes__strong">{t('saveSentence', { ms: ms(last().saveP95Ms) })}</b> {t('saveSentenceRest', { worst: ms(worst()) })}</p>}</Show>}
    >
      <Show when={!isTable()} fallback={<Table points={measured()} />}><Line history={props.history} points={measured()} /></Show>
    </Card>
  );
}

function Line(props: { history: readonly HealthPoint[]; points: readonly Measured[] }): JSX.Element {
  const t = useMessages(messages);
  const from = (): number => props.history[0]?.atMs ?? 0;
  const until = (): number => Math.max(props.history.at(-1)?.atMs ?? 0, from() + 60_000);
  const top = (): number => Math.max(BAR_MS * 1.3, ...props.points.map(({ saveP95Ms }) => saveP95Ms * 1.1));
  const x = (atMs: number): number => Math.round((LEFT + ((atMs - from()) / (until() - from())) * (WIDTH - LEFT - 6)) * 10) / 10;
  const y = (value: number): number => Math.round((BASE - (value / top()) * (BASE - TOP)) * 10) / 10;
  const path = (): string => props.points.map(({ atMs, saveP95Ms }, index) => `${index === 0 ? 'M' : 'L'}${x(atMs)} ${y(saveP95Ms)}`).join('');
  const ticks = (): number[] => {
    const step = [60_000, 300_000, 600_000, 1_200_000].find((each) => (until() - from()) / each <= MOST_TICKS) ?? 1_200_000;
    return Array.from({ length: Math.floor(until() / step) - Math.ceil(from() / step) + 1 }, (_, index) => (Math.ceil(from() / step) + index) * step);
  };
  const last = (): Measured | undefined => props.points.at(-1);
  const ms = (value: number): string => formatNumber(value, { maximumFractionDigits: value < 10 ? 1 : 0 });
  return (
    <svg class="SaveTimes" viewBox={`0 0 ${WIDTH} 148`} role="img" aria-label={last() === undefined ? t('saveNone') : `${t('saveTitle')}: ${t('saveNow', { ms: ms(last()!.saveP95Ms) })}, ${t('saveBar', { ms: BAR_MS })}`}>
      <line class="SaveTimes__grid" x1={LEFT} x2={WIDTH} y1={BASE} y2={BASE} /><text x={LEFT - 8} y={BASE + 4} text-anchor="end">0</text>
      <Show when={top() > BAR_MS * 2}><line class="SaveTimes__grid" x1={LEFT} x2={WIDTH} y1={y(round(top()))} y2={y(round(top()))} /><text x={LEFT - 8} y={y(round(top())) + 4} text-anchor="end">{round(top())}</text></Show>
      <Show when={props.points.length > 1}>
        <path class="SaveTimes__area" d={`${path()}L${x(props.points.at(-1)!.atMs)} ${BASE}L${x(props.points[0]!.atMs)} ${BASE}Z`} />
        <path class="SaveTimes__line" d={path()} />
      </Show>
      <line class="SaveTimes__rule" x1={LEFT} x2={WIDTH} y1={y(BAR_MS)} y2={y(BAR_MS)} />
      <text class="SaveTimes__bar" x={LEFT + 4} y={y(BAR_MS) - 6}>{t('saveBar', { ms: BAR_MS })}</text>
      <Show when={last()}>
        {(now) => (
          <>
            <circle class="SaveTimes__dot" cx={x(now().atMs)} cy={y(now().saveP95Ms)} r="4" />
            <text class="SaveTimes__label" x={x(now().atMs) - 10} y={Math.max(TOP + 4, y(now().saveP95Ms) - 10)} text-anchor={x(now().atMs) < 140 ? 'start' : 'end'}>{t('saveNow', { ms: ms(now().saveP95Ms) })}</text>
          </>
        )}
      </Show>
      <For each={ticks()}>{(tick) => <text x={x(tick)} y="145" text-anchor={x(tick) > WIDTH - 24 ? 'end' : x(tick) < LEFT + 20 ? 'start' : 'middle'}>{formatTime(tick)}</text>}</For>
    </svg>
  );
}

function Table(props: { points: readonly Measured[] }): JSX.Element {
  const t = useMessages(messages);
  return (
    <div class="SaveTimes__scroll" tabindex={0} role="group" aria-label={t('saveTitle')}>
      <table class="SaveTimes__table">
        <thead><tr><th scope="col">{t('colTime')}</th><th scope="col" class="num">{t('colSaves')}</th><th scope="col" class="num">{t('colP95')}</th></tr></thead>
        <tbody>
          <For each={[...props.points].reverse()}>{(point) => <tr><th scope="row">{formatTime(point.atMs, { seconds: true })}</th><td class="num">{point.savesPerMinute ?? t('unknown')}</td><td class="num">{formatNumber(point.saveP95Ms, { maximumFractionDigits: 1 })} ms</td></tr>}</For>
        </tbody>
      </table>
    </div>
  );
}

function round(top: number): number {
  const step = top > 400 ? 200 : top > 120 ? 100 : 50;
  return Math.floor(top / step) * step;
}
