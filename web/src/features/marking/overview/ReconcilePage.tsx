import Scale from 'lucide-solid/icons/scale';
import { type JSX, Show } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import type { Column } from '#web/ui/table.ts';

import { type AnswerRow, loadOverview, loadRows, type OverviewItem } from '../api.ts';
import { MarkingFrame } from '../MarkingFrame.tsx';
import { messages } from '../messages.ts';
import { questionName } from '../question-name.ts';

type Row = AnswerRow & { readonly item: OverviewItem };

/** Answers with two marks that differ too much. */
export function ReconcilePage(props: { examId: string }): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => props.examId, async (examId, signal): Promise<Row[]> => {
    const { items } = await loadOverview(examId, signal);
    const found = await Promise.all(items.filter(({ reconcile }) => reconcile > 0).map(async (item) => (await loadRows(examId, item.itemId, signal, 'reconcile')).rows.map((row) => ({ ...row, item }))));
    return found.flat();
  }, { forget: true });
  const columns: Column<Row>[] = [
    { id: 'answer', header: t('colAnswer'), width: '200px', cell: (row) => <span class="Person"><b dir="auto">{row.student?.name ?? t('answerNumber', { number: row.number })}</b><span class="mono">{row.code}</span></span> },
    { id: 'question', header: t('colQuestion'), cell: (row) => <span class="Person"><b>{questionName(t, row.item)}</b><span dir="auto">{row.item.text}</span></span> },
    { id: 'acts', header: t('openIt'), headerHidden: true, width: '90px', align: 'end', card: 'end', cell: (row) => <Button size="small" aria-label={`${t('openIt')}: ${t('answerNumber', { number: row.number })}`} href={`/staff/exams/${props.examId}/marking/items/${row.itemId}?answer=${row.sessionId}`}>{t('openIt')}</Button> },
  ];
  return (
    <MarkingFrame examId={props.examId} title={t('reconcileList')}>
      <Show when={load.error() === undefined} fallback={<ProblemView problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}>
        <DataTable label={t('reconcileList')} columns={columns} rows={load.value() ?? []} rowKey={(row) => `${row.sessionId} ${row.itemId}`} loading={load.value() === undefined} empty={<EmptyState bare icon={Scale} title={t('reconcileEmpty')}>{t('reconcileEmptyHelp')}</EmptyState>} />
      </Show>
    </MarkingFrame>
  );
}
