import MessageSquare from 'lucide-solid/icons/message-square';
import Pause from 'lucide-solid/icons/pause';
import Play from 'lucide-solid/icons/play';
import Timer from 'lucide-solid/icons/timer';
import WifiOff from 'lucide-solid/icons/wifi-off';
import { createMemo, ErrorBoundary, Show, type JSX } from 'solid-js';

import { currentUser } from '#web/lib/auth.ts';
import { formatClock, formatDuration, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Notice } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Drawer } from '#web/ui/Drawer.tsx';
import { Facts } from '#web/ui/Facts.tsx';
import { Menu } from '#web/ui/Menu.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';

import { LONG_OFFLINE_MS } from './attention.ts';
import { messages } from './messages.ts';
import { useDesk } from './monitor-context.ts';
import { STATE_MARKS } from './state-marks.ts';
import { isBehind, isOffline, isOpen, leftMs } from './student.ts';
import { studentActs } from './student-acts.ts';
import { StudentHistory } from './StudentHistory.tsx';
import type { Student } from './types.ts';

import './student-drawer.css';

/** Everything about one student beside the table, with what can be done. */
export function StudentDrawer(): JSX.Element {
  const { monitor, openKey } = useDesk();
  const student = createMemo(() => (openKey() === undefined ? undefined : monitor.roster.student(openKey()!)));
  return <Show when={student()?.key} keyed>{(_key) => <Open student={student()!} />}</Show>;
}

function Open(props: { student: Student }): JSX.Element {
  const t = useMessages(messages);
  const { monitor, view, openStudent, ask, nowMs } = useDesk();
  const index = createMemo(() => view.keys().indexOf(props.student.key));
  const keys = (): string[] => [props.student.key];
  const scope = (): { kind: 'students'; keys: string[] } => ({ kind: 'students', keys: keys() });
  const step = (by: number): (() => void) | undefined => {
    const next = index() === -1 ? undefined : view.keys()[index() + by];
    return next === undefined ? undefined : () => openStudent(next);
  };
  const batch = (): string | undefined => monitor.batches().find(({ id }) => id === props.student.batchId)?.name;
  const sub = (): string => [props.student.externalId, batch(), props.student.attempt > 1 ? t('attempt', { number: props.student.attempt }) : undefined].filter((part) => part !== undefined && part !== null).join(', ');
  return (
    <Drawer
      open
      onClose={() => openStudent(undefined)}
      title={<span dir="auto">{props.student.name}</span>}
      sub={sub()}
      previousLabel={t('previousStudent')}
      nextLabel={t('nextStudent')}
      {...(step(-1) === undefined ? {} : { onPrevious: step(-1)! })}
      {...(step(1) === undefined ? {} : { onNext: step(1)! })}
      footer={
        <>
          <Show when={isOpen(props.student)}>
            <Button kind="primary" icon={Timer} onClick={() => ask({ type: 'time', act: 'extend', scope: scope(), seconds: 600 })}>{t('extend')}</Button>
            <Button icon={MessageSquare} onClick={() => ask({ type: 'message', scope: scope() })}>{t('message')}</Button>
            <Show when={props.student.state === 'paused'} fallback={<Button icon={Pause} onClick={() => ask({ type: 'time', act: 'pause', scope: scope() })}>{t('pause')}</Button>}>
              <Button icon={Play} onClick={() => ask({ type: 'time', act: 'resume', scope: scope() })}>{t('resume')}</Button>
            </Show>
          </Show>
          <span class="push" />
          <Show when={studentActs([props.student], monitor, t as never, ask).length > 0}>
            <Menu label={t('moreActs')} items={studentActs([props.student], monitor, t as never, ask)} />
          </Show>
        </>
      }
    >
      <div class="StudentDrawer__top">
        <Clock student={props.student} />
        <Mark student={props.student} />
      </div>
      <Show when={note(props.student)}>{(text) => <Notice>{text()}</Notice>}</Show>
      <div class="StudentDrawer__facts"><Facts items={facts(props.student)} /></div>
      <Show when={props.student.sessionId}>
        {(sessionId) => (
          // whatever is wrong with one history must not take the room away
          <ErrorBoundary fallback={(problem: unknown, reset) => <ProblemView compact problem={problem} onRetry={reset} />}>
            <StudentHistory student={props.student} sessionId={sessionId()} />
          </ErrorBoundary>
        )}
      </Show>
    </Drawer>
  );

  function note(student: Student): string | undefined {
    if (student.state === 'absent') return t('absentNote');
    if (student.state === 'paused') return t('pausedNote');
    return isOffline(student) && nowMs() - (student.offlineSinceMs ?? nowMs()) > LONG_OFFLINE_MS ? t('offlineNote', { count: student.answered }) : undefined;
  }

  function facts(student: Student): (readonly [string, JSX.Element])[] {
    if (student.state === 'absent') return [];
    const saved = student.lastSavedAtMs === null ? t('answeredNever', { answered: student.answered, total: student.total }) : t('answeredFact', { answered: student.answered, total: student.total, time: formatTime(student.lastSavedAtMs, { seconds: true }) });
    const pairs: (readonly [string, JSX.Element])[] = [[t('answered'), saved], [t('lastChange'), <LastChange student={student} />]];
    if (student.entitledMs !== undefined) {
      const isUsual = student.multiplier === undefined || Number(student.multiplier) === 1;
      pairs.push([t('ownTime'), isUsual ? formatDuration(student.entitledMs) : t('ownTimes', { time: formatDuration(student.entitledMs), multiplier: Number(student.multiplier) })]);
    }
    if (student.startedAtMs !== null) pairs.push([t('started'), formatTime(student.startedAtMs, { seconds: true })]);
    if (student.closedAtMs !== null) pairs.push([t('closedFact'), formatTime(student.closedAtMs, { seconds: true })]);
    return pairs;
  }
}

function LastChange(props: { student: Student }): JSX.Element {
  const t = useMessages(messages);
  const { monitor } = useDesk();
  const words = (): string => {
    const change = props.student.lastChange;
    if (change === null) return props.student.version <= 1 ? t('noChange') : '';
    const kind = AFTER_EVENT[change.kind] ?? change.kind;
    const what = kind in CHANGES ? t(`change.${kind as keyof typeof CHANGES}`) : kind.replaceAll('-', ' ');
    const actor = monitor.latest.actorOf(props.student);
    const by = actor === null ? '' : ` ${t('by', { name: actor.id === currentUser()?.id ? t('you') : actor.name })}`;
    return `${what} ${t('atTime', { time: formatTime(change.atMs, { seconds: true }) })}${by}${change.reason === null ? '' : `: “${change.reason}”`}`;
  };
  return (
    <>
      <span dir="auto">{words()}</span>
      <Show when={isOpen(props.student) && props.student.version > 1}>
        {words() === '' ? '' : ', '}
        <Show when={isBehind(props.student)} fallback={<span class="ink-done">{t('seen')}</span>}><span class="ink-attention">{t('notSeenYet')}</span></Show>
      </Show>
    </>
  );
}

const CHANGES = { extend: true, shorten: true, credit: true, pause: true, resume: true, reopen: true, window: true, submit: true, expire: true, end: true, terminate: true, withdraw: true, cancel: true } as const;
/** Events name the state they lead to, lists the command. */
const AFTER_EVENT: Readonly<Record<string, string>> = { paused: 'pause', resumed: 'resume', reopened: 'reopen', closed: 'end' };

function Clock(props: { student: Student }): JSX.Element {
  const t = useMessages(messages);
  const { nowMs } = useDesk();
  const left = (): number | null => leftMs(props.student, nowMs());
  return (
    <Show when={left() !== null} fallback={<span />}>
      <p class="StudentDrawer__clock">
        <b>{formatClock(left()!)}</b>{' '}
        <span class="soft">
          {props.student.state === 'paused'
            ? t('standsAt', { time: formatTime(props.student.pausedAtMs ?? nowMs()) })
            : t('left', { time: formatTime(props.student.deadlineAtMs ?? nowMs(), { seconds: true }) })}
        </span>
      </p>
    </Show>
  );
}

function Mark(props: { student: Student }): JSX.Element {
  const t = useMessages(messages);
  const { nowMs } = useDesk();
  const goneMs = (): number => Math.max(0, nowMs() - (props.student.offlineSinceMs ?? nowMs()));
  return (
    <Show
      when={isOffline(props.student)}
      fallback={<Badge tone={STATE_MARKS[props.student.state].tone} icon={STATE_MARKS[props.student.state].icon}>{t(`state.${props.student.state}`)}</Badge>}
    >
      <Badge tone={goneMs() > LONG_OFFLINE_MS ? 'act' : 'attention'} icon={WifiOff}>{t('offlineChip', { time: formatDuration(goneMs()) })}</Badge>
    </Show>
  );
}
