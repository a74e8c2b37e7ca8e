import { useParams, useSearchParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { SessionPage } from '#web/features/timeline/SessionPage.tsx';

/** A session: what happened, and what was answered. */
export default function SessionRoute(): JSX.Element {
  const params = useParams<{ sessionId: string }>();
  const [search, setSearch] = useSearchParams<{ tab?: string }>();
  return (
    <SessionPage
      sessionId={params.sessionId}
      tab={search.tab === 'answers' ? 'answers' : 'timeline'}
      onTab={(tab) => setSearch({ tab: tab === 'answers' ? tab : undefined }, { replace: true })}
    />
  );
}
