import { createMemo, For, type JSX, Show } from 'solid-js';

import type { Remark } from '../notes/note.ts';
import { type Place, inOrder, letterOf, paragraphsOf } from './annotate-text.ts';

import './answer-text.css';

/** Something said about a place of the text. */
export interface TextNote extends Place, Remark {}

/** The text of an answer, with the places that notes are about and their letters. */
export function AnswerText(props: { ref?: (element: HTMLElement) => void; text: string; notes: readonly TextNote[]; label: string; code?: boolean; onNote?: (id: string) => void }): JSX.Element {
  const notes = createMemo(() => inOrder(props.notes));
  const byId = createMemo(() => new Map(notes().map((note, index) => [note.id, { note, letter: letterOf(index) }])));
  const paragraphs = createMemo(() => paragraphsOf(props.text, notes()));
  const toneOf = (ids: readonly string[]): string | undefined => (ids.length === 0 ? undefined : ids.some((id) => byId().get(id)?.note.tone === 'bad') ? 'bad' : 'good');
  return (
    <article ref={props.ref} class="AnswerText" data-code={props.code ? '' : undefined} aria-label={props.label}>
      <For each={paragraphs()}>
        {(paragraph) => (
          <p dir="auto">
            <For each={paragraph.pieces}>
              {(piece) => (
                <>
                  <Show when={toneOf(piece.notes)} fallback={<span data-start={piece.start}>{piece.text}</span>}>
                    {(tone) => <mark class="AnswerText__note" data-tone={tone()} data-start={piece.start} onClick={() => props.onNote?.(piece.notes.at(-1)!)}>{piece.text}</mark>}
                  </Show>
                  <For each={piece.ends}>{(id) => <sup class="AnswerText__letter" data-tone={byId().get(id)?.note.tone}>{byId().get(id)?.letter}</sup>}</For>
                </>
              )}
            </For>
          </p>
        )}
      </For>
    </article>
  );
}
