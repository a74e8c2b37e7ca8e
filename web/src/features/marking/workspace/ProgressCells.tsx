import { For, type JSX, Show } from 'solid-js';

import { formatDuration } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Progress } from '#web/ui/Progress.tsx';

import type { AnswerRow, AnswerRef } from '../api.ts';
import { messages } from '../messages.ts';
import { cellState } from './cells.ts';

import './progress-cells.css';

/** More cells than this are too thin to be told apart. */
const MOST_CELLS = 120;

/** Every answer as a cell: marked, set aside, held by somebody, waiting; and what is left in words. */
export function ProgressCells(props: { rows: readonly AnswerRow[]; now: AnswerRef | undefined; medianSeconds: number | null; onOpen: (row: AnswerRow) => void; onKey: (event: KeyboardEvent) => void }): JSX.Element {
  const t = useMessages(messages);
  const done = (): number => props.rows.filter((row) => row.state === 'done' || row.mine).length;
  const flagged = (): number => props.rows.filter((row) => row.flagged).length;
  const held = (): readonly AnswerRow[] => props.rows.filter(({ lease }) => lease !== null && !lease.mine);
  const left = (): number => props.rows.length - done();
  const isNow = (row: AnswerRow): boolean => row.sessionId === props.now?.sessionId && row.itemId === props.now?.itemId;
  return (
    <section class="ProgressCells" aria-label={t('progress')}>
      <Show when={props.rows.length <= MOST_CELLS} fallback={<Progress value={done()} max={props.rows.length} label={t('progress')} text="" />}>
        <div class="ProgressCells__row" role="group" aria-label={t('answers')} onKeyDown={props.onKey}>
          <For each={props.rows}>
            {(row) => (
              <button
                type="button" class="ProgressCells__cell" data-state={cellState(row)} aria-current={isNow(row) ? 'true' : undefined} tabindex={isNow(row) || (props.now === undefined && row === props.rows[0]) ? 0 : -1}
                title={t('cell', { number: row.number, state: t(`cellState.${cellState(row)}`) })} aria-label={t('cell', { number: row.number, state: t(`cellState.${cellState(row)}`) })} onClick={() => props.onOpen(row)}
              />
            )}
          </For>
        </div>
      </Show>
      <p class="ProgressCells__facts">
        <span><b>{t('markedOf', { done: done(), total: props.rows.length })}</b> {t('marked')}<Show when={flagged() > 0}>, {t('asideCount', { count: flagged() })}</Show></span>
        <Show when={held()[0]}>{(first) => <span>{held().length === 1 ? t('heldOne', { name: first().lease!.holder.name, number: first().number }) : t('heldMany', { count: held().length })}</span>}</Show>
        <span><Show when={props.medianSeconds !== null && left() > 0} fallback={left() === 0 ? '' : t('leftCount', { count: left() })}>{t('pace', { each: formatDuration(Math.max(1, Math.round(props.medianSeconds!)) * 1_000), left: formatDuration(Math.max(60, Math.round((props.medianSeconds! * left()) / 60) * 60) * 1_000) })}</Show></span>
      </p>
    </section>
  );
}
