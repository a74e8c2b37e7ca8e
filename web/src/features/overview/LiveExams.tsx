import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleCheck from 'lucide-solid/icons/circle-check';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';

import type { Exam } from '#web/features/exams/api.ts';
import type { LiveExam } from '#web/features/monitor/create-live-now.ts';
import { formatClock, formatRelative } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { LinkButton } from '#web/ui/Link.tsx';
import { StackedBar, type StackedPart } from '#web/ui/StackedBar.tsx';

import { messages } from './messages.ts';

/** Exams that are shown before somebody asks for all. */
const FEW = 5;

/** The open exams: who needs somebody, how many are where, and the way to the monitor. */
export function LiveExams(props: { live: readonly LiveExam[]; next: Exam | undefined; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const [isLong, setLong] = createSignal(false);
  const byId = createMemo(() => new Map(props.live.map((entry) => [entry.exam.id, entry])));
  const ids = createMemo(() => props.live.map(({ exam }) => exam.id), [], { equals: (a, b) => a.join() === b.join() });
  // one that needs somebody carries the one primary button of the page
  const first = createMemo(() => (props.live.find(({ counts }) => (counts?.helpOpen ?? 0) > 0) ?? props.live[0])?.exam.id);
  return (
    <section class="LiveExams" aria-labelledby="overview-live">
      <h2 id="overview-live">{t('liveNow')}</h2>
      <Show
        when={ids().length > 0}
        fallback={
          <EmptyState title={t('nothingLive')}>
            <Show when={props.next?.window} fallback={t('nothingLiveText')}>
              {(window) => t('nothingLiveNext', props.next!.title, formatRelative(window().opensAt, props.nowMs))}
            </Show>
          </EmptyState>
        }
      >
        <ul>
          <For each={isLong() ? ids() : ids().slice(0, FEW)}>{(id) => <Show when={byId().get(id)}>{(entry) => <LiveCard entry={entry()} isFirst={first() === id} nowMs={props.nowMs} />}</Show>}</For>
        </ul>
        <Show when={ids().length > FEW}><p class="LiveExams__more"><LinkButton aria-expanded={isLong()} onClick={() => setLong(!isLong())}>{isLong() ? t('showFewer') : t('showMore', ids().length - FEW)}</LinkButton></p></Show>
      </Show>
    </section>
  );
}

type Counts = NonNullable<LiveExam['counts']>;

function LiveCard(props: { entry: LiveExam; isFirst: boolean; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const exam = (): Exam => props.entry.exam;
  const leftMs = (): number => (exam().window === null ? 0 : Math.max(0, Date.parse(exam().window!.closesAt) - props.nowMs));
  const toAct = (): number => props.entry.counts?.helpOpen ?? 0;
  // single lost connections come and go; many of them, or a pause, are worth a word
  const notice = (counts: Counts): string | undefined => {
    if (counts.offline >= 3 && counts.offline * 10 >= counts.active) return t('offlineNow', counts.offline);
    return counts.paused > 0 ? t('pausedNow', counts.paused) : undefined;
  };
  const parts = (counts: Counts): StackedPart[] => {
    // open sessions without a connection: paused ones are few and keep their own part
    const offline = Math.min(counts.offline, counts.active);
    return [
      { key: 'active', label: t('state.active'), count: counts.active, weight: counts.active - offline, fill: 'accent' },
      { key: 'offline', label: t('state.offline'), count: offline, fill: 'offline' },
      { key: 'paused', label: t('state.paused'), count: counts.paused, fill: 'attention' },
      { key: 'done', label: t('state.done'), count: counts.submitted + counts.expired + counts.terminated + counts.withdrawn, fill: 'done' },
      { key: 'absent', label: t('state.absent'), count: counts.notStarted, fill: 'absent' },
    ];
  };
  return (
    <li class="LiveExams__card" data-act={toAct() > 0 ? '' : undefined}>
      <div class="LiveExams__head">
        <h3><a href={`/staff/exams/${exam().id}/monitor`} dir="auto">{exam().title.trim() === '' ? t('untitled') : exam().title}</a></h3>
        <Show when={props.entry.counts}>
          {(counts) => (
            <Show when={toAct() > 0} fallback={<Show when={notice(counts())} fallback={<Badge tone="done" icon={CircleCheck}>{t('allCalm')}</Badge>}>{(text) => <Badge tone="attention" icon={TriangleAlert}>{text()}</Badge>}</Show>}>
              <Badge tone="act" icon={CircleAlert}>{t('toActOn', toAct())}</Badge>
            </Show>
          )}
        </Show>
        <span class="LiveExams__clock"><b>{formatClock(leftMs())}</b> <span class="soft">{t('untilEnd')}</span></span>
        <Button kind={props.isFirst ? 'primary' : 'secondary'} href={`/staff/exams/${exam().id}/monitor`}>{t('openMonitor')}</Button>
      </div>
      <Show when={props.entry.counts} fallback={<p class="soft">{t('countsFailed')}</p>}>
        {(counts) => <StackedBar label={t('countsOf', { name: exam().title })} parts={parts(counts())} />}
      </Show>
    </li>
  );
}
