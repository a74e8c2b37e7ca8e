import CalendarClock from 'lucide-solid/icons/calendar-clock';
import CloudOff from 'lucide-solid/icons/cloud-off';
import DoorOpen from 'lucide-solid/icons/door-open';
import { createMemo, Match, Show, Switch, type JSX } from 'solid-js';

import { formatDuration, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Sentence } from '#web/ui/Sentence.tsx';
import type { StudentExam } from './api.ts';
import { BigTime } from './BigTime.tsx';
import type { createExamEntry } from './create-exam-entry.ts';
import { DayLine } from './DayLine.tsx';
import { endOfStart, examTimes } from './exam-times.ts';
import { messages } from './messages.ts';
import { kindOfMove, type Move } from './move.ts';
import { StartPanel } from './StartPanel.tsx';
import { whenText } from './when.ts';

/** Nobody waits longer than this in front of a page. */
const LONG_MS = 3_600_000;

/** The waiting room, which becomes the start: countdown, what was moved, and one button that stays where it is. */
export function EntryPanel(props: { entry: ReturnType<typeof createExamEntry>; exam: StudentExam; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const times = createMemo(() => examTimes(props.exam));
  const isOpen = createMemo(() => times() !== null && props.nowMs >= times()!.opensAtMs);
  const move = (): Move | undefined => {
    const found = props.entry.move();
    return found === undefined || kindOfMove(found) === undefined ? undefined : found;
  };
  return (
    <section class="Entry" aria-labelledby="entry-label">
      <div class="Entry__row">
        <div class="Entry__now">
          <Show when={times()} fallback={<p class="Entry__label" id="entry-label">{t('noTimeYet')}</p>}>
            {(known) => (
              <>
                <h2 class="Entry__label" id="entry-label" aria-live="polite">{t(isOpen() ? 'beginBy' : 'startsIn')}</h2>
                <BigTime ms={(isOpen() ? known().entryEndsMs : known().opensAtMs) - props.nowMs} />
                <StartPanel exam={props.exam} times={known()} nowMs={props.nowMs} onRefused={() => props.entry.reload()} />
              </>
            )}
          </Show>
        </div>
        <div class="Entry__slot" aria-live="polite">
          <Show when={move()}>{(moved) => <Moved move={moved()} exam={props.exam} nowMs={props.nowMs} />}</Show>
          <Show when={props.entry.streamState() === 'offline'}><Banner tone="attention" icon={CloudOff} title={t('offline')} /></Show>
          <Show when={times()}>
            {(known) => (
              <Switch>
                <Match when={isOpen()}>
                  <Banner icon={DoorOpen} title={t('openNow')}><p><Sentence text={t('ownTime', { time: formatDuration(known().ownMs) })} /> <Sentence text={t('endIfNow', { time: whenText(endOfStart(props.exam, minuteOf(props.nowMs)), props.nowMs) })} /></p></Banner>
                </Match>
                <Match when={move() === undefined && known().opensAtMs - props.nowMs > LONG_MS}>
                  <Banner icon={CalendarClock} title={t('comeBack')}><p>{t('comeBackHelp', { time: whenText(known().opensAtMs, props.nowMs) })}</p></Banner>
                </Match>
                <Match when={move() === undefined}>
                  <Banner icon={DoorOpen} title={t('nothingToPress')}><p>{t('nothingToPressHelp', { time: whenText(known().opensAtMs, props.nowMs) })}</p></Banner>
                </Match>
              </Switch>
            )}
          </Show>
        </div>
      </div>
      <Show when={times()}>{(known) => <DayLine exam={props.exam} times={known()} nowMs={props.nowMs} />}</Show>
    </section>
  );
}

function Moved(props: { move: Move; exam: StudentExam; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const text = (atMs: number): string => whenText(atMs, props.nowMs);
  const title = (): string =>
    kindOfMove(props.move) === 'start'
      ? t('movedTitle', { from: text(props.move.opensFromMs!), to: text(props.move.opensToMs) })
      : t('movedEnd', { from: text(props.move.closesFromMs!), to: text(props.move.closesToMs) });
  // true only when nobody who begins at the opening is cut off by the end
  const isWhole = (): boolean => endOfStart(props.exam, props.move.opensToMs) - props.move.opensToMs >= examTimes(props.exam)!.ownMs;
  return (
    <Banner tone="info" icon={CalendarClock} title={title()} by={t('movedBy', { time: formatTime(props.move.atMs) })}>
      <p>
        <Show when={props.move.reason}>{(reason) => <>{sentence(reason())} </>}</Show>
        <Show when={isWhole()}>{t('movedOwnTime', { time: formatDuration(examTimes(props.exam)!.ownMs) })}</Show>
      </p>
    </Banner>
  );
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

function minuteOf(ms: number): number {
  return Math.floor(ms / 60_000) * 60_000;
}
