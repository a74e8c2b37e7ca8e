import MessageSquarePlus from 'lucide-solid/icons/message-square-plus';
import { type JSX, Show } from 'solid-js';

import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { Menu } from '#web/ui/Menu.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import type { Answer, ReusableComment } from '../api.ts';
import { messages } from '../messages.ts';
import { bare } from '../points-text.ts';
import type { Desk } from './create-desk.ts';
import { PartsEditor } from './PartsEditor.tsx';
import { RubricList } from './RubricList.tsx';

import './mark-panel.css';

/** Props of the panel that a mark is written in. */
export interface MarkPanelProps {
  desk: Desk;
  answer: Answer;
  comments: readonly ReusableComment[];
  /** Undefined for those who may not change it. */
  rubricHref: string | undefined;
  onKey: (event: KeyboardEvent) => void;
  onKeepComment: (text: string) => Promise<void>;
}

/** Rubric, points and comment of one mark. */
export function MarkPanel(props: MarkPanelProps): JSX.Element {
  const t = useMessages(messages);
  const draft = props.desk.draft;
  const hasRubric = (): boolean => props.answer.rubric.criteria.length > 0;
  const isOff = (): boolean => props.answer.role === null;
  const fault = (): string | undefined => {
    const found = draft.fault();
    if (found === undefined || (found === 'missing' && !props.desk.isTried())) return undefined;
    return t(`fault.${found}`, { max: bare(props.answer.maxPoints) });
  };
  const says = (): string => {
    const given = draft.byRubric();
    if (!hasRubric()) return draft.parts().length === 0 ? t('noRubricHint') : given === undefined ? t('partsHint') : draft.isByHand() ? t('byPartsChanged', { points: given }) : t('byParts');
    if (given === undefined) return draft.isByHand() ? t('byHandOnly') : props.answer.rubric.kind === 'level' ? t('chooseLevels') : t('chooseLines');
    return draft.isByHand() ? t('byRubricChanged', { points: given }) : t('byRubric', { points: given });
  };
  const insert = ({ id, text }: ReusableComment): void => draft.setComment(draft.comment().trim() === '' ? text : `${draft.comment().trimEnd()} ${text}`, id);
  const isKept = (): boolean => props.comments.some(({ text }) => text === draft.comment().trim());
  return (
    <Card
      flush
      class="MarkPanel"
      title={hasRubric() ? t('rubric') : t('mark')}
      actions={<Show when={hasRubric()} fallback={<Show when={props.rubricHref}>{(href) => <a class="Link small" href={href()}>{t('rubricMake')}</a>}</Show>}><span class="soft">{t('rubricKeys')}</span></Show>}
    >
      <Show when={hasRubric()}><RubricList rubric={props.answer.rubric} picks={draft.picks()} disabled={isOff()} remarks={draft.remarks()} onPick={(criterionId, levelId) => draft.pick(criterionId, levelId)} onRemark={(criterionId, text) => draft.setRemark(criterionId, text)} onKey={props.onKey} /></Show>
      <Show when={props.answer.usedRubric}><p class="MarkPanel__older">{t('olderRubric')}</p></Show>
      <Show when={draft.gone() > 0}><p class="MarkPanel__older">{t('goneLines', { count: draft.gone() })}</p></Show>
      <Show when={!hasRubric()}><PartsEditor draft={draft} answer={props.answer} disabled={isOff()} /></Show>
      <div class="MarkPanel__total">
        <TextInput
          class="MarkPanel__points" aria-label={t('points')} inputmode="decimal" autocomplete="off" disabled={isOff()} value={draft.points()} onChange={(typed) => draft.setPoints(typed)}
          aria-invalid={fault() !== undefined} data-points=""
        />
        <p><span>{t('ofMax', { max: bare(props.answer.maxPoints) })}</span><span class="MarkPanel__how">{says()} <Show when={draft.isByHand() && draft.byRubric() !== undefined}><button type="button" class="Link" onClick={() => draft.setPoints(undefined)}>{t('useRubric', { points: draft.byRubric()! })}</button></Show></span></p>
      </div>
      <p class="MarkPanel__fault" role="alert">{fault()}</p>
      <div class="MarkPanel__comment">
        <TextArea label={t('comment')} rows={2} maxlength={5_000} dir="auto" disabled={isOff()} value={draft.comment()} onChange={(text) => draft.setComment(text)} />
        <p class="MarkPanel__hint"><span>{t('commentHint')}</span><Show when={props.desk.keptAt()}>{(at) => <span role="status">{t('kept', { time: formatTime(at(), { seconds: true }) })}</span>}</Show></p>
        <Show when={!isOff()}>
          <div class="row wrap">
            <Show when={props.comments.length > 0}>
              <Menu label={t('reuse')} text={t('reuse')} size="small" icon={MessageSquarePlus} items={props.comments.slice(0, 12).map((comment) => ({ label: shorten(comment.text), hint: comment.uses > 0 ? t('uses', { count: comment.uses }) : '', onSelect: () => insert(comment) }))} />
            </Show>
            <Show when={draft.comment().trim() !== '' && !isKept()}><Button size="small" kind="quiet" onClick={() => void props.onKeepComment(draft.comment().trim())}>{t('keepComment')}</Button></Show>
          </div>
        </Show>
      </div>
    </Card>
  );
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
