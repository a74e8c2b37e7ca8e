import FileText from 'lucide-solid/icons/file-text';
import { createEffect, createMemo, createSignal, For, on, Show, type JSX } from 'solid-js';

import type { Exam } from '#web/features/exams/api.ts';
import { createExam } from '#web/features/exams/create-exam.ts';
import { ExamHeader } from '#web/features/exams/ExamHeader.tsx';
import { createSearch } from '#web/features/people/create-search.ts';
import { useShell } from '#web/features/shell/shell-context.ts';
import { createAct } from '#web/lib/create-act.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { createPages } from '#web/lib/create-pages.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createStream, type Stream } from '#web/lib/stream.ts';
import { createTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/Button.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import { FilterChip, SearchBox, Toolbar } from '#web/ui/Toolbar.tsx';

import { deleteReport, loadLastRun, loadReports, remakeReport, type Report, type ReportFilter, type ReportPage } from './api.ts';
import { createReportRun, isOver } from './create-report-run.ts';
import { MakeDialog } from './MakeDialog.tsx';
import { messages } from './messages.ts';
import { ReportTable } from './ReportTable.tsx';
import { RunCard } from './RunCard.tsx';

import './reports-page.css';

const KINDS: readonly Report['kind'][] = ['student', 'class', 'item-analysis', 'incidents', 'close-out', 'plagiarism'];

/** The PDF reports of an exam: made, watched, read, deleted. */
export function ReportsPage(props: { examId: string }): JSX.Element {
  const t = useMessages(messages);
  const exam = createExam(() => props.examId);
  createTitle(() => (exam.value() === undefined ? t('reports') : t('title', { exam: exam.value()!.title })));
  useShell().setBreadcrumbs(() => [{ label: t('exams'), href: '/staff/exams' }, ...(exam.value() === undefined ? [] : [{ label: exam.value()!.title, href: `/staff/exams/${props.examId}` }]), { label: t('reports') }]);
  return (
    <Show
      when={exam.value()}
      fallback={<div class="PageBody ReportsPage__wait">{exam.error() === undefined ? <Skeleton kind="block" count={2} height="120px" /> : <ProblemView heads problem={exam.error()} onRetry={exam.reload} busy={exam.isLoading()} />}</div>}
    >
      {(found) => (
        <Show when={found().state !== 'draft'} fallback={<><ExamHeader exam={found()} page="reports" /><PageBody><EmptyState icon={FileText} title={t('draft')}>{t('draftHelp')}</EmptyState></PageBody></>}>
          <Reports exam={found()} />
        </Show>
      )}
    </Show>
  );
}

function Reports(props: { exam: Exam }): JSX.Element {
  const t = useMessages(messages);
  const [kind, setKind] = createSignal<Report['kind']>();
  const search = createSearch();
  const filter = createMemo<ReportFilter>(() => ({ examId: props.exam.id, kind: kind(), q: search.settled() }));
  const list = createPages<ReportFilter, Report, ReportPage>(filter, loadReports);
  const isFiltered = (): boolean => kind() !== undefined || filter().q !== '';
  const [stream, setStream] = createSignal<Stream>();
  const [makes, setMakes] = createSignal(false);
  const [deletes, setDeletes] = createSignal<Report>();
  const watched = createReportRun(stream, list.reload);
  createEffect(on(() => props.exam.id, (examId) => {
    setStream(createStream({ topics: [`exam:${examId}`], after: '', on: { 'run-progress': watched.onProgress, reset: list.reload } }));
  }));
  const remake = createAct(async (report: Report) => watched.take(await remakeReport(report.id, commandKey())));
  // one that is under way is followed here too, and one with failures waits for somebody
  const last = createLoad(() => props.exam.id, loadLastRun);
  createEffect(on(last.value, (run) => run !== undefined && watched.run() === undefined && (!isOver(run) || run.progress.failed > 0) && watched.take(run)));
  return (
    <>
      <ExamHeader exam={props.exam} page="reports" actions={<Button kind="primary" onClick={() => setMakes(true)}>{t('make')}</Button>} />
      <PageBody class="ReportsPage">
        <Show when={watched.run()}>{(run) => <RunCard run={run()} onRun={watched.take} />}</Show>
        <Show when={remake.problem()}>{(problem) => <ProblemView compact problem={problem()} onRetry={remake.clear} />}</Show>
        <Show when={list.isLoaded() || list.error() === undefined} fallback={<ProblemView problem={list.error()} onRetry={list.reload} busy={list.isLoading()} />}>
          <Show
            when={list.items().length > 0 || isFiltered() || !list.isLoaded()}
            fallback={<EmptyState icon={FileText} title={t('emptyTitle')} action={<Button onClick={() => setMakes(true)}>{t('make')}</Button>}>{t('emptyHelp')}</EmptyState>}
          >
            <ReportTable
              reports={list.items()} loading={!list.isLoaded()} onRemake={(report) => void remake.run(report)} onDelete={setDeletes}
              bar={
                <Toolbar>
                  <SearchBox label={t('search')} placeholder={t('search')} value={search.text()} onChange={search.type} width="240px" />
                  <FilterChip pressed={kind() === undefined} onToggle={() => setKind(undefined)}>{t('all')}</FilterChip>
                  <For each={KINDS}>{(one) => <FilterChip pressed={kind() === one} onToggle={() => setKind(kind() === one ? undefined : one)}>{t(`of.${one}`)}</FilterChip>}</For>
                </Toolbar>
              }
              foot={<Pager shown={list.items().length} more={list.hasMore()} busy={list.isLoadingMore()} onMore={list.loadMore} />}
            />
          </Show>
        </Show>
      </PageBody>
      <MakeDialog examId={props.exam.id} open={makes()} onClose={() => setMakes(false)} onRun={watched.take} />
      <ConfirmDialog
        open={deletes() !== undefined} onClose={() => setDeletes(undefined)} title={t('deleteTitle')} scope={t('deleteScope')} verb={t('deleteVerb')} busyText={t('busy')} kind="act"
        onConfirm={() => deleteReport(deletes()!.id).then(list.reload)}
      />
    </>
  );
}
