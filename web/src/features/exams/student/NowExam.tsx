import ArrowRight from 'lucide-solid/icons/arrow-right';
import DoorOpen from 'lucide-solid/icons/door-open';
import Hourglass from 'lucide-solid/icons/hourglass';
import Pause from 'lucide-solid/icons/pause';
import Timer from 'lucide-solid/icons/timer';
import { Show, type JSX } from 'solid-js';

import { formatClock, formatDuration, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Sentence } from '#web/ui/Sentence.tsx';
import type { Session } from './api.ts';
import { endOfStart, examTimes, type PlacedExam } from './exam-times.ts';
import { messages } from './messages.ts';
import { whenText } from './when.ts';

/** An exam that can be begun or is running: the one thing to do on the page. */
export function NowExam(props: { item: PlacedExam; isFirst: boolean; nowMs: number }): JSX.Element {
  return (
    <article class="Card NowExam" data-accent="">
      <Show when={props.item.standing === 'running' && props.item.exam.session} fallback={<OpenExam item={props.item} isFirst={props.isFirst} nowMs={props.nowMs} />}>
        {(session) => <RunningExam title={props.item.exam.title} isFirst={props.isFirst} session={session()} nowMs={props.nowMs} />}
      </Show>
    </article>
  );
}

function OpenExam(props: { item: PlacedExam; isFirst: boolean; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const exam = () => props.item.exam;
  const times = () => examTimes(exam())!;
  // by the minute: a time that changes each second can not be read
  const minuteMs = (): number => Math.floor(props.nowMs / 60_000) * 60_000;
  const attempt = (): number => exam().rules.attempts - exam().rules.attemptsLeft + 1;
  return (
    <>
      <div class="NowExam__main">
        <Badge tone="accent" icon={DoorOpen}>{t('openSince', { time: whenText(times().opensAtMs, props.nowMs) })}</Badge>
        <h3 class="NowExam__name">{exam().title}</h3>
        <p>
          <Sentence text={t('ownTime', { time: formatDuration(times().ownMs) })} /> <Sentence text={t('endIfNow', { time: whenText(endOfStart(exam(), minuteMs()), props.nowMs) })} />
          <Show when={exam().rules.attempts > 1}> {t('attemptNext', attempt(), exam().rules.attempts)}</Show>
        </p>
      </div>
      <div class="NowExam__act">
        <Button kind={props.isFirst ? 'primary' : 'secondary'} size="large" wide iconEnd={ArrowRight} href={`/exams/${exam().id}`}>{t('goToExam')}</Button>
        <p class="small soft"><Sentence text={t('beginUntil', { time: whenText(times().entryEndsMs, props.nowMs), duration: formatDuration(roughMs(times().entryEndsMs - props.nowMs)) })} /></p>
      </div>
    </>
  );
}

function RunningExam(props: { title: string; isFirst: boolean; session: Session; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const deadlineMs = (): number | null => (props.session.deadlineAt === null ? null : Date.parse(props.session.deadlineAt));
  const isOver = (): boolean => deadlineMs() !== null && deadlineMs()! <= props.nowMs;
  const isPaused = (): boolean => props.session.state === 'paused';
  return (
    <>
      <div class="NowExam__main">
        <Show when={isPaused()} fallback={<Badge tone="accent" icon={isOver() ? Hourglass : Timer}>{t(isOver() ? 'timeOver' : 'running')}</Badge>}>
          <Badge tone="attention" icon={Pause}>{t('paused')}</Badge>
        </Show>
        <h3 class="NowExam__name">{props.title}</h3>
        <p>
          <Show when={!isPaused()} fallback={<Sentence text={t('pausedHelp', { time: formatDuration(props.session.remainingMs) })} />}>
            {t(isOver() ? 'timeOverHelp' : 'runningHelp')}
          </Show>
        </p>
      </div>
      <div class="NowExam__act">
        <Button kind={props.isFirst ? 'primary' : 'secondary'} size="large" wide iconEnd={ArrowRight} href={`/sit/${props.session.id}`}>{t('continueExam')}</Button>
        <Show when={!isPaused() && !isOver() && deadlineMs()}>
          {(endMs) => <p class="small soft"><Sentence text={t('timeLeft', { time: formatClock(endMs() - props.nowMs), end: formatTime(endMs()) })} /></p>}
        </Show>
      </div>
    </>
  );
}

/** Minutes from one minute up, so that the sentence stands still while it is read. */
function roughMs(ms: number): number {
  return ms < 60_000 ? ms : Math.floor(ms / 60_000) * 60_000;
}
