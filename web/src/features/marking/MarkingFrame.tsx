import { type JSX, Show } from 'solid-js';

import { createExam } from '#web/features/exams/create-exam.ts';
import { ExamHeader } from '#web/features/exams/ExamHeader.tsx';
import { useShell } from '#web/features/shell/shell-context.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { isProblem } from '#web/lib/problem.ts';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';

import { messages } from './messages.ts';

/** The head of an exam around a page about its marking. */
export function MarkingFrame(props: { examId: string; title?: string; examTitle?: string | undefined; actions?: JSX.Element; children: JSX.Element }): JSX.Element {
  const t = useMessages(messages);
  const exam = createExam(() => props.examId);
  createTitle(() => props.title ?? (exam.value() === undefined ? t('marking') : t('overviewTitle', { exam: exam.value()!.title })));
  useShell().setBreadcrumbs(() => [
    { label: t('exams'), href: '/staff/exams' },
    ...(exam.value() === undefined ? (props.examTitle === undefined ? [] : [{ label: props.examTitle }]) : [{ label: exam.value()!.title, href: `/staff/exams/${props.examId}` }]),
    ...(props.title === undefined ? [{ label: t('marking') }] : [{ label: t('marking'), href: `/staff/exams/${props.examId}/marking` }, { label: props.title }]),
  ]);
  // who marks for somebody else reads the answers and not the exam
  const marksOnly = (): boolean => isProblem(exam.error(), 'not-found', 'forbidden');
  return (
    <Show when={exam.value() !== undefined || marksOnly()} fallback={<div class="PageBody ExamWait">{exam.error() === undefined ? <Skeleton kind="block" count={3} height="96px" /> : <ProblemView heads problem={exam.error()} onRetry={exam.reload} busy={exam.isLoading()} />}</div>}>
      <Show when={exam.value()} fallback={<PageHeader title={props.title ?? props.examTitle ?? t('marking')} sub={props.title === undefined ? t('marksFor') : props.examTitle} actions={props.actions} />}>
        {(found) => <ExamHeader exam={found()} page="marking" actions={props.actions} />}
      </Show>
      <PageBody>{props.children}</PageBody>
    </Show>
  );
}
