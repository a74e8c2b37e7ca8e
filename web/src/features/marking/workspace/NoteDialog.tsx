import { createEffect, createSignal, on, type JSX, Show } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { Select } from '#web/ui/Select.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import type { Rubric } from '../api.ts';
import { messages } from '../messages.ts';
import type { Remark } from '../notes/note.ts';

/** Where a note is to be put: words of the text, undefined for those that are typed in the dialog, or a place of an image. */
export type NotePlace = { readonly kind: 'text'; readonly start: number; readonly end: number } | { readonly kind: 'image' } | undefined;

/** Props of the dialog. */
export interface NoteDialogProps {
  open: boolean;
  text: string;
  place: NotePlace;
  rubric: Rubric;
  onClose: () => void;
  /** `words` are where the note belongs in the text; undefined for one on an image. */
  onAdd: (note: Omit<Remark, 'id'>, words: { start: number; end: number } | undefined) => void;
}

/** Says something about a place of the answer: one of an image, the words that were selected, or words that are typed. */
export function NoteDialog(props: NoteDialogProps): JSX.Element {
  const t = useMessages(messages);
  const [words, setWords] = createSignal('');
  const [note, setNote] = createSignal('');
  const [tone, setTone] = createSignal<Remark['tone']>('good');
  const [criterion, setCriterion] = createSignal('');
  const [isTried, setTried] = createSignal(false);
  createEffect(on(() => props.open, (isOpen) => {
    if (!isOpen) return;
    setWords(props.place?.kind === 'text' ? props.text.slice(props.place.start, props.place.end) : '');
    setNote('');
    setTone('good');
    setCriterion('');
    setTried(false);
  }));
  const isImage = (): boolean => props.place?.kind === 'image';
  // words typed anew are looked for; those of the selection keep their place, also where they stand twice
  const place = (): { start: number; end: number } | undefined => {
    if (props.place?.kind === 'text' && words() === props.text.slice(props.place.start, props.place.end)) return props.place;
    const at = words().trim() === '' ? -1 : props.text.toLowerCase().indexOf(words().trim().toLowerCase());
    return at < 0 ? undefined : { start: at, end: at + words().trim().length };
  };
  const add = (): void => {
    setTried(true);
    const found = isImage() ? undefined : place();
    if ((found === undefined && !isImage()) || note().trim() === '') return;
    props.onAdd({ note: note().trim(), tone: tone(), criterionId: criterion() === '' ? null : criterion() }, found);
    props.onClose();
  };
  return (
    <Dialog open={props.open} onClose={() => props.onClose()} title={t('noteTitle')} keeps onSubmit={add} footer={<><Button onClick={() => props.onClose()}>{t('cancel')}</Button><Button type="submit" kind="primary" keys="Ctrl Enter">{t('noteAdd')}</Button></>}>
      <div class="stack">
        <Show when={!isImage()}><TextInput label={t('noteWords')} hint={t('noteWordsHint')} value={words()} onChange={setWords} dir="auto" autofocus={props.place === undefined} error={isTried() && place() === undefined ? t('noteNotFound') : undefined} /></Show>
        <TextArea label={t('noteText')} value={note()} onChange={setNote} rows={2} maxlength={2_000} dir="auto" autofocus={props.place !== undefined} error={isTried() && note().trim() === '' ? t('noteMissing') : undefined} />
        <Segmented label={t('noteTone')} value={tone()} onChange={setTone} options={[{ value: 'good', label: t('tone.good') }, { value: 'bad', label: t('tone.bad') }, { value: 'neutral', label: t('tone.neutral') }]} />
        <Show when={props.rubric.criteria.length > 0}>
          <Select label={t('noteCriterion')} optional value={criterion()} onChange={setCriterion} options={[{ value: '', label: t('noteNoCriterion') }, ...props.rubric.criteria.map(({ id, label }) => ({ value: id, label }))]} />
        </Show>
      </div>
    </Dialog>
  );
}
