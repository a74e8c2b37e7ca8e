import ChevronDown from 'lucide-solid/icons/chevron-down';
import History from 'lucide-solid/icons/file-clock';
import PenLine from 'lucide-solid/icons/pen-line';
import { createSignal, createUniqueId, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { RichText } from '#web/ui/RichText.tsx';

import type { MarkReply, ReviewItem } from '../api.ts';
import { exactTime } from '../clock-text.ts';
import { messages } from '../messages.ts';
import { MarkForm } from './MarkForm.tsx';
import { pointsText } from './points-text.ts';
import { ResponseView } from './ResponseView.tsx';
import { Revisions } from './Revisions.tsx';

import './item-card.css';

/** Props of one answer. */
export interface ItemCardProps {
  sessionId: string;
  item: ReviewItem;
  number: number;
  /** Null: nothing can be marked yet, or not by the reader. */
  resultVersion: number | null;
  /** Proctors see when something was answered, never what. */
  withContent: boolean;
  onMarked: (reply: MarkReply) => void;
  onStale: () => void;
}

/** One question of the paper with its final answer, the key, the mark, and how the answer came about. */
export function ItemCard(props: ItemCardProps): JSX.Element {
  const t = useMessages(messages);
  const id = createUniqueId();
  const [isOpen, setOpen] = createSignal(false);
  const [isMarking, setMarking] = createSignal(false);
  const mark = () => props.item.mark ?? undefined;
  const isPending = (): boolean => mark()?.state === 'pending';
  const words = (): number | undefined => {
    const response = props.item.answer?.response as { text?: unknown } | null | undefined;
    return props.item.type === 'essay' && typeof response?.text === 'string' ? response.text.replace(/<[^>]*>/g, ' ').split(/\s+/).filter((word) => word !== '').length : undefined;
  };
  const facts = (): string => [
    words() === undefined ? undefined : t('words', { count: words()! }),
    props.item.answer === null ? undefined : t('savedAt', { time: exactTime(props.item.answer.savedAt) }),
    props.item.revisions > 1 ? t('savedTimes', { count: props.item.revisions }) : undefined,
  ].filter((fact) => fact !== undefined).join(', ');
  return (
    <article class="ItemCard" aria-labelledby={id} id={`item-${props.item.itemId}`}>
      <header class="ItemCard__head">
        <h3 id={id}>{t('question', { number: props.number })}</h3>
        <Show when={isPending()}><Badge tone="attention" icon={PenLine}>{t('toMark')}</Badge></Show>
        <span class="ItemCard__points">
          <Show when={mark()?.state === 'graded' && mark()} fallback={t('pointsMax', { max: pointsText(props.item.points) })}>
            {(given) => <><b data-full={Number(given().points) >= Number(given().maxPoints) ? '' : undefined}>{pointsText(given().points ?? '–')}</b> {t('ofMax', { max: pointsText(given().maxPoints) })}<Show when={given().source === 'manual'}>, {t('byHand')}</Show></>}
          </Show>
        </span>
      </header>
      <RichText class="ItemCard__text" text={withGaps(props.item.text)} />
      <Show when={props.withContent} fallback={<p class="small soft">{props.item.answer === null ? t('noAnswer') : facts()}</p>}>
        <ResponseView item={props.item} response={props.item.answer?.response ?? null} />
      </Show>
      <Show when={mark()?.comment}>{(comment) => <p class="ItemCard__comment" dir="auto">{t('quote', { reason: comment() })}</p>}</Show>
      <Show when={props.withContent}><footer class="ItemCard__foot">
        <span class="soft">{facts()}</span>
        <span class="ItemCard__acts">
          <Show when={props.withContent && props.item.revisions > 0}>
            <Button size="small" kind="quiet" icon={isOpen() ? ChevronDown : History} aria-expanded={isOpen()} onClick={() => setOpen(!isOpen())}>{isOpen() ? t('hideRevisions') : t('showRevisions')}</Button>
          </Show>
          <Show when={mark()?.state === 'graded' && props.resultVersion !== null}>
            <Button size="small" kind="quiet" icon={PenLine} aria-expanded={isMarking()} onClick={() => setMarking(!isMarking())}>{t('markEdit')}</Button>
          </Show>
        </span>
      </footer></Show>
      <Show when={isOpen()}><Revisions sessionId={props.sessionId} item={props.item} /></Show>
      <Show when={(isPending() || isMarking()) && props.resultVersion !== null}>
        <MarkForm sessionId={props.sessionId} item={props.item} resultVersion={props.resultVersion!} onStale={props.onStale} onSaved={props.onMarked} />
      </Show>
    </article>
  );
}

// the name of a gap says more here than its brackets
function withGaps({ format, value }: ReviewItem['text']): ReviewItem['text'] {
  return { format, value: value.replace(/\[\[([^[\]]{1,100})\]\]/g, '[$1]') };
}
