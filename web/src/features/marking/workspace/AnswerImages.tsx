import Plus from 'lucide-solid/icons/plus';
import { For, type JSX, Show } from 'solid-js';

import { mediaAddress } from '#web/features/questions/api.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';

import type { Answer } from '../api.ts';
import { messages } from '../messages.ts';
import { ImageNotes, type PlacedNote } from '../notes/ImageNotes.tsx';
import { type Box, MIDDLE } from '../notes/note.ts';
import { SHOWN } from '../notes/shown.ts';
import { letterOf } from './annotate-text.ts';
import type { Draft } from './create-draft.ts';

/** Images of an answer, or of the question where places of it are the answer, with the notes about them; and the other files. */
export function AnswerImages(props: { answer: Answer; draft: Draft; onAdd: (fileId: string | null, box: Box) => void }): JSX.Element {
  const t = useMessages(messages);
  const mayNote = (): boolean => props.answer.role !== null;
  const images = () => [
    ...(props.answer.question.type === 'hot-spot' ? props.answer.question.media.slice(0, 1).map(({ id, alt }) => ({ fileId: null, src: mediaAddress(id), alt: alt ?? t('questionImage'), name: undefined })) : []),
    ...props.answer.files.filter(({ mediaType }) => SHOWN.includes(mediaType)).map(({ fileId, href, name }) => ({ fileId, src: href, alt: t('fileImage', { name }), name })),
  ];
  const placed = (fileId: string | null): PlacedNote[] => props.draft.imageNotes().flatMap((note, index) => {
    if (note.fileId !== fileId) return [];
    const letter = letterOf(props.draft.notes().length + index);
    return [{ ...note, letter, label: t('imageNote', { letter, note: note.note }) }];
  });
  return (
    <Show when={images().length > 0 || props.answer.files.length > 0}>
      <div class="AnswerImages">
        <For each={images()}>
          {({ fileId, src, alt }) => (
            <div class="AnswerImages__one">
              <ImageNotes
                src={src} alt={alt} notes={placed(fileId)}
                onAdd={mayNote() ? (box) => props.onAdd(fileId, box) : undefined}
                onChange={mayNote() ? (id, box) => props.draft.moveImageNote(id, box) : undefined}
                onRemove={mayNote() ? (id) => props.draft.removeNote(id) : undefined}
              />
              <Show when={mayNote()}><Button size="small" kind="quiet" icon={Plus} onClick={() => props.onAdd(fileId, MIDDLE)}>{t('imageNoteAdd')}</Button></Show>
            </div>
          )}
        </For>
        <Show when={images().length > 0 && mayNote()}><p class="soft">{t('imageHelp')}</p></Show>
        <Show when={props.answer.files.length > 0}>
          <ul class="AnswerImages__files"><For each={props.answer.files}>{(file) => <li><a class="Link" href={file.href} target="_blank" rel="noopener">{file.name}</a></li>}</For></ul>
        </Show>
      </div>
    </Show>
  );
}
