import Flag from 'lucide-solid/icons/flag';
import { type JSX, Show } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { DateTime } from '#web/ui/DateTime.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import type { Column } from '#web/ui/table.ts';

import { type Flags, loadFlags } from '../api.ts';
import { MarkingFrame } from '../MarkingFrame.tsx';
import { messages } from '../messages.ts';

type Row = Flags['items'][number];

/** Answers that were set aside for discussion. */
export function FlagsPage(props: { examId: string }): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => props.examId, loadFlags, { forget: true });
  const columns: Column<Row>[] = [
    { id: 'answer', header: t('colAnswer'), width: '170px', cell: (row) => <span class="Person"><b>{t('answerNumber', { number: row.number })}</b><span class="mono">{row.code}</span></span> },
    { id: 'note', header: t('colNote'), cell: (row) => <span dir="auto">{row.note}</span> },
    { id: 'by', header: t('colBy'), width: '230px', dropBelow: 640, cell: (row) => <span class="Person"><b dir="auto">{row.by.name}</b><span><DateTime value={row.at} /></span></span>, card: 'end' },
    { id: 'state', header: t('colState'), width: '160px', dropBelow: 760, cell: (row) => t(`state.${row.state}`) },
    { id: 'acts', header: t('openIt'), headerHidden: true, width: '90px', align: 'end', card: 'end', cell: (row) => <Button size="small" aria-label={`${t('openIt')}: ${t('answerNumber', { number: row.number })}`} href={`/staff/exams/${props.examId}/marking/items/${row.itemId}?answer=${row.sessionId}`}>{t('openIt')}</Button> },
  ];
  return (
    <MarkingFrame examId={props.examId} title={t('flagsTitle')}>
      <Show when={load.error() === undefined} fallback={<ProblemView problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}>
        <DataTable label={t('flagsTitle')} columns={columns} rows={load.value()?.items ?? []} rowKey={(row) => `${row.sessionId} ${row.itemId} ${row.by.id}`} loading={load.value() === undefined} empty={<EmptyState bare icon={Flag} title={t('flagsEmpty')}>{t('flagsEmptyHelp')}</EmptyState>} />
      </Show>
    </MarkingFrame>
  );
}
