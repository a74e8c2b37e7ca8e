import UsersRound from 'lucide-solid/icons/users-round';
import { createMemo, Show, type JSX } from 'solid-js';

import { formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import type { Column } from '#web/ui/table.ts';

import type { ExamStatistics } from './api.ts';
import { ChartCard } from './charts/ChartCard.tsx';
import { drawRows } from './charts/rows.ts';
import { messages } from './messages.ts';
import { useWords } from './use-words.ts';

type Batch = ExamStatistics['byBatch'][number];

/** "Group 2" before "Group 10". */
const BY_NAME = new Intl.Collator(undefined, { numeric: true });

/** How batches compare. */
export function BatchesTab(props: { exam: ExamStatistics }): JSX.Element {
  const t = useMessages(messages);
  const words = useWords();
  const batches = createMemo(() => props.exam.byBatch.filter(({ n }) => n > 0).sort((a, b) => BY_NAME.compare(a.name, b.name)));
  const ranked = (): Batch[] => batches().filter(({ mean }) => mean !== null).sort((a, b) => b.mean! - a.mean!);
  const bar = (batch: Batch): string => t('batchBar', { mean: words.number(batch.mean, 1), n: formatNumber(batch.n) });
  const sentence = (): string => {
    const [best, last] = [ranked()[0], ranked().at(-1)];
    if (best === undefined || last === undefined || ranked().length < 2) return t('batchesOne');
    if (best.mean === last.mean) return t('batchesSame', { mean: words.number(best.mean, 1) });
    return t('batchesSentence', { best: best.name, bestMean: words.number(best.mean, 1), last: last.name, lastMean: words.number(last.mean, 1) });
  };
  const columns: Column<Batch>[] = [
    { id: 'batch', header: t('colBatch'), cell: (batch) => <b class="strong">{batch.name}</b> },
    { id: 'n', header: t('colStudents'), width: '88px', align: 'end', card: 'end', cell: (batch) => batch.n },
    { id: 'mean', header: t('colMean'), width: '88px', align: 'end', card: 'end', cell: (batch) => words.percent(batch.mean) },
    { id: 'sd', header: t('colSd'), width: '72px', align: 'end', dropBelow: 640, card: 'none', cell: (batch) => words.number(batch.sd, 1) },
    { id: 'median', header: t('colMedian'), width: '88px', align: 'end', dropBelow: 640, card: 'none', cell: (batch) => words.percent(batch.median) },
    { id: 'quartiles', header: t('colQuartiles'), width: '132px', align: 'end', dropBelow: 760, card: 'none', cell: (batch) => (batch.quartiles.q1 === null ? t('none') : t('rangeText', { min: words.number(batch.quartiles.q1, 1), max: words.number(batch.quartiles.q3, 1) })) },
    { id: 'pass', header: t('colPassRate'), width: '80px', align: 'end', dropBelow: 520, card: 'none', cell: (batch) => words.share(batch.passRate) },
    { id: 'effect', header: t('colEffect'), width: '92px', align: 'end', dropBelow: 760, card: 'none', cell: (batch) => words.number(batch.effectSize) },
  ];
  return (
    <Show when={batches().length > 0} fallback={<EmptyState icon={UsersRound} title={t('batchesNone')}>{t('batchesNoneHelp')}</EmptyState>}>
      <div class="Analysis__stack">
        <ChartCard
          title={t('batches')}
          sentence={sentence()}
          draw={(width) => drawRows({
            most: 100,
            rows: ranked().map((batch) => ({ name: batch.name, bars: [{ value: batch.mean, text: bar(batch), tone: 'accent' }] })),
            rule: props.exam.distribution.mean === null ? undefined : { value: props.exam.distribution.mean, text: t('batchAll', { mean: words.number(props.exam.distribution.mean, 1) }) },
          }, width)}
          table={{ head: [t('colBatch'), t('colStudents'), t('colMean')], rows: batches().map((batch) => [batch.name, String(batch.n), words.percent(batch.mean)]) }}
        />
        <DataTable label={t('batchDetails')} columns={columns} rows={[...batches()]} rowKey={(batch) => batch.batchId} foot={<p class="Chart__sentence">{t('effectFoot')}</p>} />
      </div>
    </Show>
  );
}
