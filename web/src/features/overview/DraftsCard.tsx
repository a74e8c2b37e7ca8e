import CircleCheck from 'lucide-solid/icons/circle-check';
import { For, Show, type JSX } from 'solid-js';

import type { Exam } from '#web/features/exams/api.ts';
import { formatRelative } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { StateMark } from '#web/ui/Badge.tsx';
import { Card } from '#web/ui/Card.tsx';
import { Link } from '#web/ui/Link.tsx';

import { draftGaps } from './gaps.ts';
import { messages } from './messages.ts';

/** Exams that are not published yet, with what they lack. */
export function DraftsCard(props: { drafts: readonly Exam[]; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  return (
    <Card flush title={t('drafts')} actions={<Link href="/staff/exams?state=draft">{t('allExams')}</Link>}>
      <Show when={props.drafts.length > 0} fallback={<p class="Overview__none">{t('nothingDrafts')}</p>}>
        <ul class="Overview__list">
          <For each={props.drafts}>
            {(exam) => {
              const gaps = draftGaps(exam, props.nowMs);
              return (
                <li>
                  <a href={`/staff/exams/${exam.id}/edit`} dir="auto">{exam.title.trim() === '' ? t('untitled') : exam.title}</a>
                  <span class="Overview__when">{formatRelative(exam.updatedAt, props.nowMs)}</span>
                  <span class="Overview__sub">
                    <Show when={gaps.length > 0} fallback={<StateMark icon={CircleCheck} tone="done">{t('ready')}</StateMark>}>{t('missing', { list: gaps.map((gap) => t(`gap.${gap}`)).join(', ') })}</Show>
                  </span>
                </li>
              );
            }}
          </For>
        </ul>
      </Show>
    </Card>
  );
}
