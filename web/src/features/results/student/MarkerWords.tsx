import { For, Show, type JSX } from 'solid-js';

import { ImageNotes } from '#web/features/marking/notes/ImageNotes.tsx';
import { address } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Sentence } from '#web/ui/Sentence.tsx';
import type { ReleasedItem } from './api.ts';
import { markerNotes } from './marker-notes.ts';
import { messages } from './messages.ts';
import { formatPoints } from './points.ts';

import './marker-words.css';

/** What markers said about an answer: comment, lines of the rubric, parts, and notes about words and images. */
export function MarkerWords(props: { item: ReleasedItem; sessionId: string }): JSX.Element {
  const t = useMessages(messages);
  const marking = () => props.item.feedback?.marking;
  const lines = () => [
    ...(marking()?.criteria ?? []).map(({ label, level, points, comment }) => ({ label: level === null ? label : `${label}: ${level}`, points, comment })), ...(marking()?.parts ?? []),
  ];
  const notes = () => markerNotes(props.item);
  const files = (): string[] => [...new Set(notes().flatMap(({ annotation: { kind, fileId } }) => (kind === 'image' && fileId != null ? [fileId] : [])))];
  const imageOf = (fileId: string | null): string | undefined => (fileId === null ? props.item.item?.media?.[0]?.id : fileId);
  const placed = (fileId: string | null) => notes().flatMap(({ letter, annotation }) => (annotation.kind !== 'image' || (annotation.fileId ?? null) !== fileId ? [] : [{
    id: letter, letter, tone: annotation.tone ?? ('neutral' as const), label: t('noteOn', { letter, note: annotation.note }), x: annotation.x ?? 0, y: annotation.y ?? 0, width: annotation.width ?? 0, height: annotation.height ?? 0,
  }]));
  const images = (): (string | null)[] => [...(placed(null).length > 0 && imageOf(null) !== undefined ? [null] : []), ...files()];
  return (
    <Show when={props.item.feedback?.comment || lines().length > 0 || notes().length > 0}>
      <div class="Why MarkerWords">
        <p><b>{t('fromMarker')}</b> <span dir="auto">{props.item.feedback?.comment}</span></p>
        <Show when={lines().length > 0}>
          <ul class="MarkerWords__lines">
            <For each={lines()}>
              {(line) => (
                <li>
                  <span dir="auto">{line.label}<Show when={line.comment}><small dir="auto">{line.comment}</small></Show></span>
                  <Show when={line.points}>{(points) => <span class="tabular"><Sentence text={t('linePoints', { points: formatPoints(points()) })} /></span>}</Show>
                </li>
              )}
            </For>
          </ul>
        </Show>
        <For each={props.item.item === undefined ? [] : images()}>
          {(fileId) => <ImageNotes src={fileId === null ? address(`/media/${imageOf(null)!}`) : address(`/sessions/${props.sessionId}/files/${fileId}`)} alt={t(fileId === null ? 'questionImage' : 'ownImage')} notes={placed(fileId)} />}
        </For>
        <Show when={notes().length > 0}>
          <ol class="MarkerWords__notes" aria-label={t('notes')}>
            <For each={notes()}>{({ letter, annotation }) => <li><b>{letter}</b><span><Show when={annotation.quote}>{(quote) => <q dir="auto">{quote()}</q>}</Show> <span dir="auto">{annotation.note}</span></span></li>}</For>
          </ol>
        </Show>
      </div>
    </Show>
  );
}
