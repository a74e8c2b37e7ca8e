import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { Index, Show, type JSX } from 'solid-js';

import { gapIds } from '#domain/questions/cloze-marks.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button, IconButton } from '#web/ui/Button.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import type { Answer } from '../api.ts';
import { messages } from '../messages.ts';
import type { Draft } from './create-draft.ts';

import './parts-editor.css';

/** Points and a comment for each part of an answer; their sum is the mark until points are typed. */
export function PartsEditor(props: { draft: Draft; answer: Answer; disabled: boolean }): JSX.Element {
  const t = useMessages(messages);
  const blank = (label: string) => ({ label, points: '', comment: '' });
  const begin = (): void => {
    const names = partsOf(props.answer);
    props.draft.setParts((names.length > 1 ? names : [t('partName', { number: 1 }), t('partName', { number: 2 })]).map(blank));
  };
  return (
    <Show when={props.draft.parts().length > 0} fallback={<div class="PartsEditor__begin"><Button size="small" kind="quiet" disabled={props.disabled} onClick={begin}>{t('partsBegin')}</Button></div>}>
      <div class="PartsEditor" role="group" aria-label={t('parts')}>
        <Index each={props.draft.parts()}>
          {(part, index) => (
            <div class="PartsEditor__part">
              <TextInput aria-label={t('partLabel', { number: index + 1 })} dir="auto" maxlength={200} disabled={props.disabled} value={part().label} onChange={(label) => props.draft.changePart(part().id, { label })} />
              <TextInput class="PartsEditor__points" aria-label={t('partPoints', { name: part().label || String(index + 1) })} inputmode="decimal" autocomplete="off" disabled={props.disabled} value={part().points} onChange={(points) => props.draft.changePart(part().id, { points })} />
              <IconButton size="small" icon={Trash} label={t('partRemove', { name: part().label || String(index + 1) })} disabled={props.disabled} onClick={() => props.draft.removePart(part().id)} />
              <TextInput class="PartsEditor__comment" aria-label={t('partComment', { name: part().label || String(index + 1) })} placeholder={t('partCommentHint')} dir="auto" maxlength={2_000} disabled={props.disabled} value={part().comment} onChange={(comment) => props.draft.changePart(part().id, { comment })} />
            </div>
          )}
        </Index>
        <div><Button size="small" kind="quiet" icon={Plus} disabled={props.disabled} onClick={() => props.draft.setParts([...props.draft.parts(), blank(t('partName', { number: props.draft.parts().length + 1 }))])}>{t('partAdd')}</Button></div>
      </div>
    </Show>
  );
}

/** The parts that a question has by itself: its gaps, its steps, what is matched. */
function partsOf({ question }: Answer): string[] {
  if (question.type === 'cloze') return [...new Set(gapIds(question.text.value))];
  const left = (question.options as { left?: { text: { value: string } | string }[] } | undefined)?.left;
  return question.type === 'matching' && Array.isArray(left) ? left.map(({ text }) => (typeof text === 'string' ? text : text.value).slice(0, 200)) : [];
}
