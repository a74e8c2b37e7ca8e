import CalendarClock from 'lucide-solid/icons/calendar-clock';
import Check from 'lucide-solid/icons/check';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleDashed from 'lucide-solid/icons/circle-dashed';
import ListChecks from 'lucide-solid/icons/list-checks';
import LoaderCircle from 'lucide-solid/icons/loader-circle';
import RotateCw from 'lucide-solid/icons/rotate-cw';
import Route from 'lucide-solid/icons/route';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import UserRound from 'lucide-solid/icons/user-round';
import { useNavigate } from '@solidjs/router';
import { onCleanup, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { useShell } from '#web/features/shell/shell-context.ts';
import { createPages } from '#web/lib/create-pages.ts';
import { formatDateTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { StateMark } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { DateTime } from '#web/ui/DateTime.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import type { Icon } from '#web/ui/icon.ts';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import type { Column } from '#web/ui/table.ts';
import { FilterChip, Toolbar } from '#web/ui/Toolbar.tsx';

import { listWorkflows, type WorkflowKind, type WorkflowQuery, type WorkflowRow } from './api.ts';
import { messages } from './messages.ts';

import './workflows-page.css';

/** Icon of each kind of workflow. */
const KIND_ICONS: Readonly<Record<WorkflowKind, Icon>> = { session: UserRound, window: CalendarClock, run: ListChecks };

const LOOK_AGAIN_MS = 10_000;

/** The workflows that there should be, and whether they are. */
export function WorkflowsPage(props: { query: WorkflowQuery; onQuery: (query: WorkflowQuery) => void }): JSX.Element {
  const t = useMessages(messages);
  const navigate = useNavigate();
  createTitle(() => t('title'));
  useShell().setBreadcrumbs(() => [{ label: t('title') }]);
  const pages = createPages(() => props.query, listWorkflows);
  // only while the first page is all that is shown: more pages would jump
  const timer = setInterval(() => document.visibilityState === 'visible' && pages.items().length <= 50 && !pages.isLoading() && pages.reload(), LOOK_AGAIN_MS);
  onCleanup(() => clearInterval(timer));
  const change = (more: WorkflowQuery): void => props.onQuery({ ...props.query, ...more });
  const isFiltered = (): boolean => Object.values(props.query).some((value) => value !== undefined);
  const columns: Column<WorkflowRow>[] = [
    {
      id: 'what', header: t('colWhat'), cell: (row) => (
        <span class="WorkflowsPage__what">
          <Dynamic component={KIND_ICONS[row.kind]} />
          <span class="Person"><b dir="auto" title={row.examTitle ?? undefined}>{row.examTitle ?? t('noExam')}</b><span title={row.workflowId}>{t(`kind.${row.kind}`)} · <code>{row.workflowId.slice(-12)}</code></span></span>
        </span>
      ),
    },
    { id: 'state', header: t('colState'), width: '150px', dropBelow: 640, card: 'end', cell: (row) => <span>{stateText(row, t)}</span> },
    { id: 'follows', header: t('colFollows'), width: '180px', cell: (row) => <Follows row={row} /> },
    { id: 'status', header: t('colStatus'), width: '150px', dropBelow: 760, card: 'none', cell: (row) => <span class="soft">{row.status === null ? t('statusUnknown') : row.status.toLowerCase().replace(/_/g, ' ')}</span> },
    { id: 'started', header: t('colStarted'), width: '216px', dropBelow: 880, card: 'none', cell: (row) => <DateTime value={row.startedAt} /> },
  ];
  return (
    <>
      <PageHeader title={t('title')} sub={t('sub')} actions={<Button icon={RotateCw} busy={pages.isLoading()} onClick={pages.reload}>{t('reload')}</Button>} />
      <PageBody class="WorkflowsPage">
        <Show when={pages.error()}>{(problem) => <ProblemView problem={problem()} onRetry={pages.reload} busy={pages.isLoading()} />}</Show>
        <DataTable
          label={t('title')}
          columns={columns}
          rows={pages.items()}
          rowKey={(row) => row.workflowId}
          onOpen={(row) => navigate(`/staff/workflows/${encodeURIComponent(row.workflowId)}`)}
          loading={pages.first() === undefined && pages.error() === undefined}
          bar={
            <Toolbar>
              <Segmented
                name={t('kinds')}
                value={props.query.kind ?? 'all'}
                onChange={(kind) => change({ kind: kind === 'all' ? undefined : kind })}
                options={[{ value: 'all', label: t('all') }, { value: 'session', label: t('sessions') }, { value: 'window', label: t('windows') }, { value: 'run', label: t('runs') }]}
              />
              <FilterChip pressed={props.query.behind === true} icon={TriangleAlert} onToggle={(pressed) => change({ behind: pressed ? true : undefined })}>{t('onlyBehind')}</FilterChip>
              <FilterChip pressed={props.query.open === true} icon={LoaderCircle} onToggle={(pressed) => change({ open: pressed ? true : undefined })}>{t('onlyOpen')}</FilterChip>
              <Show when={props.query.examId}><FilterChip pressed onToggle={() => change({ examId: undefined })}>{t('ofExam')}</FilterChip></Show>
            </Toolbar>
          }
          empty={
            <Show when={pages.error() === undefined}>
              <EmptyState bare icon={props.query.behind ? CircleCheck : Route} title={t('emptyTitle')} {...(isFiltered() ? { action: <Button onClick={() => props.onQuery({})}>{t('showAll')}</Button> } : {})}>
                {props.query.behind ? t('emptyBehind') : t('emptyHelp')}
              </EmptyState>
            </Show>
          }
          foot={<Show when={pages.isLoaded()}><Pager shown={pages.items().length} more={pages.hasMore()} busy={pages.isLoadingMore()} onMore={pages.loadMore} /></Show>}
        />
      </PageBody>
    </>
  );
}

/** Whether a workflow has seen the newest version of what it follows. */
function Follows(props: { row: Pick<WorkflowRow, 'behind' | 'seenVersion' | 'rowVersion' | 'completedAt'> }): JSX.Element {
  const t = useMessages(messages);
  return (
    <Show
      when={props.row.behind}
      fallback={<StateMark tone={props.row.completedAt === null ? 'accent' : 'done'} icon={props.row.completedAt === null ? Check : CircleCheck}><span title={props.row.completedAt === null ? undefined : t('completed', { when: formatDateTime(props.row.completedAt) })}>{t('following', { seen: props.row.seenVersion ?? 0 })}</span></StateMark>}
    >
      <StateMark tone="attention" icon={props.row.seenVersion === null ? CircleDashed : TriangleAlert} strong>{props.row.seenVersion === null ? t('never') : t('behind', { seen: props.row.seenVersion, row: props.row.rowVersion })}</StateMark>
    </Show>
  );
}

/** State of what a workflow follows, in words. */
export function stateText({ state }: Pick<WorkflowRow, 'state'>, t: ReturnType<typeof useMessages<typeof messages.en>>): string {
  return (t(`state.${state as 'open'}`) as string | undefined) ?? state;
}
