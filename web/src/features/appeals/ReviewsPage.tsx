import Scale from 'lucide-solid/icons/scale';
import { createSignal, For, Show, type JSX } from 'solid-js';

import { useShell } from '#web/features/shell/shell-context.ts';
import { createPages } from '#web/lib/create-pages.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';

import { type Appeal, type AppealPage, loadOwnReviews } from './api.ts';
import { AppealCard } from './AppealCard.tsx';
import { DecideDialog } from './DecideDialog.tsx';
import { messages } from './messages.ts';

import './appeals.css';

/** Appeals that the reader is to decide, of whatever exams. */
export function ReviewsPage(): JSX.Element {
  const t = useMessages(messages);
  const [filter, setFilter] = createSignal<'assigned' | 'decided'>('assigned');
  const [decides, setDecides] = createSignal<Appeal>();
  const pages = createPages<'assigned' | 'decided', Appeal, AppealPage>(filter, loadOwnReviews);
  createTitle(() => t('reviews'));
  useShell().setBreadcrumbs(() => [{ label: t('reviews') }]);
  return (
    <>
      <PageHeader title={t('reviews')} sub={t('reviewsSub')} />
      <PageBody class="Appeals">
        <Segmented name={t('which')} value={filter()} onChange={setFilter} options={[{ value: 'assigned', label: t('toDecide') }, { value: 'decided', label: t('state.decided') }]} />
        <Show when={pages.isLoaded()} fallback={pages.error() === undefined ? <Skeleton kind="block" count={2} height="120px" /> : <ProblemView problem={pages.error()} onRetry={pages.reload} busy={pages.isLoading()} />}>
          <For each={pages.items()} fallback={<EmptyState icon={Scale} title={t('reviewsNone')}>{t('reviewsNoneHelp')}</EmptyState>}>{(one) => <AppealCard appeal={one} showsExam onDecide={() => setDecides(one)} />}</For>
          <Pager shown={pages.items().length} total={pages.total()} more={pages.hasMore()} busy={pages.isLoadingMore()} onMore={pages.loadMore} />
        </Show>
      </PageBody>
      <DecideDialog appeal={decides()} onClose={() => setDecides(undefined)} onDone={pages.reload} />
    </>
  );
}
