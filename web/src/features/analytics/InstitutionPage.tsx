import { Show, type JSX } from 'solid-js';

import { useShell } from '#web/features/shell/shell-context.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { formatDateTime, formatNumber } from '#web/lib/format.ts';
import { currentLanguage, useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { DataTable } from '#web/ui/DataTable.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import type { Column } from '#web/ui/table.ts';

import { type AdminStatistics, loadAdminStatistics } from './api.ts';
import { ChartCard } from './charts/ChartCard.tsx';
import { drawMonths } from './charts/months.ts';
import { messages } from './messages.ts';
import { Tiles } from './Tiles.tsx';
import { useWords } from './use-words.ts';

import './analysis.css';

type Month = AdminStatistics['months'][number];

/** The institution in numbers, month by month. */
export function InstitutionPage(): JSX.Element {
  const t = useMessages(messages);
  const words = useWords();
  const load = createLoad(() => true, (_, signal) => loadAdminStatistics(signal));
  createTitle(() => t('institution'));
  useShell().setBreadcrumbs(() => [{ label: t('institution') }]);
  const columns: Column<Month>[] = [
    { id: 'month', header: t('colMonth'), cell: (month) => monthName(month.month, 'long') },
    { id: 'exams', header: t('colExams'), width: '88px', align: 'end', card: 'none', cell: ({ exams }) => formatNumber(exams) },
    { id: 'sessions', header: t('colSessions'), width: '96px', align: 'end', card: 'end', cell: ({ sessions }) => formatNumber(sessions) },
    { id: 'students', header: t('colStudents'), width: '96px', align: 'end', dropBelow: 520, card: 'none', cell: ({ students }) => formatNumber(students) },
    { id: 'graded', header: t('colGraded'), width: '88px', align: 'end', dropBelow: 640, card: 'none', cell: ({ graded }) => formatNumber(graded) },
    { id: 'mean', header: t('colMean'), width: '88px', align: 'end', dropBelow: 520, card: 'none', cell: ({ meanPercent }) => words.percent(meanPercent) },
    { id: 'pass', header: t('colPassRate'), width: '88px', align: 'end', dropBelow: 640, card: 'none', cell: ({ passRate }) => words.share(passRate) },
  ];
  return (
    <Show
      when={load.value()}
      fallback={<div class="PageBody Analysis__wait">{load.error() === undefined ? <Skeleton kind="block" count={2} height="160px" /> : <ProblemView heads problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}</div>}
    >
      {(found) => (
        <>
          <PageHeader title={t('institution')} sub={t('institutionSub', { when: formatDateTime(found().computedAt) })} />
          <PageBody class="Analysis">
            <Tiles
              tiles={[
                { value: formatNumber(found().totals.exams), label: t('total.exams') },
                { value: formatNumber(found().totals.sessions), label: t('total.sessions') },
                { value: formatNumber(found().totals.students), label: t('total.students') },
                { value: formatNumber(found().totals.graded), label: t('total.graded') },
                { value: words.percent(found().totals.meanPercent), label: t('total.mean') },
                { value: words.share(found().totals.passRate, 1), label: t('total.pass') },
              ]}
            />
            <Months months={found().months} />
            <DataTable label={t('monthTable')} columns={columns} rows={[...found().months].reverse()} rowKey={({ month }) => month} />
          </PageBody>
        </>
      )}
    </Show>
  );
}

function Months(props: { months: readonly Month[] }): JSX.Element {
  const t = useMessages(messages);
  const top = (): Month | undefined => [...props.months].sort((a, b) => b.sessions - a.sessions)[0];
  return (
    <ChartCard
      title={t('months')}
      sentence={t('monthsSentence', { count: props.months.length, sum: props.months.reduce((sum, { sessions }) => sum + sessions, 0), top: top() === undefined ? '' : monthName(top()!.month, 'long'), most: top()?.sessions ?? 0 })}
      draw={(width) => drawMonths(props.months.map(({ month, sessions }) => ({ name: monthName(month, 'short'), count: sessions })), width)}
      table={{ head: [t('colMonth'), t('colSessions')], rows: props.months.map(({ month, sessions }) => [monthName(month, 'long'), formatNumber(sessions)]) }}
    />
  );
}

/** "Nov", or "November 2026". @param month such as "2026-11" */
function monthName(month: string, length: 'short' | 'long'): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Intl.DateTimeFormat(currentLanguage(), { month: length, ...(length === 'long' ? { year: 'numeric' } : {}), timeZone: 'UTC' }).format(Date.UTC(year, number - 1, 1));
}
