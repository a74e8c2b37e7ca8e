import { createSignal, Show, type JSX } from 'solid-js';

import { createPages } from '#web/lib/create-pages.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Checkbox } from '#web/ui/Checkbox.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import type { Column } from '#web/ui/table.ts';

import { loadChanges, type RegradeChange, type RegradeChangePage } from './api.ts';
import { messages } from './messages.ts';
import { meanText } from './percent.ts';

/** Every result that a regrade changes, with who crosses a boundary. */
export function Changes(props: { regradeId: string; isOpen: boolean }): JSX.Element {
  const t = useMessages(messages);
  const [isOpen, setOpen] = createSignal(props.isOpen);
  return (
    <details open={props.isOpen} onToggle={(event) => event.currentTarget.open && setOpen(true)}>
      <summary>{t('changes')}</summary>
      <Show when={isOpen()}><ChangeTable regradeId={props.regradeId} /></Show>
    </details>
  );
}

function ChangeTable(props: { regradeId: string }): JSX.Element {
  const t = useMessages(messages);
  const [onlyGrade, setOnlyGrade] = createSignal(false);
  const pages = createPages<boolean, RegradeChange, RegradeChangePage>(onlyGrade, (grade, cursor, signal) => loadChanges(props.regradeId, grade, cursor, signal));
  const sideText = (side: RegradeChange['before']): string => t('side', { points: side.points, max: side.maxPoints, percent: meanText(side.percent) });
  const crosses = ({ crosses: { grade, pass } }: RegradeChange): string[] => [
    ...(pass === 'same' ? [] : [t(pass === 'gained' ? 'rowPasses' : 'rowFails')]), ...(grade === 'same' ? [] : [t(grade === 'up' ? 'rowUp' : 'rowDown')]),
  ];
  const columns = (): Column<RegradeChange>[] => [
    { id: 'student', header: t('colStudent'), cell: (row) => <span class="Person"><b dir="auto">{row.student.name}</b><span>{row.student.externalId}</span></span> },
    { id: 'before', header: t('colBefore'), width: '150px', align: 'end', cell: (row) => <span class="soft">{sideText(row.before)}</span> },
    { id: 'after', header: t('colAfter'), width: '150px', align: 'end', card: 'end', cell: (row) => <b>{sideText(row.after)}</b> },
    { id: 'crosses', header: t('colCrosses'), width: '170px', card: 'end', cell: (row) => <span>{[crosses(row).join(', '), row.before.gradeLabel === row.after.gradeLabel ? '' : `${row.before.gradeLabel ?? '–'} → ${row.after.gradeLabel ?? '–'}`].filter(Boolean).join(', ')}</span> },
  ];
  return (
    <Show when={pages.error() === undefined} fallback={<ProblemView compact problem={pages.error()} onRetry={pages.reload} busy={pages.isLoading()} />}>
      <Checkbox checked={onlyGrade()} onChange={setOnlyGrade}>{t('onlyGrade')}</Checkbox>
      <DataTable
        label={t('changes')} columns={columns()} rows={pages.items()} rowKey={(row) => row.sessionId} density="compact" loading={!pages.isLoaded()} empty={<EmptyState bare title={t('noChanges')} />}
        foot={<Pager shown={pages.items().length} total={pages.total()} more={pages.hasMore()} busy={pages.isLoadingMore()} onMore={pages.loadMore} />}
      />
    </Show>
  );
}
