import { answerText } from '#domain/marking/answer-text.ts';
import type { TextNote } from '#web/features/marking/workspace/AnswerText.tsx';
import { inOrder, letterOf } from '#web/features/marking/workspace/annotate-text.ts';
import type { ReleasedItem } from './api.ts';

type Annotation = NonNullable<NonNullable<ReleasedItem['feedback']>['marking']>['annotations'][number];

/** A note of a marker with its letter: those about words in the order of the text, then those on images. */
export interface MarkerNote {
  readonly letter: string;
  readonly annotation: Annotation;
  /** Of a note about words, as the annotated text takes it. */
  readonly place: TextNote | undefined;
}

/** The notes of markers about an answer, with their letters. */
export function markerNotes(item: ReleasedItem): MarkerNote[] {
  const annotations = item.feedback?.marking?.annotations ?? [];
  const texts = annotations.filter(({ kind }) => kind === 'text').map((annotation, index) => ({
    annotation, id: String(index), start: annotation.start ?? 0, end: annotation.end ?? 0, note: annotation.note, tone: annotation.tone ?? 'neutral', criterionId: null,
  }));
  const images = annotations.filter(({ kind }) => kind === 'image');
  return [
    ...inOrder(texts).map(({ annotation, ...place }, index) => ({ letter: letterOf(index), annotation, place })),
    ...images.map((annotation, index) => ({ letter: letterOf(texts.length + index), annotation, place: undefined })),
  ];
}

/** The own text and the notes about its words; undefined where there are none, or the text is not shown. */
export function annotatedText(item: ReleasedItem): { text: string; notes: TextNote[] } | undefined {
  const notes = markerNotes(item).flatMap(({ place }) => place ?? []);
  const text = item.item === undefined ? null : answerText(item.response);
  return notes.length === 0 || text === null ? undefined : { text, notes };
}
