import CircleCheck from 'lucide-solid/icons/circle-check';
import Hourglass from 'lucide-solid/icons/hourglass';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { For, Show, type JSX } from 'solid-js';

import { formatDateTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { StateMark } from '#web/ui/Badge.tsx';
import { Card } from '#web/ui/Card.tsx';
import { Link } from '#web/ui/Link.tsx';

import type { ClosedExam } from './create-overview.ts';
import { messages } from './messages.ts';

/** Exams that are over, with what their certificate says and whether results are out. */
export function ClosedCard(props: { closed: readonly ClosedExam[] }): JSX.Element {
  const t = useMessages(messages);
  return (
    <Card flush title={t('closed')} actions={<Link href="/staff/exams?state=closed">{t('allExams')}</Link>}>
      <Show when={props.closed.length > 0} fallback={<p class="Overview__none">{t('nothingClosed')}</p>}>
        <ul class="Overview__list">
          <For each={props.closed}>
            {(entry) => (
              <li>
                <a href={`/staff/exams/${entry.exam.id}`} dir="auto">{entry.exam.title}</a>
                <span class="Overview__when"><CloseOutMark entry={entry} /></span>
                <span class="Overview__sub">{sentence(entry)}</span>
                <span class="Overview__links"><Link href={`/staff/exams/${entry.exam.id}/results`}>{t('results')}</Link> <Link href={`/staff/exams/${entry.exam.id}#close-out`}>{t('certificate')}</Link></span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Card>
  );

  function sentence({ exam, closeOut }: ClosedExam): string {
    const ended = exam.cancelledAt === null ? (exam.window === null ? '' : t('ended', { time: formatDateTime(exam.window.closesAt) })) : t('cancelled');
    const took = closeOut === undefined ? '' : t('endedCounts', closeOut.assigned - closeOut.counts.absent, closeOut.assigned, closeOut.counts.absent);
    return [ended, took, exam.resultsPublishedAt === null ? t('unpublished') : t('published')].filter((part) => part !== '').join('; ');
  }
}

function CloseOutMark(props: { entry: ClosedExam }): JSX.Element {
  const t = useMessages(messages);
  const isBroken = (): boolean => props.entry.closeOut?.state === 'closed' && props.entry.closeOut.invariants.some(({ holds }) => !holds);
  return (
    <Show when={props.entry.closeOut}>
      {(closeOut) => (
        <Show when={!isBroken()} fallback={<StateMark icon={TriangleAlert} tone="act" strong>{t('closeOut.broken')}</StateMark>}>
          <Show when={closeOut().state === 'closed'} fallback={<StateMark icon={Hourglass} tone="attention">{t(`closeOut.${closeOut().state}`)}</StateMark>}>
            <StateMark icon={CircleCheck} tone="done">{t('closeOut.closed')}</StateMark>
          </Show>
        </Show>
      )}
    </Show>
  );
}
