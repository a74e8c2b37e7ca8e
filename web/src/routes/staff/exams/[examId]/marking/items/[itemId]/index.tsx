import { useParams, useSearchParams } from '@solidjs/router';
import { type JSX, Show } from 'solid-js';

import { WorkspacePage } from '#web/features/marking/workspace/WorkspacePage.tsx';

/** Marks the answers to one question. */
export default function ItemMarkingRoute(): JSX.Element {
  const params = useParams<{ examId: string; itemId: string }>();
  const [search] = useSearchParams<{ answer?: string; role?: string }>();
  const place = (): string => `${params.itemId} ${search.answer ?? ''} ${search.role ?? ''}`;
  return (
    <Show when={place()} keyed>
      <WorkspacePage examId={params.examId} itemId={params.itemId} role={search.role === 'second' ? 'second' : 'first'} {...(search.answer === undefined ? {} : { start: { sessionId: search.answer, itemId: params.itemId } })} />
    </Show>
  );
}
