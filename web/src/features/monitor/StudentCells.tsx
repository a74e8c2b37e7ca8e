import Eye from 'lucide-solid/icons/eye-off';
import Flag from 'lucide-solid/icons/flag';
import Hand from 'lucide-solid/icons/hand';
import Wifi from 'lucide-solid/icons/wifi';
import WifiOff from 'lucide-solid/icons/wifi-off';
import { Show, type JSX } from 'solid-js';

import { formatClock, formatDuration, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { StateMark } from '#web/ui/Badge.tsx';
import { Progress } from '#web/ui/Progress.tsx';

import { LONG_OFFLINE_MS } from './attention.ts';
import { messages } from './messages.ts';
import { useDesk } from './monitor-context.ts';
import { STATE_MARKS } from './state-marks.ts';
import { isBehind, isOffline, isOpen, leftMs } from './student.ts';
import type { Student } from './types.ts';

import './student-cells.css';

type CellProps = { student: Student };

/** Name with the number below it. */
export function NameCell(props: CellProps): JSX.Element {
  const t = useMessages(messages);
  const line = (): string => [props.student.externalId, props.student.attempt > 1 ? t('attempt', { number: props.student.attempt }) : null].filter((part) => part !== null).join(', ');
  return <span class="Person" title={props.student.name}><b dir="auto">{props.student.name}</b><span>{line()}</span></span>;
}

/** State as icon and word. */
export function StateCell(props: CellProps): JSX.Element {
  const t = useMessages(messages);
  const mark = (): (typeof STATE_MARKS)[keyof typeof STATE_MARKS] => STATE_MARKS[props.student.state];
  return <StateMark icon={mark().icon} tone={mark().tone}>{t(`state.${props.student.state}`)}</StateMark>;
}

/** Answered questions as a small bar. */
export function AnsweredCell(props: CellProps): JSX.Element {
  const t = useMessages(messages);
  return (
    <Show when={props.student.total > 0} fallback={<span class="soft" aria-label={t('none')}>–</span>}>
      <Progress short value={props.student.answered} max={props.student.total} label={t('answeredBy', { name: props.student.name })} text={t('answeredOf', { answered: props.student.answered, total: props.student.total })} />
    </Show>
  );
}

/** What is left by the server's clock, and the end below it. */
export function TimeCell(props: CellProps): JSX.Element {
  const t = useMessages(messages);
  const { nowMs } = useDesk();
  // the clock is read only where one runs: closed rows do not wake each second
  const left = (): number | null => (props.student.state === 'active' ? leftMs(props.student, nowMs()) : null);
  return (
    <span class="TimeCell">
      <Show when={isOpen(props.student)} fallback={<span>{closedText()}</span>}>
        <Show when={props.student.state === 'active'} fallback={<><b>{formatClock(props.student.remainingMs)}</b><span>{t('clockStands')}</span></>}>
          <b>{formatClock(left() ?? 0)}</b>
          <span>{props.student.deadlineAtMs === null ? '' : t('endsAt', { time: formatTime(props.student.deadlineAtMs, { seconds: true }) })}</span>
        </Show>
      </Show>
    </span>
  );

  function closedText(): string {
    if (props.student.state === 'absent') return t('notStartedYet');
    return props.student.closedAtMs === null ? '' : t('handedInAt', { time: formatTime(props.student.closedAtMs, { seconds: true }) });
  }
}

/** Whether the page is connected, and for how long it is not. */
export function ConnectionCell(props: CellProps): JSX.Element {
  const t = useMessages(messages);
  const { nowMs } = useDesk();
  const goneMs = (): number => Math.max(0, nowMs() - (props.student.offlineSinceMs ?? nowMs()));
  return (
    <Show when={isOpen(props.student)} fallback={<span class="soft">{props.student.state === 'absent' ? '–' : t('closed')}</span>}>
      <Show when={isOffline(props.student)} fallback={<StateMark icon={Wifi}>{t('online')}</StateMark>}>
        <Show when={goneMs() > LONG_OFFLINE_MS} fallback={<StateMark icon={WifiOff} tone="attention">{formatDuration(goneMs())}</StateMark>}>
          <StateMark icon={WifiOff} tone="act" strong>{formatDuration(goneMs())}</StateMark>
        </Show>
      </Show>
    </Show>
  );
}

/** When something was last saved. */
export function SaveCell(props: CellProps): JSX.Element {
  const t = useMessages(messages);
  return (
    <Show when={props.student.lastSavedAtMs} fallback={<span class="soft" aria-label={t('none')}>–</span>}>
      {(at) => <span class="tabular">{formatTime(at(), { seconds: true })}</span>}
    </Show>
  );
}

/** What is to look at: help, a change that was not seen, what the page noticed. */
export function NoticeCell(props: CellProps): JSX.Element {
  const t = useMessages(messages);
  const { monitor, nowMs } = useDesk();
  const help = (): { at: string; claimedBy: unknown } | undefined => monitor.help().find(({ sessionId }) => sessionId === props.student.key);
  return (
    <Show when={help()} fallback={<Quiet />}>
      {(asked) => <StateMark icon={Hand} tone={asked().claimedBy === null ? 'act' : 'attention'} strong>{t('help', { time: formatDuration(Math.max(0, nowMs() - Date.parse(asked().at))) })}</StateMark>}
    </Show>
  );

  function Quiet(): JSX.Element {
    return (
      <Show when={isBehind(props.student)} fallback={
        <Show when={props.student.incidents > 0} fallback={<span class="soft" aria-label={t('none')}>–</span>}>
          <StateMark icon={Flag}>{t('noticed', props.student.incidents)}</StateMark>
        </Show>
      }>
        <StateMark icon={Eye} tone="attention">{t('notSeen')}</StateMark>
      </Show>
    );
  }
}
