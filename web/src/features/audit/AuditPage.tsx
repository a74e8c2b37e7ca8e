import { useSearchParams } from '@solidjs/router';
import Download from 'lucide-solid/icons/download';
import ScrollText from 'lucide-solid/icons/scroll-text';
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';

import { createSearch } from '#web/features/people/create-search.ts';
import { useShell } from '#web/features/shell/shell-context.ts';
import { createPages } from '#web/lib/create-pages.ts';
import { formatDateTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import type { Column } from '#web/ui/table.ts';
import { TextInput } from '#web/ui/TextInput.tsx';
import { FilterChip, SearchBox, Toolbar } from '#web/ui/Toolbar.tsx';

import { auditFile, type AuditQuery, type AuditRow, listAudit } from './api.ts';
import { actionText } from './actions.ts';
import { AuditDrawer } from './AuditDrawer.tsx';
import { messages } from './messages.ts';

import './audit.css';

/** Beginnings of actions that a person looks for. */
const KINDS = { exams: 'exam.', sessions: 'session.', people: 'user.', logins: 'auth.', questions: 'question', platform: 'platform.' } as const;

type Narrowing = Pick<AuditQuery, 'actorId' | 'examId' | 'sessionId' | 'resourceId'>;

/** The audit log: search, filters, what changed, as a file. */
export function AuditPage(): JSX.Element {
  const t = useMessages(messages);
  const [params, setParams] = useSearchParams<Record<keyof Narrowing, string>>();
  const search = createSearch();
  const [kind, setKind] = createSignal<keyof typeof KINDS>();
  const [from, setFrom] = createSignal('');
  const [to, setTo] = createSignal('');
  const [openId, setOpenId] = createSignal<string>();
  const narrowing = (): Narrowing => ({ actorId: params.actorId, examId: params.examId, sessionId: params.sessionId, resourceId: params.resourceId });
  const query = createMemo((): AuditQuery => {
    const only = kind();
    return { q: search.settled(), action: only === undefined ? undefined : KINDS[only], from: instant(from()), to: instant(to()), ...narrowing() };
  });
  const pages = createPages(query, listAudit);
  const open = createMemo(() => pages.items().find(({ id }) => id === openId()));
  createTitle(() => t('audit'));
  useShell().setBreadcrumbs(() => [{ label: t('audit') }]);

  const columns = createMemo((): readonly Column<AuditRow>[] => [
    { id: 'at', header: t('time'), width: '232px', card: 'end', cell: (row) => <time class="tabular soft" dateTime={row.at}>{formatDateTime(row.at, { seconds: true })}</time> },
    { id: 'who', header: t('who'), width: '190px', card: 'start', cell: (row) => <span class="clip">{row.actor?.name ?? row.actor?.id ?? t('system')}</span> },
    { id: 'what', header: t('what'), card: 'start', cell: (row) => <b class="clip">{actionText(row.action)}</b> },
    { id: 'why', header: t('why'), dropBelow: 760, card: 'start', cell: (row) => <span class="clip soft">{row.reason ?? ''}</span> },
  ]);

  return (
    <>
      <PageHeader title={t('audit')} sub={t('sub')} actions={<Button icon={Download} href={auditFile(query())} download>{t('download')}</Button>} />
      <PageBody>
        <Show when={Object.values(narrowing()).some(Boolean)}>
          <Banner tone="info" title={t('filtered')} actions={<Button size="small" onClick={() => setParams({ actorId: undefined, examId: undefined, sessionId: undefined, resourceId: undefined })}>{t('clear')}</Button>} />
        </Show>
        <Show when={pages.error() === undefined || pages.isLoaded()} fallback={<ProblemView problem={pages.error()} title={t('cannotLoad')} onRetry={pages.reload} busy={pages.isLoading()} />}>
          <DataTable
            label={t('audit')}
            density="compact"
            columns={columns()}
            rows={pages.items()}
            rowKey={(row) => row.id}
            openKey={openId()}
            onOpen={(row) => setOpenId(row.id)}
            loading={!pages.isLoaded()}
            empty={<EmptyState bare icon={ScrollText} title={t('nothing')}>{t('nothingHelp')}</EmptyState>}
            bar={
              <Toolbar
                end={
                  <span class="Audit__dates">
                    <TextInput type="datetime-local" label={t('from')} value={from()} onChange={setFrom} max={to() || undefined} />
                    <TextInput type="datetime-local" label={t('to')} value={to()} onChange={setTo} min={from() || undefined} />
                  </span>
                }
              >
                <SearchBox label={t('search')} value={search.text()} onChange={search.type} width="240px" />
                <FilterChip pressed={kind() === undefined} onToggle={() => setKind(undefined)}>{t('all')}</FilterChip>
                <For each={Object.keys(KINDS) as (keyof typeof KINDS)[]}>{(one) => <FilterChip pressed={kind() === one} onToggle={() => setKind(kind() === one ? undefined : one)}>{t(one)}</FilterChip>}</For>
              </Toolbar>
            }
            foot={<Pager shown={pages.items().length} more={pages.hasMore()} busy={pages.isLoadingMore()} onMore={pages.loadMore} />}
          />
        </Show>
      </PageBody>
      <AuditDrawer row={open()} onClose={() => setOpenId(undefined)} onNarrow={(narrow) => setParams({ ...narrow })} />
    </>
  );
}

// a field for local time, as the reader's device has it
function instant(local: string): string | undefined {
  const ms = local === '' ? Number.NaN : new Date(local).getTime();
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
