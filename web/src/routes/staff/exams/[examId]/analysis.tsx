import { useParams, useSearchParams } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { ANALYSIS_TABS, AnalysisPage } from '#web/features/analytics/AnalysisPage.tsx';

/** What the marks of an exam say. */
export default function AnalysisRoute(): JSX.Element {
  const params = useParams<{ examId: string }>();
  const [search, setSearch] = useSearchParams<{ tab?: string; item?: string }>();
  return (
    <AnalysisPage
      examId={params.examId}
      tab={ANALYSIS_TABS.find((tab) => tab === search.tab) ?? 'marks'}
      onTab={(tab) => setSearch({ tab: tab === 'marks' ? undefined : tab, item: undefined }, { replace: true })}
      itemId={search.item}
      onItem={(item) => setSearch({ item }, { replace: true })}
    />
  );
}
