import Trophy from 'lucide-solid/icons/trophy';
import { createMemo, createSignal, Show, type JSX } from 'solid-js';

import { initialsOf } from '#domain/gamification/names.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import type { Column } from '#web/ui/table.ts';

import { type Gamification, loadStaffLeaderboard, type Period, resetName, type StaffLeaderboard } from '../api.ts';
import { messages } from './messages.ts';

type Row = StaffLeaderboard['items'][number];

const hasAlias = (row: Row): boolean => row.shownName !== row.name && row.shownName !== initialsOf(row.name);

/** The leaderboard as it stands, with the names behind it; also before students see it. */
export function BoardCard(props: { settings: Gamification }): JSX.Element {
  const t = useMessages(messages);
  const [period, setPeriod] = createSignal<Period>('all');
  const [resets, setResets] = createSignal<Row>();
  const board = createLoad(() => (props.settings.version === 0 ? undefined : `${period()} ${props.settings.version}`), (_, signal) => loadStaffLeaderboard(props.settings.batchId, period(), signal));
  const periods = (): Period[] => (['week', 'month', 'term', 'all'] as const).filter((one) => one !== 'term' || props.settings.termStartsOn !== null);
  const columns = createMemo((): readonly Column<Row>[] => [
    { id: 'rank', header: t('rank'), width: '56px', align: 'end', card: 'start', cell: (row) => row.rank },
    { id: 'student', header: t('student'), card: 'start', cell: (row) => <span class="Person"><b dir="auto">{row.name}</b><span dir="auto">{t('shownAs', { name: row.shownName })}</span></span> },
    { id: 'name', header: t('initials'), headerHidden: true, width: '128px', align: 'end', card: 'end', cell: (row) => <Show when={hasAlias(row)}><Button size="small" aria-label={t('initialsAsk', { name: row.name })} onClick={() => setResets(row)}>{t('initials')}</Button></Show> },
    { id: 'exams', header: t('examsColumn'), width: '72px', align: 'end', card: 'none', cell: (row) => row.exams },
    { id: 'points', header: t('pointsColumn'), width: '72px', align: 'end', card: 'end', cell: (row) => row.points },
  ]);
  return (
    <Card title={t('board')} flush actions={<Segmented name={t('period')} value={period()} onChange={setPeriod} options={periods().map((value) => ({ value, label: t(`period.${value}`) }))} />}>
      <Show when={board.error() === undefined} fallback={<ProblemView compact problem={board.error()} onRetry={board.reload} />}>
        <DataTable
          bare label={t('board')} columns={columns()} rows={board.value()?.items ?? []} rowKey={(row) => row.studentId} loading={board.isLoading() && board.value() === undefined}
          empty={<EmptyState bare icon={Trophy} title={t('boardEmpty')}>{t('boardEmptyHelp')}</EmptyState>}
          foot={
            <p class="soft">
              {t('boardHelp')}{' '}
              <Show when={board.value()}>{(found) => <>{t('computedAt', { time: formatTime(found().computedAt), size: found().size })} {found().more > 0 ? t('moreShare', found().more) : ''}</>}</Show>
            </p>
          }
        />
      </Show>
      <ConfirmDialog
        open={resets() !== undefined} onClose={() => setResets(undefined)} title={t('initialsAsk', { name: resets()?.name ?? '' })} verb={t('initials')} busyText={t('initialsBusy')}
        scope={<Show when={resets()}>{(row) => t('initialsScope', { initials: initialsOf(row().name), shown: row().shownName })}</Show>}
        onConfirm={async () => {
          await resetName(props.settings.batchId, resets()!.studentId);
          board.reload();
        }}
      />
    </Card>
  );
}
