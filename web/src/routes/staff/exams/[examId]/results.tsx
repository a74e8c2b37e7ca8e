import { useParams, useSearchParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { ResultsPage } from '#web/features/results/staff/ResultsPage.tsx';
import { FILTERS } from '#web/features/results/staff/rows-view.ts';

/** The results of an exam. */
export default function ResultsRoute(): JSX.Element {
  const params = useParams<{ examId: string }>();
  const [search, setSearch] = useSearchParams<{ show?: string }>();
  return (
    <ResultsPage
      examId={params.examId}
      filter={FILTERS.find((filter) => filter === search.show) ?? 'all'}
      onFilter={(filter) => setSearch({ show: filter === 'all' ? undefined : filter }, { replace: true })}
    />
  );
}
