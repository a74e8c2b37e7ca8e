import CalendarPlus from 'lucide-solid/icons/calendar-plus';
import ClipboardCheck from 'lucide-solid/icons/clipboard-check';
import { Show, type JSX } from 'solid-js';

import { formatDayParts, formatDuration, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';
import { Link, LinkButton } from '#web/ui/Link.tsx';
import { saveCalendarFile } from './calendar-file.ts';
import { examTimes, type ExamTimes, type PlacedExam } from './exam-times.ts';
import { messages } from './messages.ts';
import { isElsewhere, placeOfZone, spanText } from './when.ts';

/** An exam to come, with how long it is until then. */
export function NextExam(props: { item: PlacedExam; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const exam = () => props.item.exam;
  const times = (): ExamTimes | null => examTimes(exam());
  return (
    <article class="Card NextExam">
      <Show when={times()} fallback={<span class="Leaf" data-empty="" aria-hidden="true"><b>?</b></span>}>{(known) => <Leaf atMs={known().opensAtMs} />}</Show>
      <div class="NextExam__main">
        <h3><a class="NextExam__name" href={`/exams/${exam().id}`}>{exam().title}</a></h3>
        <Show when={times()} fallback={<p class="small soft">{t('noTimeYet')}</p>}>{(known) => <p class="NextExam__when small soft"><WindowText times={known()} zone={exam().window!.timeZone} nowMs={props.nowMs} /></p>}</Show>
        <p class="NextExam__links">
          <Show when={times()}>
            <LinkButton class="Link--icon" aria-label={t('addToCalendarOf', { title: exam().title })} onClick={() => saveCalendarFile(exam(), serverNowMs())}><CalendarPlus aria-hidden="true" />{t('addToCalendar')}</LinkButton>
          </Show>
          <Link href="/system-check" icon={ClipboardCheck} stands>{t('checkDevice')}</Link>
        </p>
      </div>
      <Show when={times()}>
        {(known) => <p class="NextExam__in"><b class="tabular">{formatDuration(known().opensAtMs - props.nowMs)}</b> <span>{t('untilOpens')}</span></p>}
      </Show>
    </article>
  );
}

/** A day as a leaf of a calendar. */
function Leaf(props: { atMs: number }): JSX.Element {
  const parts = () => formatDayParts(props.atMs);
  return <time class="Leaf" datetime={new Date(props.atMs).toISOString()}><span>{parts().weekday}</span><b>{parts().day}</b><span>{parts().month}</span></time>;
}

function WindowText(props: { times: ExamTimes; zone: string; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const span = () => spanText(props.times.opensAtMs, props.times.closesAtMs, props.nowMs);
  const there = (): string => {
    const { opensAtMs, closesAtMs } = props.times;
    if (!isElsewhere(opensAtMs, props.zone)) return '';
    const window = t('fromTo', { start: formatTime(opensAtMs, { zone: props.zone }), end: formatTime(closesAtMs, { zone: props.zone }) });
    return ` (${t('inZone', { window, place: placeOfZone(props.zone) ?? props.zone })})`;
  };
  return (
    <>
      <span classList={{ nowrap: span().isOneDay }} class="tabular">{t('fromTo', span())}</span>
      {`${there()}, ${t('haveTime', { time: formatDuration(props.times.ownMs) })}`}
    </>
  );
}
