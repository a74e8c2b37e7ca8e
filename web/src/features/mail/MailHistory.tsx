import MailIcon from 'lucide-solid/icons/mail';
import { createEffect, createMemo, createSignal, For, on, Show, type JSX } from 'solid-js';

import { createSearch } from '#web/features/people/create-search.ts';
import { createPages } from '#web/lib/create-pages.ts';
import { formatDateTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { StateMark } from '#web/ui/Badge.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Select } from '#web/ui/Select.tsx';
import type { Column } from '#web/ui/table.ts';
import { FilterChip, SearchBox, Toolbar } from '#web/ui/Toolbar.tsx';

import { listMails, type Mail, type MailQuery, type MailSummary } from './api.ts';
import { MailDrawer } from './MailDrawer.tsx';
import { messages } from './messages.ts';
import { STATE_LOOK } from './states.ts';

const STATES = ['queued', 'sent', 'bounced', 'failed', 'dropped'] as const;
const TEMPLATES: readonly Mail['template'][] = ['result-published', 'result-changed', 'appeal-decided', 'plagiarism-notice', 'reports-ready', 'scan-finished'];

/** Every mail: to whom, about what, how it went. @param props `round` another number loads the list again */
export function MailHistory(props: { summary: MailSummary | undefined; examId: string | undefined; round: number; onChanged: () => void }): JSX.Element {
  const t = useMessages(messages);
  const search = createSearch();
  const [state, setState] = createSignal<Mail['state']>();
  const [template, setTemplate] = createSignal<Mail['template']>();
  const [openId, setOpenId] = createSignal<string>();
  const query = createMemo((): MailQuery => ({ q: search.settled(), state: state(), template: template(), examId: props.examId }));
  const pages = createPages(query, listMails);
  const open = createMemo(() => pages.items().find(({ id }) => id === openId()));
  createEffect(on(() => props.round, () => pages.reload(), { defer: true }));
  // what goes out while somebody looks is seen to; a list that was read on stays where it is
  const moves = createMemo(() => JSON.stringify(props.summary?.counts ?? null));
  createEffect(on(moves, () => { if (pages.isLoaded() && pages.items().length <= 50) pages.reload(); }, { defer: true }));
  const isNarrowed = (): boolean => search.settled() !== '' || state() !== undefined || template() !== undefined;

  const columns = createMemo((): readonly Column<Mail>[] => [
    { id: 'at', header: t('time'), width: '224px', card: 'end', dropBelow: 760, cell: (row) => <time class="tabular soft" dateTime={row.createdAt}>{formatDateTime(row.createdAt)}</time> },
    { id: 'to', header: t('to'), card: 'start', cell: (row) => <span class="Person"><b class="clip">{row.recipient.name}</b><span class="clip">{row.recipient.email}</span></span> },
    { id: 'what', header: t('what'), card: 'start', cell: (row) => <span class="Person"><b class="MailHistory__kind clip">{t(`template.${row.template}`)}</b><span class="clip">{row.exam?.title ?? ''}</span></span> },
    { id: 'state', header: t('state'), width: '190px', card: 'end', cell: (row) => <StateMark tone={STATE_LOOK[row.state].tone} icon={STATE_LOOK[row.state].icon} strong={row.state === 'failed' || row.state === 'bounced'}>{t(`state.${row.state}`)}</StateMark> },
    { id: 'tries', header: t('tries'), width: '90px', align: 'end', dropBelow: 880, card: 'none', cell: (row) => <span class="tabular">{row.attempts}</span> },
  ]);

  return (
    <>
      <Show when={pages.error() === undefined || pages.isLoaded()} fallback={<ProblemView problem={pages.error()} title={t('cannotLoad')} onRetry={pages.reload} busy={pages.isLoading()} />}>
        <DataTable
          label={t('history')} columns={columns()} rows={pages.items()} rowKey={(row) => row.id} rowLabel={(row) => row.recipient.name} openKey={openId()} onOpen={(row) => setOpenId(row.id)} loading={!pages.isLoaded()}
          empty={<EmptyState bare icon={MailIcon} title={t(isNarrowed() ? 'nothing' : 'none')}>{t(isNarrowed() ? 'nothingHelp' : 'noneHelp')}</EmptyState>}
          bar={
            <Toolbar end={<Select label={t('kind')} hideLabel options={[{ value: '', label: t('anyTemplate') }, ...TEMPLATES.map((one) => ({ value: one, label: t(`template.${one}`) }))]} value={template() ?? ''} onChange={(next) => setTemplate(TEMPLATES.find((one) => one === next))} />}>
              <SearchBox label={t('search')} value={search.text()} onChange={search.type} width="220px" slash />
              <FilterChip pressed={state() === undefined} onToggle={() => setState(undefined)}>{t('all')}</FilterChip>
              <For each={STATES}>{(one) => <FilterChip pressed={state() === one} count={props.summary?.counts[one] ?? 0} onToggle={() => setState(state() === one ? undefined : one)}>{t(`state.${one}`)}</FilterChip>}</For>
            </Toolbar>
          }
          foot={<Pager shown={pages.items().length} more={pages.hasMore()} busy={pages.isLoadingMore()} onMore={pages.loadMore} />}
        />
      </Show>
      <MailDrawer
        mail={open()} onClose={() => setOpenId(undefined)}
        onChange={(mail) => {
          pages.mutate((items) => items.map((one) => (one.id === mail.id ? mail : one)));
          props.onChanged();
        }}
      />
    </>
  );
}
