import PenLine from 'lucide-solid/icons/pen-line';
import { type JSX, Show } from 'solid-js';

import { useShell } from '#web/features/shell/shell-context.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/Button.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Progress } from '#web/ui/Progress.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import type { Column } from '#web/ui/table.ts';

import { loadExams, type MarkingExam } from '../api.ts';
import { messages } from '../messages.ts';

/** Exams with answers that the reader may mark, one's own and those of others. */
export function ExamsPage(): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => true as const, loadExams);
  createTitle(() => t('marking'));
  useShell().setBreadcrumbs(() => [{ label: t('marking') }]);
  const columns: Column<MarkingExam>[] = [
    { id: 'exam', header: t('colExam'), cell: (exam) => <span class="Person"><b dir="auto">{exam.title}</b><Show when={exam.owner}><span>{t('listMine')}</span></Show></span> },
    { id: 'progress', header: t('colProgress'), width: '170px', cell: (exam) => <Progress short value={exam.done} max={exam.total} label={t('colProgress')} />, card: 'end' },
    { id: 'left', header: t('colLeft'), width: '140px', dropBelow: 640, cell: (exam) => (exam.pending === 0 ? t('listDone') : t('listLeft', { count: exam.pending })) },
    { id: 'acts', header: t('listMark'), headerHidden: true, width: '110px', align: 'end', card: 'end', cell: (exam) => <Button size="small" href={`/staff/exams/${exam.examId}/marking`} aria-label={`${t('listMark')}: ${exam.title}`}>{t('listMark')}</Button> },
  ];
  return (
    <>
      <PageHeader title={t('marking')} sub={t('listSub')} />
      <PageBody>
        <Show when={load.error() === undefined} fallback={<ProblemView problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}>
          <DataTable label={t('exams')} columns={columns} rows={load.value() ?? []} rowKey={(exam) => exam.examId} loading={load.value() === undefined} empty={<EmptyState bare icon={PenLine} title={t('listEmpty')}>{t('listEmptyHelp')}</EmptyState>} />
        </Show>
      </PageBody>
    </>
  );
}
