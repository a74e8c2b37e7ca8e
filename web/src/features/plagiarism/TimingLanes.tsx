import { createMemo, createSignal, For, onCleanup, Show, type JSX } from 'solid-js';

import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';

import type { PairDetail } from './api.ts';
import { lanePlaces, type LaneRows, laneRows } from './matches.ts';
import { messages } from './messages.ts';

/** Room that one question takes on a lane, and the height of a row of them, in px. */
const BUBBLE = 25;
const ROW = 25;

/** When both students answered each question, on one clock, and in which order. */
export function TimingLanes(props: { detail: PairDetail }): JSX.Element {
  const t = useMessages(messages);
  const times = createMemo(() => props.detail.items.flatMap(({ a, b }) => [a.savedAt, b.savedAt]).filter((at) => at !== null).map((at) => Date.parse(at)));
  const from = (): number => Math.min(...times());
  const to = (): number => Math.max(...times());
  const lanes = createMemo(() => (['a', 'b'] as const).map((which) => ({ which, name: props.detail.pair[which].student.name, places: lanePlaces(props.detail.items.map((item) => item[which].savedAt), from(), to()) })));
  const [width, setWidth] = createSignal(600);
  const watcher = new ResizeObserver(([entry]) => entry !== undefined && entry.contentRect.width > 0 && setWidth(entry.contentRect.width));
  onCleanup(() => watcher.disconnect());
  const watch = (lane: HTMLElement): void => watcher.observe(lane);
  const rows = (places: readonly (number | undefined)[]): LaneRows => laneRows(places, (BUBBLE / width()) * 100);
  const order = (which: 'a' | 'b'): string => props.detail.items.filter((item) => item[which].place !== null).sort((one, other) => one[which].place! - other[which].place!).map(({ number }) => number).join(', ');
  return (
    <Card title={t('lanes')}>
      <Show when={times().length > 0} fallback={<p class="small soft">{t('noTiming')}</p>}>
        <p class="small soft">{t('lanesHelp')}</p>
        <div class="Lanes">
          <For each={lanes()}>
            {(lane) => (
              <div class="Lanes__lane">
                <b dir="auto" class="clip">{lane.name}</b>
                <ol ref={watch} style={{ height: `${rows(lane.places).count * ROW}px` }}>
                  <For each={props.detail.items}>
                    {(item, index) => (
                      <Show when={lane.places[index()] !== undefined}>
                        <li data-match={item.match} style={{ 'inset-inline-start': `${lane.places[index()]}%`, 'inset-block-end': `${(rows(lane.places).of[index()] ?? 0) * ROW + 4}px` }} title={t('laneOf', { name: lane.name, number: item.number, time: formatTime(item[lane.which].savedAt!, { seconds: true }) })}>{item.number}</li>
                      </Show>
                    )}
                  </For>
                </ol>
              </div>
            )}
          </For>
          <div class="Lanes__axis soft small"><span>{formatTime(from(), { seconds: true })}</span><span>{formatTime(to(), { seconds: true })}</span></div>
        </div>
        <h3 class="Lanes__order">{t('order')}</h3>
        <For each={lanes()}>{(lane) => <p class="small">{t('orderOf', { name: lane.name, order: order(lane.which) })}</p>}</For>
      </Show>
    </Card>
  );
}
