import CalendarOff from 'lucide-solid/icons/calendar-off';
import CloudOff from 'lucide-solid/icons/cloud-off';
import Sprout from 'lucide-solid/icons/sprout';
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';

import { OwnNotices } from '#web/features/notices/OwnNotices.tsx';
import { createOwnResults } from '#web/features/results/student/create-own-results.ts';
import { useUser } from '#web/lib/auth.ts';
import { formatDate, formatTime, formatZone, localZone } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Link } from '#web/ui/Link.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { StudentPage } from '#web/ui/StudentShell.tsx';
import { createMyExams } from './create-my-exams.ts';
import { createServerNow } from './create-server-now.ts';
import { type PlacedExam, placeExams } from './exam-times.ts';
import { messages } from './messages.ts';
import { NextExam } from './NextExam.tsx';
import { NowExam } from './NowExam.tsx';
import { PastExam } from './PastExam.tsx';
import { placeOfZone } from './when.ts';

import '#web/ui/card.css';
import './my-exams.css';

/** So many of a part show at first. */
const FIRST = 10;
const MORE = 25;

/** A student's exams: what is open now, what comes, what is over. */
export function MyExams(): JSX.Element {
  const t = useMessages(messages);
  const nowMs = createServerNow();
  const results = createOwnResults({ isLive: false });
  const mine = createMyExams(nowMs, results.reloadSoon);
  const placed = createMemo(() => placeExams(mine.exams() ?? [], nowMs()));
  const [shown, setShown] = createSignal({ next: FIRST, past: FIRST });
  createTitle(() => t('myExams'));

  return (
    <StudentPage class="MyExams">
      <Greeting nowMs={nowMs()} />
      <OwnNotices />
      <Show when={mine.error() !== undefined && mine.exams() !== undefined}><Banner tone="attention" icon={CloudOff} title={t('listOld')} live="status" /></Show>
      <Show when={mine.exams()} fallback={<Show when={mine.error()} fallback={<Loading />}>{(error) => <ProblemView problem={error()} title={t('loadFailed')} busy={mine.isLoading()} onRetry={mine.reload} />}</Show>}>
        {(exams) => (
          <Show when={exams().length > 0} fallback={<><EmptyState icon={CalendarOff} title={t('noExamsTitle')}>{t('noExamsHelp')}</EmptyState><Practice /></>}>
            <Part title={t('now')} items={placed().now}>{(item) => <NowExam item={item} isFirst={placed().now[0]?.exam.id === item.exam.id} nowMs={nowMs()} />}</Part>
            <Part title={t('next')} items={placed().next} limit={shown().next} onMore={() => setShown((now) => ({ ...now, next: now.next + MORE }))}>
              {(item) => <NextExam item={item} nowMs={nowMs()} />}
            </Part>
            <Show when={placed().now.length + placed().next.length === 0}><p class="MyExams__none soft">{t('noNowNext')}</p></Show>
            <Practice />
            <Part title={t('past')} items={placed().past} limit={shown().past} onMore={() => setShown((now) => ({ ...now, past: now.past + MORE }))} class="Card PastExams" as="list">
              {(item) => <PastExam item={item} result={results.of(item.exam.session?.id)} nowMs={nowMs()} />}
            </Part>
            <p class="MyExams__zone small soft">{t('allTimes', { zone: [placeOfZone(localZone()), formatZone(nowMs())].filter(Boolean).join(', ') })}</p>
          </Show>
        )}
      </Show>
    </StudentPage>
  );
}

function Greeting(props: { nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const user = useUser();
  const name = (): string => user().name.trim().split(/\s+/u)[0] ?? '';
  const key = (): 'goodMorning' | 'goodAfternoon' | 'goodEvening' => {
    const hour = Number(formatTime(props.nowMs).slice(0, 2));
    return hour >= 4 && hour < 12 ? 'goodMorning' : hour >= 12 && hour < 18 ? 'goodAfternoon' : 'goodEvening';
  };
  const place = (): string | undefined => placeOfZone(localZone());
  const now = (): { date: string; time: string } => ({ date: formatDate(props.nowMs), time: formatTime(props.nowMs) });
  return <PageHeader title={t(key(), { name: name() })} sub={place() === undefined ? t('nowUtc', now()) : t('nowInZone', { ...now(), place: place()! })} />;
}

/** One part of the list. Rows are kept by exam, so that a click is never lost to a redraw. */
function Part(props: { title: string; items: readonly PlacedExam[]; limit?: number; onMore?: () => void; class?: string; as?: 'list'; children: (item: PlacedExam) => JSX.Element }): JSX.Element {
  const t = useMessages(messages);
  const ids = createMemo(() => props.items.slice(0, props.limit ?? props.items.length).map(({ exam }) => exam.id));
  const byId = createMemo(() => new Map(props.items.map((item) => [item.exam.id, item])));
  const rest = (): number => props.items.length - ids().length;
  const rows = (): JSX.Element => (
    <For each={ids()}>
      {(id) => {
        // the last one known, while a row that is gone is being taken out
        let last = byId().get(id)!;
        const item = (): PlacedExam => (last = byId().get(id) ?? last);
        return props.children({ get exam() { return item().exam; }, get standing() { return item().standing; } });
      }}
    </For>
  );
  return (
    <Show when={props.items.length > 0}>
      <section class="MyExams__part" aria-label={props.title}>
        <h2 class="MyExams__title">{props.title}</h2>
        <Show when={props.as === 'list'} fallback={rows()}><ul class={props.class}>{rows()}</ul></Show>
        <Show when={rest() > 0}><Button class="MyExams__more" kind="quiet" onClick={() => props.onMore?.()}>{t('showMore', Math.min(MORE, rest()))}</Button></Show>
      </section>
    </Show>
  );
}

function Practice(): JSX.Element {
  const t = useMessages(messages);
  return <p class="MyExams__practice small soft"><Sprout aria-hidden="true" /><span>{t('neverSat')} <Link href="/practice">{t('tryPractice')}</Link>. {t('practiceHelp')}</span></p>;
}

function Loading(): JSX.Element {
  return (
    <div class="MyExams__part">
      <Skeleton kind="block" height="200px" />
      <Skeleton kind="block" height="118px" count={2} silent />
    </div>
  );
}
