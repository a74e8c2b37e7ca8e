import BarChart from 'lucide-solid/icons/chart-column';
import Rows from 'lucide-solid/icons/rows-3';
import { createSignal, For, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { Sentence } from '#web/ui/Sentence.tsx';

import { ChartSvg } from './ChartSvg.tsx';
import type { Drawing } from './drawing.ts';
import { messages } from './messages.ts';

/** The numbers of a chart; the first cell of a row is its name. */
export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a chart is made of. */
export interface ChartProps {
  title: string;
  /** What it shows, in one sentence; `**…**` is bold. */
  sentence: string;
  draw: (width: number) => Drawing;
  table: ChartTable;
  /** What the colours mean, where the marks can not say it themselves. */
  keys?: readonly { readonly tone: 'accent' | 'neutral'; readonly text: string }[];
  level?: 2 | 3;
}

/** A chart with one sentence that says what it shows; its table is one press away. */
export function ChartCard(props: ChartProps): JSX.Element {
  const t = useMessages(messages);
  const [isTable, setTable] = createSignal(false);
  return (
    <Card
      title={props.title}
      level={props.level ?? 2}
      actions={<Button size="small" kind="quiet" icon={isTable() ? BarChart : Rows} onClick={() => setTable(!isTable())}>{isTable() ? t('asChart') : t('asTable')}</Button>}
      footer={<p class="Chart__sentence"><Sentence text={props.sentence} /></p>}
    >
      <Show when={isTable()} fallback={<><Show when={props.keys}>{(keys) => <Keys keys={keys()} />}</Show><ChartSvg draw={props.draw} label={`${props.title}. ${props.sentence.replaceAll('**', '')}`} /></>}>
        <div class="Chart__scroll" tabindex="0" role="region" aria-label={props.title}><Table title={props.title} table={props.table} /></div>
      </Show>
    </Card>
  );
}

function Keys(props: { keys: NonNullable<ChartProps['keys']> }): JSX.Element {
  return <ul class="Chart__keys"><For each={props.keys}>{(key) => <li><i data-tone={key.tone} aria-hidden="true" />{key.text}</li>}</For></ul>;
}

function Table(props: { title: string; table: ChartTable }): JSX.Element {
  return (
    <table class="Chart__table" aria-label={props.title}>
      <thead><tr><For each={props.table.head}>{(name, index) => <th scope="col" class={index() === 0 ? '' : 'num'}>{name}</th>}</For></tr></thead>
      <tbody>
        <For each={props.table.rows}>
          {(row) => <tr><th scope="row">{row[0]}</th><For each={row.slice(1)}>{(cell) => <td class="num">{cell}</td>}</For></tr>}
        </For>
      </tbody>
    </table>
  );
}
