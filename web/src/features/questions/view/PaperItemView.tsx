import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import type { PaperItem, QuestionType } from '#domain/questions/types.ts';
import { QuestionMedia } from '#web/features/session/QuestionMedia.tsx';
import { MultipleChoice, SingleChoice, TrueFalse } from '#web/features/session/responses/ChoiceResponse.tsx';
import { Cloze } from '#web/features/session/responses/ClozeResponse.tsx';
import { CodeResponse } from '#web/features/session/responses/CodeResponse.tsx';
import { EssayResponse } from '#web/features/session/responses/EssayResponse.tsx';
import { FileResponse } from '#web/features/session/responses/FileResponse.tsx';
import { HotSpot } from '#web/features/session/responses/HotSpotResponse.tsx';
import { Matching } from '#web/features/session/responses/MatchingResponse.tsx';
import { Ordering } from '#web/features/session/responses/OrderingResponse.tsx';
import type { ResponseProps } from '#web/features/session/responses/response-props.ts';
import { Numeric, ShortText } from '#web/features/session/responses/TypedResponse.tsx';
import { type Sit, SitProvider } from '#web/features/session/sit-context.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { RichText } from '#web/ui/RichText.tsx';

import { messages } from './messages.ts';

import '#web/features/session/question.css';
import './paper-item-view.css';

const INPUTS = {
  'single-choice': SingleChoice, 'multiple-choice': MultipleChoice, 'true-false': TrueFalse, 'short-text': ShortText, numeric: Numeric, essay: EssayResponse,
  matching: Matching, ordering: Ordering, cloze: Cloze, 'hot-spot': HotSpot, 'file-upload': FileResponse, code: CodeResponse,
} as unknown as Readonly<Record<QuestionType, (props: ResponseProps<never>) => JSX.Element>>;

/** A question as it stands in an exam, with the inputs of the exam page: it can be tried, and nothing is kept. */
export function PaperItemView(props: { item: PaperItem; heading?: JSX.Element }): JSX.Element {
  const t = useMessages(messages);
  const [response, setResponse] = createSignal<unknown>(null);
  const [said, setSaid] = createSignal('');
  // what was tried on other options is no answer to these
  createEffect(on(() => JSON.stringify([props.item.type, 'options' in props.item ? props.item.options : null]), () => setResponse(null), { defer: true }));
  const media = (): NonNullable<PaperItem['media']> => (props.item.type === 'hot-spot' ? props.item.media?.slice(1) : props.item.media) ?? [];
  const points = (): string => (props.item.points === '1' ? t('point') : t('points', { points: props.item.points }));
  return (
    <SitProvider value={{ sessionId: '', say: setSaid } as unknown as Sit}>
      <article class="PaperItem Question" data-type={props.item.type} aria-labelledby={`preview-${props.item.id}`}>
        <p class="PaperItem__head" id={`preview-${props.item.id}`}><Show when={props.heading}><b>{props.heading}</b> · </Show>{points()}</p>
        <div class="Question__text" id={`preview-text-${props.item.id}`}>
          <Show when={props.item.type !== 'cloze'}><RichText text={props.item.text} inert /></Show>
          <Show when={media().length > 0}><QuestionMedia media={media()} /></Show>
        </div>
        <Dynamic
          component={INPUTS[props.item.type]}
          item={props.item as never}
          response={response() as never}
          labelledBy={`preview-${props.item.id} preview-text-${props.item.id}`}
          readOnly={props.item.type === 'file-upload'}
          onType={(next: unknown) => setResponse(() => next)}
          onChoose={(next: unknown) => setResponse(() => next)}
        />
        <span class="visually-hidden" role="status">{said()}</span>
      </article>
    </SitProvider>
  );
}
