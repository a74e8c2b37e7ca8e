import ChevronLeft from 'lucide-solid/icons/chevron-left';
import Flag from 'lucide-solid/icons/flag';
import Highlighter from 'lucide-solid/icons/highlighter';
import Lock from 'lucide-solid/icons/lock';
import X from 'lucide-solid/icons/x';
import { For, type JSX, Show } from 'solid-js';

import { isAnswered } from '#domain/grading/answered.ts';
import { AnswerReview } from '#web/features/results/student/AnswerReview.tsx';
import type { ReleasedItem } from '#web/features/results/student/api.ts';
import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button, IconButton } from '#web/ui/Button.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { RichText } from '#web/ui/RichText.tsx';

import type { Answer } from '../api.ts';
import { messages } from '../messages.ts';
import type { Box } from '../notes/note.ts';
import { bare } from '../points-text.ts';
import { AnswerImages } from './AnswerImages.tsx';
import { inOrder, letterOf } from './annotate-text.ts';
import { AnswerText } from './AnswerText.tsx';
import type { Desk } from './create-desk.ts';

import './answer-card.css';

/** Props of the card with one answer. */
export interface AnswerCardProps {
  desk: Desk;
  answer: Answer;
  textRef: (element: HTMLElement) => void;
  canGoBack: boolean;
  onBack: () => void;
  onAnnotate: () => void;
  onAnnotateImage: (fileId: string | null, box: Box) => void;
  onFlag: () => void;
  onSave: () => void;
}

/** The question, the answer with what was said about its places, and the acts below it. */
export function AnswerCard(props: AnswerCardProps): JSX.Element {
  const t = useMessages(messages);
  const draft = props.desk.draft;
  const notes = () => [...inOrder(draft.notes()), ...draft.imageNotes()];
  // what the machine could not mark is no text: it is shown as the student reads it in the result
  const isChosen = (): boolean => props.answer.text === null && isAnswered(props.answer.question.type, props.answer.response);
  const released = (): ReleasedItem => {
    const { itemId, maxPoints, question, response } = props.answer;
    return { itemId, section: { index: 0, title: '' }, item: { ...question, id: itemId, points: maxPoints } as unknown as ReleasedItem['item'], key: question.key as ReleasedItem['key'], response: response as ReleasedItem['response'] };
  };
  const sample = (): string | undefined => {
    const key = props.answer.question.key as { sample?: unknown } | null | undefined;
    return typeof key?.sample === 'string' && key.sample !== '' ? key.sample : undefined;
  };
  const isMine = (): boolean => props.answer.flags.some(({ mine }) => mine);
  const saveText = (): string => (draft.fault() === undefined ? t('saveAndGo', { points: bare(draft.points().trim().replace(',', '.')) }) : t('save'));
  return (
    <section class="Card AnswerCard" aria-labelledby="answer-head">
      <div class="AnswerCard__question">
        <RichText text={props.answer.question.text} />
        <Show when={sample()}>{(text) => <details><summary>{t('sample')}</summary><p dir="auto">{text()}</p></details>}</Show>
      </div>
      <div class="AnswerCard__head">
        <h2 id="answer-head" tabindex={-1}>{props.answer.student?.name ?? t('answerNumber', { number: props.answer.number })}</h2>
        <Show when={props.answer.student === null}><span class="mono soft">{props.answer.code}</span></Show>
        <span class="soft">{[props.answer.wordCount === null ? undefined : t('words', { count: props.answer.wordCount }), props.answer.revisions > 0 ? t('savedTimes', { count: props.answer.revisions }) : undefined].filter((fact) => fact !== undefined).join(', ')}</span>
        <LeaseState answer={props.answer} />
      </div>
      <Show when={(props.answer.text ?? '') !== ''} fallback={<Show when={props.answer.files.length === 0}><Show when={isChosen()} fallback={<p class="AnswerCard__none">{t('noAnswer')}</p>}><div class="AnswerCard__review"><AnswerReview staff item={released()} /></div></Show></Show>}>
        <AnswerText ref={props.textRef} text={props.answer.text!} notes={draft.notes()} label={t('answerText')} code={props.answer.question.type === 'code'} />
      </Show>
      <AnswerImages answer={props.answer} draft={draft} onAdd={props.onAnnotateImage} />
      <Show when={notes().length > 0}>
        <ol class="AnswerCard__notes">
          <For each={notes()}>
            {(note, index) => (
              <li>
                <b>{letterOf(index())}</b>
                <span dir="auto">{note.note}</span>
                <span class="soft">{criterionName(props.answer, note.criterionId)}</span>
                <IconButton icon={X} size="small" label={t('removeNote', { letter: letterOf(index()) })} onClick={() => draft.removeNote(note.id)} />
              </li>
            )}
          </For>
        </ol>
      </Show>
      <Show when={props.answer.flags.length > 0}>
        <ul class="AnswerCard__flags"><For each={props.answer.flags}>{(flag) => <li><Flag class="icon-small" /><span><b>{t('asideBy', { name: flag.by.name })}</b> <span dir="auto">{flag.note}</span></span></li>}</For></ul>
      </Show>
      <Show when={props.desk.problem() !== undefined && props.desk.theirs() === undefined}><div class="AnswerCard__problem"><ProblemView compact problem={props.desk.problem()} help={t('saveFailedHelp')} /></div></Show>
      <div class="AnswerCard__bar">
        <Button icon={ChevronLeft} keys="K" disabled={!props.canGoBack} onClick={() => props.onBack()}>{t('previous')}</Button>
        <Button icon={Flag} keys="F" aria-pressed={isMine()} onClick={() => props.onFlag()}>{isMine() ? t('aside') : t('setAside')}</Button>
        <Show when={props.answer.text !== null}><Button icon={Highlighter} keys="A" disabled={props.answer.role === null} onClick={() => props.onAnnotate()}>{t('annotate')}</Button></Show>
        <Button kind="primary" class="AnswerCard__save" keys="Ctrl Enter" busy={props.desk.isSaving()} busyText={t('saving')} disabled={props.answer.role === null} title={props.answer.role === null ? t('mayNot') : undefined} onClick={() => props.onSave()}>{saveText()}</Button>
      </div>
    </section>
  );
}

/** Who holds the answer, and until when. */
function LeaseState(props: { answer: Answer }): JSX.Element {
  const t = useMessages(messages);
  const text = (): string | undefined => {
    const { lease, own, state, role } = props.answer;
    if (lease !== null) return lease.mine ? t('yours', { time: formatTime(lease.expiresAt) }) : t('theirs', { name: lease.holder.name, time: formatTime(lease.expiresAt) });
    if (own !== null) return t('youGave', { points: bare(own.points), time: formatTime(own.completedAt) });
    return state === 'done' ? t('isDone') : role === null ? t('notYours') : t('free');
  };
  return <span class="AnswerCard__lease"><Show when={props.answer.lease}><Lock class="icon-small" /></Show>{text()}</span>;
}

function criterionName(answer: Answer, criterionId: string | null): string {
  return answer.rubric.criteria.find(({ id }) => id === criterionId)?.label ?? '';
}
