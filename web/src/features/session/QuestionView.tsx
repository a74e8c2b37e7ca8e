import CircleAlert from 'lucide-solid/icons/circle-alert';
import Columns2 from 'lucide-solid/icons/columns-2';
import Flag from 'lucide-solid/icons/flag';
import Undo2 from 'lucide-solid/icons/undo-2';
import { createMemo, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import type { PaperItem, QuestionType } from '#domain/questions/types.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { RichText } from '#web/ui/RichText.tsx';

import { laterPart } from './later-parts.tsx';
import { messages } from './messages.ts';
import { QuestionMedia } from './QuestionMedia.tsx';
import { MultipleChoice, SingleChoice, TrueFalse } from './responses/ChoiceResponse.tsx';
import type { ResponseProps } from './responses/response-props.ts';
import { Numeric, ShortText } from './responses/TypedResponse.tsx';
import { useSit } from './sit-context.ts';

import './question.css';

const INPUTS = {
  'single-choice': SingleChoice, 'multiple-choice': MultipleChoice, 'true-false': TrueFalse, 'short-text': ShortText, numeric: Numeric,
  essay: laterPart('EssayResponse'), matching: laterPart('Matching'), ordering: laterPart('Ordering'), cloze: laterPart('Cloze'), 'hot-spot': laterPart('HotSpot'),
  'file-upload': laterPart('FileResponse'), code: laterPart('CodeResponse'),
} as unknown as Readonly<Record<QuestionType, (props: ResponseProps<never>) => JSX.Element>>;

/** One question with the input of its type. */
export function QuestionView(props: { item: PaperItem; level?: 1 | 2; onConflict: (itemId: string) => void }): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const view = createMemo(() => sit.answers.view(props.item.id));
  const isFlagged = createMemo(() => sit.place.flagged().has(props.item.id));
  const isAnswered = createMemo(() => sit.isAnswered(props.item));
  const textId = (): string => `q-text-${props.item.id}`;
  // where the input of a question shows its text or its image itself, neither stands above it again
  const ownText = (): boolean => props.item.type === 'cloze';
  const media = () => (props.item.type === 'hot-spot' ? props.item.media?.slice(1) : props.item.media) ?? [];
  return (
    <article class="Question" data-type={props.item.type} translate="no">
      <div class="Question__head">
        <Dynamic component={props.level === 2 ? 'h2' : 'h1'} class="Question__title" id={`q-${props.item.id}`} tabindex="-1">
          {t('questionNumber', { number: String(sit.numberOf(props.item.id)) })} <span>{t('ofTotal', { total: String(sit.total()) })} · {t('points', Number(props.item.points))}</span>
        </Dynamic>
        <Button icon={Flag} class="Question__flag" aria-pressed={isFlagged()} disabled={sit.role() === 'reader'} onClick={() => sit.place.toggleFlag(props.item.id)}>{isFlagged() ? t('flaggedShort') : t('flag')}</Button>
      </div>
      <div class="Question__text" id={textId()}>
        <Show when={!ownText()} fallback={<p class="visually-hidden">{t('fillTheGaps')}</p>}><RichText text={props.item.text} inert /></Show>
        <Show when={media().length > 0}><QuestionMedia media={media()} /></Show>
      </div>
      <Dynamic
        component={INPUTS[props.item.type]}
        item={props.item as never} response={view().response as never} labelledBy={`q-${props.item.id} ${textId()}`} readOnly={!sit.mayWrite()}
        onType={(response: unknown) => sit.type(props.item.id, response)} onChoose={(response: unknown) => sit.choose(props.item.id, response)}
      />
      <Show when={view().status === 'conflict'}>
        <Banner tone="attention" icon={Columns2} title={t('twoVersionsOf')} live="status" actions={<Button onClick={() => props.onConflict(props.item.id)}>{t('compare')}</Button>} />
      </Show>
      <Show when={view().status === 'refused' && view().problem}>
        {(problem) => (
          <Banner tone="attention" icon={CircleAlert} title={t(problem().code === 'payload-too-large' ? 'tooLong' : problem().code === 'item-locked' ? 'itemLocked' : 'notTakenTitle')} live="status">
            <p>{problem().errors[0]?.message ?? t('notTakenHelp')}</p>
          </Banner>
        )}
      </Show>
      <div class="Question__after">
        <Show when={isAnswered() && sit.mayWrite()}>
          <Button kind="quiet" icon={Undo2} onClick={() => sit.choose(props.item.id, null)}>{t('clearAnswer')}</Button>
        </Show>
      </div>
      <Show when={sit.areNotesOpen() || sit.place.notes()[props.item.id] !== undefined}><Notes item={props.item} /></Show>
    </article>
  );
}

function Notes(props: { item: PaperItem }): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const id = (): string => `notes-${props.item.id}`;
  return (
    <div class="QuestionNotes">
      <label for={id()}><b>{t('myNotes')}</b> <span>{t('notesHelp')}</span></label>
      <textarea id={id()} rows="3" maxlength={10_000} dir="auto" autocomplete="off" spellcheck={false} readonly={sit.role() === 'reader'} value={sit.place.notes()[props.item.id] ?? ''} onInput={(event) => sit.place.note(props.item.id, event.currentTarget.value)} />
    </div>
  );
}
