import CloudCheck from 'lucide-solid/icons/cloud-check';
import Pause from 'lucide-solid/icons/pause';
import WifiOff from 'lucide-solid/icons/wifi-off';
import { createMemo, createSignal, For, on, createEffect, onCleanup, Show, type JSX } from 'solid-js';

import type { Happening } from '#web/features/timeline/lanes.ts';
import { iconOf } from '#web/features/timeline/icons.ts';
import { messages as timelineMessages } from '#web/features/timeline/messages.ts';
import { tell } from '#web/features/timeline/tell.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { formatDuration, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Link } from '#web/ui/Link.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { Tabs } from '#web/ui/Tabs.tsx';
import { Timeline, type TimelineEntry as Entry } from '#web/ui/Timeline.tsx';

import { readIncidents, readTimeline } from './api.ts';
import { shortHistory } from './history.ts';
import { kindText } from './kind-text.ts';
import { messages } from './messages.ts';
import { useDesk } from './monitor-context.ts';
import { isOffline } from './student.ts';
import type { Student, TimelineEntry } from './types.ts';

const FOLLOW_MS = 2_500;

/** What happened in the session, what was noticed, and what was written. Follows the session while it is open. */
export function StudentHistory(props: { student: Student; sessionId: string }): JSX.Element {
  const t = useMessages(messages);
  const { monitor } = useDesk();
  const [tab, setTab] = createSignal<'timeline' | 'incidents' | 'messages'>('timeline');
  const entries = createLoad(() => props.sessionId, (id) => readTimeline(id));
  const incidents = createLoad(() => props.sessionId, (id) => readIncidents(monitor.examId, id));
  const sent = createMemo(() => (entries.value() ?? []).filter(({ kind }) => kind === 'message').reverse());
  let timer: ReturnType<typeof setTimeout> | undefined;
  createEffect(on(() => [props.student.version, props.student.acknowledgedVersion, props.student.online, props.student.answered, props.student.incidents, monitor.messagesSent()], () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      entries.reload();
      if (tab() === 'incidents') incidents.reload();
    }, FOLLOW_MS);
  }, { defer: true }));
  onCleanup(() => clearTimeout(timer));

  const waiting = (): JSX.Element => (
    <Show when={entries.error()} fallback={<Skeleton count={6} />}>{(problem) => <ProblemView compact problem={problem()} onRetry={() => entries.reload()} />}</Show>
  );
  return (
    <>
      <Tabs
        label={props.student.name}
        value={tab()}
        onChange={setTab}
        tabs={[
          { value: 'timeline', label: t('tabTimeline'), content: () => <Show when={entries.value()} fallback={waiting()}>{(list) => <Recent student={props.student} entries={list()} />}</Show> },
          { value: 'incidents', label: t('tabIncidents'), count: incidents.value()?.length, content: () => <Noticed /> },
          { value: 'messages', label: t('tabMessages'), count: entries.value() === undefined ? undefined : sent().length, content: () => <Show when={entries.value()} fallback={waiting()}><Sent /></Show> },
        ]}
      />
      <p class="StudentHistory__more"><Link href={`/staff/sessions/${props.sessionId}`}>{t('wholeTimeline')}</Link></p>
    </>
  );

  function Noticed(): JSX.Element {
    return (
      <Show
        when={incidents.value()}
        fallback={<Show when={incidents.error()} fallback={<Skeleton count={3} />}>{(problem) => <ProblemView compact problem={problem()} onRetry={() => incidents.reload()} />}</Show>}
      >
        {(list) => (
          <Show when={list().length > 0} fallback={<p class="soft">{t('noIncidents')}</p>}>
            <ul class="StudentHistory__list">
              <For each={list()}>{(seen) => <li><b>{kindText(seen.kind)}</b>{seen.count > 1 ? ` × ${seen.count}` : ''}<p class="soft">{formatTime(seen.lastAt, { seconds: true })}</p></li>}</For>
            </ul>
            <p class="soft StudentHistory__more">{t('incidentsNote')}</p>
          </Show>
        )}
      </Show>
    );
  }

  function Sent(): JSX.Element {
    return (
      <Show when={sent().length > 0} fallback={<p class="soft">{t('noMessages')}</p>}>
        <ul class="StudentHistory__list">
          <For each={sent()}>
            {(message) => (
              <li>
                <span dir="auto">{String(message.detail['text'] ?? '')}</span>
                <p class="soft">{formatTime(message.at, { seconds: true })}, {message.actor?.name ?? t('someone')}, {message.detail['forAll'] === true ? t('toAll') : t('toOne')}</p>
              </li>
            )}
          </For>
        </ul>
      </Show>
    );
  }
}

function Recent(props: { student: Student; entries: readonly TimelineEntry[] }): JSX.Element {
  const t = useMessages(messages);
  const say = useMessages(timelineMessages);
  const { nowMs } = useDesk();
  const past = createMemo<Entry[]>(() => shortHistory(props.entries).map((row): Entry => {
    if (row.type === 'saves') {
      const isLong = Date.parse(row.until) - Date.parse(row.at) > 1_000;
      return {
        key: row.id, time: formatTime(row.until, { seconds: true }), at: row.until, icon: CloudCheck, band: row.band,
        body: <>{t('foldedSaves', row.saves, row.items)}<Show when={isLong}> <span class="soft">{formatDuration(Date.parse(row.until) - Date.parse(row.at))}</span></Show></>,
      };
    }
    const what: Happening = { id: row.id, atMs: Date.parse(row.entry.at), lane: 'system', kind: row.entry.kind, minor: false, entry: row.entry, step: undefined };
    const told = tell(what, say);
    const byPerson = row.entry.actor !== null && row.entry.actor.role !== 'student';
    const more = [told.more, told.quote === undefined ? undefined : `“${told.quote}”`].filter((part) => part !== undefined).join(' ');
    return { key: row.id, time: formatTime(row.entry.at, { seconds: true }), at: row.entry.at, icon: iconOf(what), band: row.band, body: <>{byPerson ? <b>{told.what}</b> : told.what} {more}</> };
  }));
  const current = createMemo<'offline' | 'paused' | undefined>(() => (props.student.state === 'paused' ? 'paused' : isOffline(props.student) ? 'offline' : undefined));
  const present = (): Entry[] => {
    const now = current();
    if (now === 'paused') return [{ key: 'now', time: t('now'), icon: Pause, band: 'hold', body: <b class="ink-attention">{t('pausedNow', { time: formatDuration(Math.max(0, nowMs() - (props.student.pausedAtMs ?? nowMs()))) })}</b> }];
    if (now === 'offline') return [{ key: 'now', time: t('now'), icon: WifiOff, band: 'gap', body: <><b class="ink-act">{t('offlineNow', { time: formatDuration(Math.max(0, nowMs() - (props.student.offlineSinceMs ?? nowMs()))) })}</b> {t('lastSign', { time: formatTime(props.student.offlineSinceMs ?? nowMs(), { seconds: true }) })}</> }];
    return [];
  };
  return <>
    <Show when={present().length > 0}><Timeline label={t('now')} entries={present()} /></Show>
    <Timeline label={t('timelineOf')} entries={past()} />
  </>;
}
