import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { FilterChip, SearchBox, Toolbar } from '#web/ui/Toolbar.tsx';

import type { ReviewAnswers, SessionStory } from './api.ts';
import { LANE_ICONS, LaneList } from './LaneList.tsx';
import { buildRows, type Happening, type Lane, LANES, mergeHappenings } from './lanes.ts';
import { messages } from './messages.ts';
import { RawCard } from './RawCard.tsx';
import { RecordsCard } from './RecordsCard.tsx';
import { Strip } from './Strip.tsx';
import { tell } from './tell.ts';
import { WhyCard } from './WhyCard.tsx';

import './timeline-panel.css';

const TIME_CHANGES: ReadonlySet<string> = new Set(['extend', 'shorten', 'credit', 'window', 'window-changed', 'pause', 'resume', 'reopen', 'end', 'cancel', 'terminate']);

/** The story of a session: drawing, list in lanes, and why it ended when it did. */
export function TimelinePanel(props: { story: SessionStory; answers: ReviewAnswers | undefined; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const [detail, setDetail] = createSignal<'mattered' | 'everything'>('mattered');
  const [lanes, setLanes] = createSignal<ReadonlySet<Lane>>(new Set(LANES));
  const [onlyChanges, setOnlyChanges] = createSignal(false);
  const [text, setText] = createSignal('');
  const [range, setRange] = createSignal<readonly [number, number]>();
  const [open, setOpen] = createSignal<ReadonlySet<string>>(new Set<string>());
  const [chosen, setChosen] = createSignal<string>();
  const happenings = createMemo(() => mergeHappenings(props.story.entries, props.story.workflow));
  const counts = createMemo(() => Map.groupBy(happenings(), ({ lane }) => lane));
  const found = (what: Happening): boolean => {
    if (onlyChanges() && !TIME_CHANGES.has(what.kind)) return false;
    if (text().trim() === '') return true;
    const said = tell(what, t);
    return [said.what, said.more, said.quote, said.proof].join(' ').toLowerCase().includes(text().trim().toLowerCase());
  };
  const rows = createMemo(() => buildRows(happenings(), { lanes: lanes(), all: detail() === 'everything' || text().trim() !== '', range: range(), open: open(), matches: found }));
  const shownLanes = (): readonly Lane[] => LANES.filter((lane) => lane !== 'temporal' || props.story.workflow !== undefined);
  const isEmpty = (): boolean => rows().every(({ type }) => type === 'heading');
  const reset = (): void => {
    setLanes(new Set(LANES));
    setOnlyChanges(false);
    setText('');
    setRange(undefined);
  };
  const mattered = createMemo(() => happenings().filter(({ minor }) => !minor).length);
  return (
    <div class="TimelinePanel">
      <Strip happenings={happenings()} nowMs={props.nowMs} range={range()} onRange={setRange} />
      <Toolbar>
        <Segmented name={t('detail')} value={detail()} onChange={setDetail} options={[{ value: 'mattered', label: t('mattered'), count: mattered() }, { value: 'everything', label: t('everything'), count: happenings().length }]} />
        <div class="row wrap" role="group" aria-label={t('lanes')}>
          <For each={shownLanes()}>
            {(lane) => <FilterChip icon={LANE_ICONS[lane]} pressed={lanes().has(lane)} count={counts().get(lane)?.length ?? 0} onToggle={() => setLanes(toggled(lanes(), lane))}>{t(`lane.${lane}`)}</FilterChip>}
          </For>
          <FilterChip pressed={onlyChanges()} count={happenings().filter(({ kind }) => TIME_CHANGES.has(kind)).length} onToggle={setOnlyChanges}>{t('timeChanges')}</FilterChip>
        </div>
        <span class="TimelinePanel__find"><SearchBox value={text()} onChange={setText} label={t('find')} /></span>
      </Toolbar>
      <div class="TimelinePanel__columns">
        <section class="TimelinePanel__list" aria-label={t('tabTimeline')}>
          <Show when={!isEmpty()} fallback={<EmptyState bare title={t('nothingFits')} action={<Button onClick={reset}>{t('showAll')}</Button>} />}>
            <LaneList
              rows={rows()}
              chosen={chosen()}
              onChoose={(what) => setChosen(chosen() === what.id ? undefined : what.id)}
              openFolds={open()}
              onFold={(id) => setOpen(toggled(open(), id))}
            />
          </Show>
          <Show when={props.story.workflow === undefined}><p class="TimelinePanel__note">{t('noTemporal')}</p></Show>
        </section>
        <aside class="TimelinePanel__side">
          <WhyCard review={props.story.review} entries={props.story.entries} />
          <RawCard what={happenings().find(({ id }) => id === chosen())} />
          <RecordsCard story={props.story} answers={props.answers} />
        </aside>
      </div>
    </div>
  );
}

function toggled<Item>(items: ReadonlySet<Item>, item: Item): ReadonlySet<Item> {
  const next = new Set(items);
  if (!next.delete(item)) next.add(item);
  return next;
}
