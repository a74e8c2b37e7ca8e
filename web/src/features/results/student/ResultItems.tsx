import Check from 'lucide-solid/icons/check';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import Contrast from 'lucide-solid/icons/contrast';
import Hourglass from 'lucide-solid/icons/hourglass';
import Minus from 'lucide-solid/icons/minus';
import X from 'lucide-solid/icons/x';
import { createEffect, createMemo, createSignal, For, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import type { Icon } from '#web/ui/icon.ts';
import { RichText } from '#web/ui/RichText.tsx';
import { Sentence } from '#web/ui/Sentence.tsx';
import { AnswerReview } from './AnswerReview.tsx';
import type { ReleasedItem } from './api.ts';
import { MarkerWords } from './MarkerWords.tsx';
import { messages } from './messages.ts';
import { formatPoints } from './points.ts';
import { summaryOf } from './summary.ts';
import { type ItemVerdict, sectionsOf, verdictOf } from './verdict.ts';

import '#web/ui/card.css';

const ICONS: Readonly<Record<Exclude<ItemVerdict, 'hidden'>, Icon>> = { right: Check, partly: Contrast, wrong: X, empty: Minus, pending: Hourglass };

/** Every question with the own answer, and with the key and the explanation where they are released. */
export function ResultItems(props: { items: readonly ReleasedItem[]; sessionId: string }): JSX.Element {
  const t = useMessages(messages);
  const sections = createMemo(() => sectionsOf(props.items));
  const [isAllOpen, setAllOpen] = createSignal(false);
  const isFoldable = (): boolean => props.items.some(({ item, key, feedback }) => item !== undefined || key !== undefined || feedback !== undefined);
  return (
    <>
      <For each={sections()}>
        {(section, at) => (
          <section class="ResultSection" aria-label={section.title || t('section', { number: at() + 1 })}>
            <div class="ResultSection__head">
              <h2><Show when={sections().length > 1} fallback={section.title || t('yourAnswer')}>{t('section', { number: at() + 1 })} <span class="soft">{section.title}</span></Show></h2>
              <Show when={section.points !== undefined}><p class="tabular"><Sentence text={t('pointsOf', { points: formatPoints(section.points!), max: formatPoints(section.maxPoints!) })} /></p></Show>
              <Show when={at() === 0 && isFoldable()}><Button kind="quiet" onClick={() => setAllOpen(!isAllOpen())}>{t(isAllOpen() ? 'closeAll' : 'openAll')}</Button></Show>
            </div>
            <ol class="Card ResultItems">
              <For each={section.items}>{({ number, item }) => <li><Item number={number} item={item} sessionId={props.sessionId} isOpen={isAllOpen()} /></li>}</For>
            </ol>
          </section>
        )}
      </For>
    </>
  );
}

function Item(props: { number: number; item: ReleasedItem; sessionId: string; isOpen: boolean }): JSX.Element {
  const t = useMessages(messages);
  const verdict = (): ItemVerdict => verdictOf(props.item);
  const [isOpen, setOpen] = createSignal(false);
  createEffect(() => setOpen(props.isOpen));
  // once it is open the whole question stands below
  const title = (): string => (!isOpen() && props.item.item !== undefined && summaryOf(props.item.item.text)) || t('item', { number: props.number });
  return (
    <details class="ResultItem" open={isOpen()} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="ResultItem__n">{props.number}</span>
        <span class="ResultItem__t">{title()}</span>
        <Show when={verdict() !== 'hidden'} fallback={<span />}><Verdict verdict={verdict()} /></Show>
        <span class="ResultItem__p tabular">
          <Show when={props.item.maxPoints !== undefined}><Sentence text={t('pointsOf', { points: props.item.points == null ? '–' : formatPoints(props.item.points), max: formatPoints(props.item.maxPoints!) })} /></Show>
        </span>
        <ChevronDown class="ResultItem__fold" aria-hidden="true" />
      </summary>
      <div class="ResultItem__body">
        <Show when={props.item.item?.type !== 'cloze' && props.item.item}>{(item) => <RichText text={item().text} class="ResultItem__q" />}</Show>
        <AnswerReview item={props.item} />
        <MarkerWords item={props.item} sessionId={props.sessionId} />
        <Show when={props.item.feedback?.explanation}>{(explanation) => <div class="Why"><b>{t('why')}</b> <RichText text={explanation()} /></div>}</Show>
      </div>
    </details>
  );
}

/** How an answer came out, as icon and word. */
function Verdict(props: { verdict: ItemVerdict }): JSX.Element {
  const t = useMessages(messages);
  return (
    <Show when={props.verdict === 'hidden' ? undefined : props.verdict}>
      {(verdict) => <span class="Verdict" data-verdict={verdict()}><Dynamic component={ICONS[verdict() as keyof typeof ICONS]} />{t(verdict() as keyof typeof ICONS)}</span>}
    </Show>
  );
}
