import GripVertical from 'lucide-solid/icons/grip-vertical';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { createSignal, For, Show, type JSX } from 'solid-js';

import type { Question } from '#web/features/questions/api.ts';
import { plainLine } from '#web/features/questions/plain-line.ts';
import { TypeSign } from '#web/features/questions/QuestionTable.tsx';
import { useMessages } from '#web/lib/i18n.ts';
import { Tag } from '#web/ui/Badge.tsx';
import { Menu, type MenuItem } from '#web/ui/Menu.tsx';

import { messages } from './messages.ts';

/** A fixed question of a section: handle, number, text, tags, points. */
export function ItemRow(props: {
  item: { readonly questionId: string; readonly points: string };
  number: number;
  question: Question | null | undefined;
  error: string | undefined;
  menu: readonly MenuItem[];
  isDragged: boolean;
  isOver: boolean;
  onPoints: (points: string) => void;
  onStep: (by: -1 | 1) => void;
  onDrag: (on: boolean) => void;
}): JSX.Element {
  const t = useMessages(messages);
  const [isHeld, setHeld] = createSignal(false);
  const isGone = (): boolean => props.question === null || (props.question as { deletedAt?: string | null } | undefined)?.deletedAt != null;
  const note = (): string | undefined => {
    if (isGone()) return t('gone');
    if (props.error !== undefined) return props.error;
    return props.question?.media.some(({ alt }) => (alt ?? '').trim() === '') ? t('noAlt') : undefined;
  };
  return (
    <li
      class="Item"
      data-dragged={props.isDragged ? '' : undefined}
      data-over={props.isOver ? '' : undefined}
      draggable={isHeld()}
      onDragStart={(event) => {
        if (event.dataTransfer !== null) {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', '');
        }
        props.onDrag(true);
      }}
      onDragEnd={() => {
        setHeld(false);
        props.onDrag(false);
      }}
    >
      <button
        type="button"
        class="Item__grip"
        aria-label={t('move', { number: props.number })}
        title={t('move', { number: props.number })}
        onPointerDown={() => setHeld(true)}
        onPointerUp={() => setHeld(false)}
        onKeyDown={(event) => {
          if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
          event.preventDefault();
          props.onStep(event.key === 'ArrowUp' ? -1 : 1);
        }}
      >
        <GripVertical />
      </button>
      <span class="Item__n">{props.number}</span>
      <Show when={props.question} fallback={<span />}>{(question) => <TypeSign type={question().type} />}</Show>
      <span class="Item__text">
        <span class="Item__clip" dir="auto">{props.question === undefined ? t('loadingQuestion') : props.question === null ? props.item.questionId : plainLine(props.question.text)}</span>
        <Show when={note()}>{(text) => <span class="Item__note"><TriangleAlert />{text()}</span>}</Show>
      </span>
      <span class="Item__tags"><For each={props.question?.tags.slice(0, 1) ?? []}>{(tag) => <Tag>{tag}</Tag>}</For></span>
      <input
        class="Item__points"
        inputmode="decimal"
        aria-label={t('itemPoints', { number: props.number })}
        aria-invalid={props.error === undefined ? undefined : 'true'}
        value={props.item.points}
        onChange={(event) => props.onPoints(event.currentTarget.value.trim().replace(',', '.') || '0')}
        onFocus={(event) => event.currentTarget.select()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) event.currentTarget.blur();
        }}
      />
      <Menu label={t('itemMore', { number: props.number })} kind="quiet" size="small" items={props.menu} />
    </li>
  );
}
