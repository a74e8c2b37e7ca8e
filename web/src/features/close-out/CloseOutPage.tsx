import Printer from 'lucide-solid/icons/printer';
import ShieldCheck from 'lucide-solid/icons/shield-check';
import { Show, type JSX } from 'solid-js';

import { createExam } from '#web/features/exams/create-exam.ts';
import { ExamHeader } from '#web/features/exams/ExamHeader.tsx';
import { useShell } from '#web/features/shell/shell-context.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';

import { CloseOutCertificate } from './CloseOutCertificate.tsx';
import { messages } from './messages.ts';

/** The close-out of an exam on a page of its own, to read and to print. */
export function CloseOutPage(props: { examId: string }): JSX.Element {
  const t = useMessages(messages);
  const exam = createExam(() => props.examId);
  createTitle(() => (exam.value() === undefined ? t('closeOut') : t('title', { exam: exam.value()!.title })));
  useShell().setBreadcrumbs(() => [{ label: t('exams'), href: '/staff/exams' }, ...(exam.value() === undefined ? [] : [{ label: exam.value()!.title, href: `/staff/exams/${props.examId}` }]), { label: t('closeOut') }]);
  return (
    <Show
      when={exam.value()}
      fallback={<div class="PageBody CloseOutPage__wait">{exam.error() === undefined ? <Skeleton kind="block" height="420px" /> : <ProblemView heads problem={exam.error()} onRetry={exam.reload} busy={exam.isLoading()} />}</div>}
    >
      {(found) => (
        <>
          <ExamHeader exam={found()} page="close-out" actions={<Button icon={Printer} onClick={() => window.print()}>{t('print')}</Button>} />
          <PageBody class="CloseOutPage">
            <Show when={found().state !== 'draft'} fallback={<EmptyState icon={ShieldCheck} title={t('draftTitle')}>{t('draftHelp')}</EmptyState>}>
              <CloseOutCertificate exam={found()} />
            </Show>
          </PageBody>
        </>
      )}
    </Show>
  );
}
