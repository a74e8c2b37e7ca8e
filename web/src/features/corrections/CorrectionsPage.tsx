import PenLine from 'lucide-solid/icons/pen-line';
import { createSignal, Show, type JSX } from 'solid-js';

import { createExam } from '#web/features/exams/create-exam.ts';
import { ExamHeader } from '#web/features/exams/ExamHeader.tsx';
import { useShell } from '#web/features/shell/shell-context.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';

import { messages } from './messages.ts';
import { ModerationCard } from './ModerationCard.tsx';
import { Regrades } from './Regrades.tsx';
import { ScaleCard } from './ScaleCard.tsx';

import './corrections.css';

/** What is put right after an exam: questions and sums. */
export function CorrectionsPage(props: { examId: string }): JSX.Element {
  const t = useMessages(messages);
  const exam = createExam(() => props.examId);
  const [stamp, setStamp] = createSignal(0);
  const changed = (): void => void setStamp((now) => now + 1);
  createTitle(() => (exam.value() === undefined ? t('corrections') : t('title', { exam: exam.value()!.title })));
  useShell().setBreadcrumbs(() => [{ label: t('exams'), href: '/staff/exams' }, ...(exam.value() === undefined ? [] : [{ label: exam.value()!.title, href: `/staff/exams/${props.examId}` }]), { label: t('corrections') }]);
  return (
    <Show
      when={exam.value()}
      fallback={<div class="PageBody Corrections__wait">{exam.error() === undefined ? <Skeleton kind="block" count={3} height="96px" /> : <ProblemView heads problem={exam.error()} onRetry={exam.reload} busy={exam.isLoading()} />}</div>}
    >
      {(found) => (
        <>
          <ExamHeader exam={found()} page="corrections" />
          <PageBody class="Corrections">
            <Show when={found().state !== 'draft'} fallback={<EmptyState icon={PenLine} title={t('draft')}>{t('draftHelp')}</EmptyState>}>
              <Regrades exam={found()} onApplied={changed} />
              <ModerationCard examId={props.examId} onChange={changed} />
              <ScaleCard examId={props.examId} stamp={stamp()} />
            </Show>
          </PageBody>
        </>
      )}
    </Show>
  );
}
