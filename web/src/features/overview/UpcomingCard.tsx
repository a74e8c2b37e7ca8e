import { For, Show, type JSX } from 'solid-js';

import type { Exam } from '#web/features/exams/api.ts';
import { messages as examMessages } from '#web/features/exams/messages.ts';
import { windowText } from '#web/features/exams/window-text.ts';
import { formatRelative } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';
import { Link } from '#web/ui/Link.tsx';

import { messages } from './messages.ts';

/** Published exams that have not opened. */
export function UpcomingCard(props: { exams: readonly Exam[]; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const say = useMessages(examMessages);
  return (
    <Card flush title={t('upcoming')} actions={<Link href="/staff/exams?state=published">{t('allExams')}</Link>}>
      <Show when={props.exams.length > 0} fallback={<p class="Overview__none">{t('nothingUpcoming')}</p>}>
        <ul class="Overview__list">
          <For each={props.exams}>
            {(exam) => (
              <li>
                <a href={`/staff/exams/${exam.id}`} dir="auto">{exam.title}</a>
                <span class="Overview__when">{exam.window === null ? '' : formatRelative(exam.window.opensAt, props.nowMs)}</span>
                <span class="Overview__sub">
                  {exam.window === null ? '' : windowText(exam.window, say as never)}. {exam.assignedCount === 0 ? t('nobody') : t('students', exam.assignedCount)}
                </span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Card>
  );
}
