import { createMemo, Show, type JSX } from 'solid-js';

import { toPaperItem } from '#domain/paper/student-paper.ts';
import type { PaperItem, QuestionContent } from '#domain/questions/types.ts';
import { useMessages } from '#web/lib/i18n.ts';

import { type Draft, inputOf } from '../editor/draft.ts';
import { messages } from './messages.ts';
import { PaperItemView } from './PaperItemView.tsx';

/** A question under edit as the student will see it: by the same rule that decides what of a question leaves the server. */
export function QuestionPreview(props: { draft: Draft }): JSX.Element {
  const t = useMessages(messages);
  const item = createMemo<PaperItem | undefined>((before) => {
    const content = inputOf(JSON.parse(JSON.stringify(props.draft)) as Draft) as unknown as QuestionContent;
    try {
      return toPaperItem({ id: 'preview', points: content.points, question: content });
    } catch {
      return before;
    }
  });
  const isEmpty = (): boolean => props.draft.text.value.trim() === '' && props.draft.media.length === 0;
  return (
    <Show when={!isEmpty() && item()} fallback={<p class="QuestionPreview__empty">{t('empty')}</p>}>
      {(shown) => <PaperItemView item={shown()} />}
    </Show>
  );
}
