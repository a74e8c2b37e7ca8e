import Scale from 'lucide-solid/icons/scale';
import { createSignal, For, Show, type JSX } from 'solid-js';

import { createExam } from '#web/features/exams/create-exam.ts';
import { ExamHeader } from '#web/features/exams/ExamHeader.tsx';
import { useShell } from '#web/features/shell/shell-context.ts';
import { createPages } from '#web/lib/create-pages.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { DateTime } from '#web/ui/DateTime.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';

import { type Appeal, type ExamAppealPage, loadAppeals } from './api.ts';
import { AppealCard } from './AppealCard.tsx';
import { AssignDialog } from './AssignDialog.tsx';
import { DecideDialog } from './DecideDialog.tsx';
import { messages } from './messages.ts';

import './appeals.css';

type Filter = Appeal['state'] | 'all';
const FILTERS: readonly Filter[] = ['all', 'open', 'assigned', 'decided'];

/** Appeals against the results of an exam, who reviews them, and their decision. */
export function AppealsPage(props: { examId: string }): JSX.Element {
  const t = useMessages(messages);
  const exam = createExam(() => props.examId);
  const [filter, setFilter] = createSignal<Filter>('all');
  const [assigns, setAssigns] = createSignal<Appeal>();
  const [decides, setDecides] = createSignal<Appeal>();
  const [time, setTime] = createSignal<Pick<ExamAppealPage, 'appealDays' | 'deadlineAt'>>();
  const pages = createPages<Filter, Appeal, ExamAppealPage>(filter, async (state, cursor, signal) => {
    const page = await loadAppeals(props.examId, state === 'all' ? undefined : state, cursor, signal);
    setTime(page);
    return page;
  });
  createTitle(() => (exam.value() === undefined ? t('appeals') : t('title', { exam: exam.value()!.title })));
  useShell().setBreadcrumbs(() => [{ label: t('exams'), href: '/staff/exams' }, ...(exam.value() === undefined ? [] : [{ label: exam.value()!.title, href: `/staff/exams/${props.examId}` }]), { label: t('appeals') }]);
  return (
    <Show when={exam.value()} fallback={<div class="PageBody Appeals__wait">{exam.error() === undefined ? <Skeleton kind="block" count={3} height="96px" /> : <ProblemView heads problem={exam.error()} onRetry={exam.reload} busy={exam.isLoading()} />}</div>}>
      {(found) => (
        <>
          <ExamHeader exam={found()} page="appeals" />
          <PageBody class="Appeals">
            <div class="row wrap between">
              <Segmented name={t('which')} value={filter()} onChange={setFilter} options={FILTERS.map((value) => ({ value, label: value === 'all' ? t('all') : t(`state.${value}`) }))} />
              <Show when={time()}>{(now) => <p class="small soft"><Show when={now().appealDays > 0} fallback={t('takesNone')}><Show when={now().deadlineAt} fallback={t('daysAfter', { count: now().appealDays })}>{(at) => <>{t('until')} <DateTime value={at()} zone={found().window?.timeZone} withZone /></>}</Show></Show></p>}</Show>
            </div>
            <Show when={pages.isLoaded()} fallback={pages.error() === undefined ? <Skeleton kind="block" count={2} height="120px" /> : <ProblemView problem={pages.error()} onRetry={pages.reload} busy={pages.isLoading()} />}>
              <For each={pages.items()} fallback={<EmptyState icon={Scale} title={t('emptyTitle')}>{t('emptyHelp')}</EmptyState>}>{(one) => <AppealCard appeal={one} onAssign={() => setAssigns(one)} onDecide={() => setDecides(one)} />}</For>
              <Pager shown={pages.items().length} total={pages.total()} more={pages.hasMore()} busy={pages.isLoadingMore()} onMore={pages.loadMore} />
            </Show>
          </PageBody>
          <AssignDialog appeal={assigns()} onClose={() => setAssigns(undefined)} onDone={pages.reload} />
          <DecideDialog appeal={decides()} onClose={() => setDecides(undefined)} onDone={pages.reload} />
        </>
      )}
    </Show>
  );
}
