import { useParams, useSearchParams } from '@solidjs/router';
import { type JSX, Show } from 'solid-js';

import { WorkspacePage } from '#web/features/marking/workspace/WorkspacePage.tsx';

/** Marks the answers of one student. */
export default function StudentMarkingRoute(): JSX.Element {
  const params = useParams<{ examId: string; sessionId: string }>();
  const [search] = useSearchParams<{ item?: string; role?: string }>();
  return (
    <Show when={`${params.sessionId} ${search.item ?? ''}`} keyed>
      <WorkspacePage examId={params.examId} sessionId={params.sessionId} role={search.role === 'second' ? 'second' : 'first'} {...(search.item === undefined ? {} : { start: { sessionId: params.sessionId, itemId: search.item } })} />
    </Show>
  );
}
