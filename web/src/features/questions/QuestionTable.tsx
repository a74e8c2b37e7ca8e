import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { For, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { formatDate } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Tag } from '#web/ui/Badge.tsx';
import type { Column } from '#web/ui/table.ts';

import type { Question } from './api.ts';
import { messages as listMessages } from './list/messages.ts';
import { messages } from './messages.ts';
import { plainLine } from './plain-line.ts';
import { TYPE_ICONS } from './question-types.ts';

import './question-table.css';

/** Sign of the type of a question, with its name. */
export function TypeSign(props: { type: Question['type'] }): JSX.Element {
  const t = useMessages(messages);
  return <span class="TypeSign" role="img" aria-label={t(`type.${props.type}`)} title={t(`type.${props.type}`)}><Dynamic component={TYPE_ICONS[props.type]} /></span>;
}

/** Columns of a table of questions. */
export function questionColumns(): readonly Column<Question>[] {
  const t = useMessages(listMessages);
  const b = useMessages(messages);
  return [
    { id: 'text', header: t('question'), width: '100%', cell: (question) => <QuestionCell question={question} /> },
    { id: 'tags', header: t('tags'), width: '190px', dropBelow: 760, card: 'none', cell: (question) => <Tags tags={question.tags} /> },
    { id: 'difficulty', header: t('difficulty'), width: '92px', sortable: true, dropBelow: 880, card: 'none', cell: (question) => b(`difficulty.${question.difficulty}`) },
    { id: 'points', header: t('points'), width: '70px', align: 'end', dropBelow: 520, card: 'end', cell: (question) => question.points },
    { id: 'used', header: t('used'), width: '64px', align: 'end', dropBelow: 640, card: 'none', cell: (question) => <span classList={{ soft: question.usageCount === 0 }}>{question.usageCount}</span> },
    { id: 'updatedAt', header: t('changed'), width: '150px', align: 'end', sortable: true, dropBelow: 760, card: 'none', cell: (question) => <span class="soft nowrap">{shortDate(question.updatedAt)}, {t('version', { version: question.version })}</span> },
  ];
}

function QuestionCell(props: { question: Question }): JSX.Element {
  const t = useMessages(listMessages);
  const b = useMessages(messages);
  const lacksAlt = (): boolean => props.question.media.some(({ alt }) => (alt ?? '').trim() === '');
  return (
    <span class="QuestionCell">
      <TypeSign type={props.question.type} />
      <span class="QuestionCell__text" dir="auto">{plainLine(props.question.text) || <span class="soft">{b('noText')}</span>}</span>
      <Show when={lacksAlt()}><span class="QuestionCell__note"><TriangleAlert />{t('noAlt')}</span></Show>
    </span>
  );
}

function Tags(props: { tags: readonly string[] }): JSX.Element {
  return (
    <span class="QuestionTags">
      <For each={props.tags.slice(0, 2)}>{(tag) => <Tag>{tag}</Tag>}</For>
      <Show when={props.tags.length > 2}><span class="soft" title={props.tags.slice(2).join(', ')}>+{props.tags.length - 2}</span></Show>
    </span>
  );
}

function shortDate(at: string): string {
  return formatDate(at, { weekday: 'short' }).replace(/^\S+ /, '').replace(/ (\p{L}{3})\p{L}* /u, ' $1 ');
}
