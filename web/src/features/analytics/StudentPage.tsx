import ChartLine from 'lucide-solid/icons/chart-line';
import { Show, type JSX } from 'solid-js';

import { useShell } from '#web/features/shell/shell-context.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { formatDate } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import type { Column } from '#web/ui/table.ts';

import { loadStudent, type StudentStatistics } from './api.ts';
import { messages } from './messages.ts';
import { TrendCard } from './TrendCard.tsx';
import { useWords } from './use-words.ts';

import './analysis.css';

type ExamOfStudent = StudentStatistics['exams'][number];

/** How a student did from exam to exam. */
export function StudentPage(props: { studentId: string }): JSX.Element {
  const t = useMessages(messages);
  const words = useWords();
  const load = createLoad(() => props.studentId, loadStudent, { forget: true });
  const title = (): string => t('progressOf', { name: load.value()?.name ?? t('aStudent') });
  createTitle(title);
  useShell().setBreadcrumbs(() => [{ label: t('progress') }, ...(load.value()?.name === undefined ? [] : [{ label: load.value()!.name! }])]);
  const columns: Column<ExamOfStudent>[] = [
    { id: 'exam', header: t('colExam'), cell: (exam) => <a class="Link" href={`/staff/exams/${exam.examId}`}>{exam.title}</a> },
    { id: 'date', header: t('colDate'), width: '180px', dropBelow: 640, cell: (exam) => formatDate(exam.at, { weekday: 'short' }) },
    { id: 'own', header: t('colOwn'), width: '96px', align: 'end', card: 'end', cell: (exam) => words.percent(exam.percent) },
    { id: 'class', header: t('colClass'), width: '96px', align: 'end', card: 'none', cell: (exam) => words.percent(exam.classMean) },
    { id: 'result', header: t('colResult'), width: '112px', dropBelow: 520, cell: (exam) => (exam.passed === null ? t('none') : t(exam.passed ? 'passed' : 'failed')) },
  ];
  return (
    <Show
      when={load.value()}
      fallback={<div class="PageBody Analysis__wait">{load.error() === undefined ? <Skeleton kind="block" count={2} height="160px" /> : <ProblemView heads problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}</div>}
    >
      {(found) => (
        <>
          <PageHeader title={title()} sub={t('progressSub', { count: found().statistics.exams.length })} />
          <PageBody class="Analysis">
            <Show when={found().statistics.exams.length > 0} fallback={<EmptyState icon={ChartLine} title={t('progressNone')}>{t('progressNoneHelp')}</EmptyState>}>
              <TrendCard statistics={found().statistics} />
              <DataTable label={t('progress')} columns={columns} rows={[...found().statistics.exams].reverse()} rowKey={(exam) => exam.examId} />
            </Show>
          </PageBody>
        </>
      )}
    </Show>
  );
}
