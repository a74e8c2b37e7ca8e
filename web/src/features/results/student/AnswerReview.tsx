import { Match, Show, Switch, type JSX } from 'solid-js';

import { isAnswered } from '#domain/grading/answered.ts';
import type { NumericKey, QuestionType, ResponseByType, ShortTextKey } from '#domain/questions/types.ts';
import { AnswerText } from '#web/features/marking/workspace/AnswerText.tsx';
import { useMessages } from '#web/lib/i18n.ts';
import { Facts } from '#web/ui/Facts.tsx';
import { RichText } from '#web/ui/RichText.tsx';
import type { ReleasedItem } from './api.ts';
import { ChoiceReview } from './ChoiceReview.tsx';
import { ClozeReview } from './ClozeReview.tsx';
import { HotSpotReview } from './HotSpotReview.tsx';
import { annotatedText } from './marker-notes.ts';
import { numericKey, shortTextKey } from './key-text.ts';
import { messages } from './messages.ts';
import { MatchingReview, OrderingReview } from './OrderReview.tsx';
import { useKeyWords } from './use-key-words.ts';
import { AsStaffProvider, useWhose } from './whose.ts';

import './result.css';

/** An answer beside the right one, as far as each is released; in words for its student, or with `staff` for others. */
export function AnswerReview(props: { item: ReleasedItem; staff?: boolean }): JSX.Element {
  return <AsStaffProvider value={props.staff === true}><Review item={props.item} /></AsStaffProvider>;
}

function Review(props: { item: ReleasedItem }): JSX.Element {
  const t = useMessages(messages);
  const whose = useWhose();
  const type = (): QuestionType => (props.item.item?.type ?? 'short-text') as QuestionType;
  const answered = (): boolean => isAnswered(type(), props.item.response);
  return (
    <Show when={props.item.item !== undefined || props.item.key !== undefined}>
      <Show when={props.item.item !== undefined && !answered()}><p class="soft small">{t(whose.none)}</p></Show>
      <Switch fallback={<TextReview item={props.item} type={type()} answered={answered()} />}>
        <Match when={['single-choice', 'multiple-choice', 'true-false'].includes(type())}><ChoiceReview item={props.item} /></Match>
        <Match when={type() === 'matching'}><MatchingReview item={props.item} /></Match>
        <Match when={type() === 'ordering'}><OrderingReview item={props.item} /></Match>
        <Match when={type() === 'cloze'}><ClozeReview item={props.item} /></Match>
        <Match when={type() === 'hot-spot'}><HotSpotReview item={props.item} /></Match>
      </Switch>
    </Show>
  );
}

/** Answers that are one text: typed, written, coded, or files. */
function TextReview(props: { item: ReleasedItem; type: QuestionType; answered: boolean }): JSX.Element {
  const t = useMessages(messages);
  const words = useKeyWords();
  const whose = useWhose();
  const response = <Type extends QuestionType>(): ResponseByType[Type] => props.item.response as unknown as ResponseByType[Type];
  const own = (): JSX.Element => {
    if (!props.answered) return undefined;
    const annotated = annotatedText(props.item);
    if (annotated !== undefined) return <div class="Review__text" tabindex={0}><AnswerText text={annotated.text} notes={annotated.notes} label={t(whose.answer)} code={props.type === 'code'} /></div>;
    switch (props.type) {
      case 'numeric':
        return <span class="tabular">{[response<'numeric'>().value, response<'numeric'>().unit].filter(Boolean).join(' ')}</span>;
      case 'essay':
        return <div class="Review__text" tabindex={0}><RichText text={{ format: response<'essay'>().format ?? 'plain', value: response<'essay'>().text }} /></div>;
      case 'code':
        return <pre class="Review__code" tabindex={0}><code>{response<'code'>().text}</code></pre>;
      case 'file-upload':
        return t('filesHandedIn', response<'file-upload'>().fileIds.length);
      default:
        return <span class="Review__typed">{response<'short-text'>().text}</span>;
    }
  };
  const key = (): JSX.Element => {
    const found = props.item.key;
    if (found === undefined) return undefined;
    const sample = typeof found['sample'] === 'string' && found['sample'] !== '' ? found['sample'] : undefined;
    switch (props.type) {
      case 'numeric':
        return numericKey(found as unknown as NumericKey, words) || undefined;
      case 'short-text':
        return 'accepted' in found ? shortTextKey(found as unknown as ShortTextKey, words) || undefined : undefined;
      case 'code':
        return sample === undefined ? undefined : <pre class="Review__code" tabindex={0}><code>{sample}</code></pre>;
      case 'essay':
        return sample === undefined ? undefined : <div class="Review__text" tabindex={0}><RichText text={{ format: 'plain', value: sample }} /></div>;
      default:
        return undefined;
    }
  };
  const keyName = (): string => t(props.type === 'essay' || props.type === 'code' ? 'sampleAnswer' : 'rightAnswer');
  const isLong = (): boolean => ['essay', 'code'].includes(props.type);
  return <div class={isLong() ? 'Review__long' : undefined}><Facts wide={isLong()} items={[[t(whose.answer), own()], [keyName(), key()]]} /></div>;
}
