import ScanSearch from 'lucide-solid/icons/scan-search';
import { createMemo, createSignal, Show, type JSX } from 'solid-js';

import { createExam } from '#web/features/exams/create-exam.ts';
import { ExamHeader } from '#web/features/exams/ExamHeader.tsx';
import { isOver } from '#web/features/results/staff/create-runs.ts';
import { useShell } from '#web/features/shell/shell-context.ts';
import { formatDateTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Notice } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Select } from '#web/ui/Select.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';

import type { Scan } from './api.ts';
import { createScans } from './create-scans.ts';
import { Groups } from './Groups.tsx';
import { messages } from './messages.ts';
import { PairTable } from './PairTable.tsx';
import { ScanCard } from './ScanCard.tsx';
import { StartScanDialog } from './StartScanDialog.tsx';

import './plagiarism.css';

/** Plagiarism scans of an exam: start one, follow it, and review what it found. */
export function PlagiarismPage(props: { examId: string }): JSX.Element {
  const t = useMessages(messages);
  const exam = createExam(() => props.examId);
  const scans = createScans(() => props.examId);
  const [asks, setAsks] = createSignal(false);
  const [picked, setPicked] = createSignal<string>();
  const scan = createMemo((): Scan | undefined => scans.value()?.find(({ runId }) => runId === picked()) ?? scans.value()?.[0]);
  const isBusy = (): boolean => scans.value()?.some((one) => !isOver(one)) ?? false;
  createTitle(() => (exam.value() === undefined ? t('plagiarism') : t('title', { exam: exam.value()!.title })));
  useShell().setBreadcrumbs(() => [{ label: t('exams'), href: '/staff/exams' }, ...(exam.value() === undefined ? [] : [{ label: exam.value()!.title, href: `/staff/exams/${props.examId}` }]), { label: t('plagiarism') }]);
  const start = (): JSX.Element => <Button kind="primary" icon={ScanSearch} disabled={isBusy() || scans.value() === undefined} onClick={() => setAsks(true)}>{t('start')}</Button>;
  return (
    <Show
      when={exam.value()}
      fallback={<div class="PageBody Plagiarism__wait">{exam.error() === undefined ? <Skeleton kind="block" count={3} height="96px" /> : <ProblemView heads problem={exam.error()} onRetry={exam.reload} busy={exam.isLoading()} />}</div>}
    >
      {(found) => (
        <>
          <ExamHeader exam={found()} page="plagiarism" actions={<Show when={found().state !== 'draft' && scan()}>{start()}</Show>} />
          <PageBody class="Plagiarism">
            <Show when={found().state !== 'draft'} fallback={<EmptyState icon={ScanSearch} title={t('draft')}>{t('draftHelp')}</EmptyState>}>
              <Show when={scans.value()} fallback={scans.error() === undefined ? <Skeleton kind="block" count={2} height="140px" /> : <ProblemView problem={scans.error()} onRetry={scans.reload} busy={scans.isLoading()} />}>
                {(all) => (
                  <Show when={scan()} fallback={<EmptyState icon={ScanSearch} title={t('emptyTitle')} action={start()}>{t('emptyHelp')}</EmptyState>}>
                    {(shown) => (
                      <>
                        <Notice tone="info"><b>{t('calmTitle')}.</b> {t('calm')}</Notice>
                        <Show when={all().length > 1}>
                          <div class="Plagiarism__history">
                            <Select label={t('history')} value={shown().runId} onChange={setPicked} options={all().map((one) => ({ value: one.runId, label: `${formatDateTime(one.createdAt)}, ${t(`run.${one.state}`)}` }))} />
                          </div>
                        </Show>
                        <ScanCard scan={shown()} onChange={scans.reload} />
                        <Show when={shown().summary !== null} fallback={<Show when={!isOver(shown())}><EmptyState bare title={t('runningTitle')} /></Show>}>
                          <Show when={shown().runId} keyed>
                            {(runId) => (
                              <>
                                <PairTable examId={props.examId} runId={runId} flags={shown().summary!.flags} />
                                <Groups examId={props.examId} runId={runId} />
                              </>
                            )}
                          </Show>
                        </Show>
                      </>
                    )}
                  </Show>
                )}
              </Show>
            </Show>
          </PageBody>
          <StartScanDialog examId={props.examId} open={asks()} onClose={() => setAsks(false)} onDone={() => (setPicked(undefined), scans.reload())} />
        </>
      )}
    </Show>
  );
}
