import FileText from 'lucide-solid/icons/file-text';
import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import type { Exam } from '#web/features/exams/api.ts';
import { createExam } from '#web/features/exams/create-exam.ts';
import { ExamHeader } from '#web/features/exams/ExamHeader.tsx';
import { useShell } from '#web/features/shell/shell-context.ts';
import { createAct } from '#web/lib/create-act.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createStream, type Stream } from '#web/lib/stream.ts';
import { createTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/Button.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';

import { deleteReport, loadReports, remakeReport, type Report } from './api.ts';
import { createReportRun } from './create-report-run.ts';
import { MakeDialog } from './MakeDialog.tsx';
import { messages } from './messages.ts';
import { ReportTable } from './ReportTable.tsx';
import { RunCard } from './RunCard.tsx';

import './reports-page.css';

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
  const list = createLoad(() => props.exam.id, loadReports);
  const [stream, setStream] = createSignal<Stream>();
  const [makes, setMakes] = createSignal(false);
  const [deletes, setDeletes] = createSignal<Report>();
  const watched = createReportRun(stream, list.reload);
  createEffect(on(() => props.exam.id, (examId) => {
    setStream(createStream({ topics: [`exam:${examId}`], after: '', on: { 'run-progress': watched.onProgress, reset: list.reload } }));
  }));
  const remake = createAct(async (report: Report) => watched.take(await remakeReport(report.id, commandKey())));
  const reports = (): readonly Report[] => list.value()?.reports ?? [];
  return (
    <>
      <ExamHeader exam={props.exam} page="reports" actions={<Button kind="primary" onClick={() => setMakes(true)}>{t('make')}</Button>} />
      <PageBody class="ReportsPage">
        <Show when={watched.run()}>{(run) => <RunCard run={run()} onRun={watched.take} />}</Show>
        <Show when={remake.problem()}>{(problem) => <ProblemView compact problem={problem()} onRetry={remake.clear} />}</Show>
        <Show when={list.error()}>{(problem) => <ProblemView compact={reports().length > 0} problem={problem()} onRetry={list.reload} busy={list.isLoading()} />}</Show>
        <Show when={list.value() !== undefined || list.error() === undefined}>
          <Show
            when={reports().length > 0 || list.value() === undefined}
            fallback={<EmptyState icon={FileText} title={t('emptyTitle')} action={<Button onClick={() => setMakes(true)}>{t('make')}</Button>}>{t('emptyHelp')}</EmptyState>}
          >
            <ReportTable reports={reports()} loading={list.value() === undefined} onRemake={(report) => void remake.run(report)} onDelete={setDeletes} />
            <Show when={list.value()?.more}><p class="soft small">{t('more')}</p></Show>
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
