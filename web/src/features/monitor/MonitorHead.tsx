import Ban from 'lucide-solid/icons/ban';
import CalendarClock from 'lucide-solid/icons/calendar-clock';
import DoorOpen from 'lucide-solid/icons/door-open';
import History from 'lucide-solid/icons/undo-2';
import MessageSquare from 'lucide-solid/icons/message-square';
import OctagonX from 'lucide-solid/icons/octagon-x';
import Pause from 'lucide-solid/icons/pause';
import Play from 'lucide-solid/icons/play';
import Timer from 'lucide-solid/icons/timer';
import TimerReset from 'lucide-solid/icons/timer-reset';
import { createMemo, Show, type JSX } from 'solid-js';

import { ExamHeader } from '#web/features/exams/ExamHeader.tsx';
import { formatClock } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Menu, type MenuItem } from '#web/ui/Menu.tsx';
import { HeaderClock } from '#web/ui/PageHeader.tsx';

import { messages } from './messages.ts';
import { useDesk } from './monitor-context.ts';
import type { Exam } from './types.ts';

/** Title, the clock that most students see, and the acts for everybody. */
export function MonitorHead(props: { exam: Exam }): JSX.Element {
  const t = useMessages(messages);
  const { monitor, ask } = useDesk();
  const all = { kind: 'all' } as const;
  const counts = monitor.roster.counts;
  const isOver = (): boolean => props.exam.cancelledAt !== null || props.exam.state === 'archived';
  const isAhead = (): boolean => props.exam.state === 'published';
  const writing = (): number => counts().active + counts().paused;
  return (
    <ExamHeader
      exam={props.exam}
      page="monitor"
      actions={
        <>
          <Clock exam={props.exam} />
          <Show when={!isOver()}>
            <Button icon={MessageSquare} disabled={writing() === 0} onClick={() => ask({ type: 'message', scope: all })}>{t('message')}</Button>
            <Button kind="primary" icon={Timer} onClick={() => ask({ type: 'time', act: 'extend', scope: all, seconds: 300 })}>{t('changeTime')}</Button>
            <Menu label={t('more')} items={more()} />
          </Show>
        </>
      }
    />
  );

  function more(): MenuItem[] {
    const may = (act: string): boolean => monitor.may(act);
    const time = (act: 'pause' | 'resume' | 'shorten' | 'credit' | 'end', label: string, icon: typeof Pause, isOff: boolean, tone?: 'act'): MenuItem[] =>
      may(act) ? [{ label, icon, disabled: isOff, ...(tone === undefined ? {} : { tone }), onSelect: () => ask({ type: 'time', act, scope: all }) }] : [];
    const exam = (type: 'open' | 'cancel' | 'window', label: string, icon: typeof Pause, tone?: 'act'): MenuItem[] =>
      may(type) ? [{ label, icon, ...(tone === undefined ? {} : { tone }), onSelect: () => ask({ type }) }] : [];
    const grave = [...time('end', t('endAll'), OctagonX, writing() === 0 && !isOpenNow(), 'act'), ...exam('cancel', t('act.cancel'), Ban, 'act')];
    return [
      ...(isAhead() ? exam('open', t('act.open'), DoorOpen) : []),
      ...time('pause', t('pauseAll'), Pause, counts().active === 0),
      ...time('resume', t('resumeAll'), Play, counts().paused === 0),
      ...time('credit', t('act.credit'), History, writing() === 0),
      ...time('shorten', t('shortenAll'), TimerReset, writing() === 0),
      ...exam('window', t('act.window'), CalendarClock),
      ...(grave.length > 0 ? [{ separator: true } as const, { heading: t('stopHeading') }, ...grave] : []),
    ];
  }

  function isOpenNow(): boolean {
    return props.exam.state === 'open';
  }
}

/** The end that most students share, counting down; later ends and pauses beside it. */
function Clock(props: { exam: Exam }): JSX.Element {
  const t = useMessages(messages);
  const { monitor, nowMs } = useDesk();
  const ends = createMemo(() => {
    monitor.roster.epoch();
    const byEnd = new Map<number, number>();
    for (const { state, deadlineAtMs } of monitor.roster.students()) {
      if (state === 'active' && deadlineAtMs !== null) byEnd.set(deadlineAtMs, (byEnd.get(deadlineAtMs) ?? 0) + 1);
    }
    let atMs: number | undefined;
    let count = 0;
    for (const [end, many] of byEnd) if (many > count || (many === count && end < (atMs ?? end))) [atMs, count] = [end, many];
    const others = [...byEnd].filter(([end]) => end !== atMs);
    return { atMs, count, later: others.filter(([end]) => end > (atMs ?? 0)).reduce((sum, [, many]) => sum + many, 0) };
  });
  const opensMs = (): number => Date.parse(props.exam.window?.opensAt ?? '');
  const sub = (): string => {
    const { count, later } = ends();
    const paused = monitor.roster.counts().paused;
    return [t('leftFor', { count }), later > 0 ? t('leftLater', { count: later }) : '', paused > 0 ? t('leftPaused', { count: paused }) : ''].filter((part) => part !== '').join(', ');
  };
  return (
    <Show
      when={ends().atMs}
      fallback={
        <Show when={opensMs() > nowMs()} fallback={<Show when={monitor.roster.counts().paused > 0}><HeaderClock sub={t('allPaused', { count: monitor.roster.counts().paused })}>{t('state.paused')}</HeaderClock></Show>}>
          <HeaderClock sub={t('opensIn')}>{formatClock(opensMs() - nowMs())}</HeaderClock>
        </Show>
      }
    >
      {(atMs) => <HeaderClock sub={sub()}>{formatClock(atMs() - nowMs())}</HeaderClock>}
    </Show>
  );
}
