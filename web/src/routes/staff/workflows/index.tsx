import { useSearchParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import type { WorkflowKind } from '#web/features/workflows/api.ts';
import { WorkflowsPage } from '#web/features/workflows/WorkflowsPage.tsx';

/** The workflows of the platform. */
export default function WorkflowsRoute(): JSX.Element {
  const [search, setSearch] = useSearchParams<{ kind?: string; behind?: string; open?: string; examId?: string }>();
  const kind = (): WorkflowKind | undefined => (['session', 'window', 'run'] as const).find((each) => each === search.kind);
  return (
    <WorkflowsPage
      query={{ kind: kind(), behind: search.behind === 'true' ? true : undefined, open: search.open === 'true' ? true : undefined, examId: search.examId }}
      onQuery={(query) => setSearch({ kind: query.kind, behind: query.behind ? 'true' : undefined, open: query.open ? 'true' : undefined, examId: query.examId }, { replace: true })}
    />
  );
}
