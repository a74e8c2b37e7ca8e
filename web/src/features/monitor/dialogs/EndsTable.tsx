import { For, Show, type JSX } from 'solid-js';

import { formatClock, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';

import { messages } from '../messages.ts';
import type { Preview, PreviewRow, Span, TimeAct } from '../time-preview.ts';

import './ends-table.css';

/** The new ends before anything happens: students who are treated alike in one line. */
export function EndsTable(props: { preview: Preview; act: TimeAct }): JSX.Element {
  const t = useMessages(messages);
  const hasGain = (): boolean => ['extend', 'credit', 'shorten'].includes(props.act);
  const gain = (row: PreviewRow): string => {
    const moved = row.moves;
    if (moved === null) return '';
    return between({ from: Math.min(Math.abs(moved.from), Math.abs(moved.to)), to: Math.max(Math.abs(moved.from), Math.abs(moved.to)) }, formatClock);
  };
  const now = (row: PreviewRow): string => (row.state === 'absent' ? '–' : row.now === null ? t('stands') : between(row.now, time));
  const then = (row: PreviewRow): string => {
    if (row.state === 'absent') return t('whenStarted');
    if (row.then !== null) return between(row.then, time);
    return row.leftMs === null ? '' : `${props.act === 'pause' ? t('stands') : t('whenResumed')}, ${t('atLeft', { time: between(row.leftMs, formatClock) })}`;
  };
  const whom = (row: PreviewRow): string => {
    if (row.state === 'paused') return t('rowPaused');
    if (row.state !== 'active') return t(`state.${row.state}`).toLowerCase();
    if (row.multiplier === undefined) return t('writing');
    return Number(row.multiplier) === 1 ? t('withUsual') : t('withMultiplier', { multiplier: Number(row.multiplier) });
  };
  return (
    <Show when={props.preview.rows.length > 0} fallback={<p class="EndsTable__none">{t('nobodyReached')}</p>}>
      <div class="EndsTable">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('colStudents')}</th>
              <th scope="col" class="num">{t('colEndsNow')}</th>
              <th scope="col" class="num">{t('colWillEnd')}</th>
              <Show when={hasGain()}><th scope="col" class="num">{props.act === 'shorten' ? t('colLoses') : t('colGets')}</th></Show>
            </tr>
          </thead>
          <tbody>
            <For each={props.preview.rows}>
              {(row) => (
                <tr>
                  <td><b>{row.count}</b> {whom(row)}</td>
                  <td class="num soft">{now(row)}</td>
                  <td class="num"><b>{then(row)}</b></td>
                  <Show when={hasGain()}><td class="num">{gain(row)}</td></Show>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </Show>
  );
}

function time(ms: number): string {
  return formatTime(ms, { seconds: true });
}

function between(span: Span, print: (ms: number) => string): string {
  const [from, to] = [print(span.from), print(span.to)];
  return from === to ? from : `${from} – ${to}`;
}
