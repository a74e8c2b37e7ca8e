import Inbox from 'lucide-solid/icons/inbox';
import { createMemo, createSignal, For, onCleanup, onMount, Show, type JSX } from 'solid-js';

import { createSearch } from '#web/features/people/create-search.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { createPages } from '#web/lib/create-pages.ts';
import { formatDateTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Notice } from '#web/ui/Banner.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { Drawer } from '#web/ui/Drawer.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Facts } from '#web/ui/Facts.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import type { Column } from '#web/ui/table.ts';
import { SearchBox, Toolbar } from '#web/ui/Toolbar.tsx';

import { listMailbox, type MailboxRow, type MailSummary, readMailboxMail } from './api.ts';
import { MailBody } from './MailBody.tsx';
import { messages } from './messages.ts';

const LOOK_MS = 5_000;

/** What came to the mailbox that stands in for a mail server. */
export function Mailbox(props: { server: MailSummary['server'] | undefined }): JSX.Element {
  const t = useMessages(messages);
  const search = createSearch();
  const [open, setOpen] = createSignal<MailboxRow>();
  const pages = createPages(search.settled, listMailbox);
  onMount(() => {
    // a list that was read on stays where it is
    const timer = setInterval(() => { if (pages.items().length <= 50) pages.reload(); }, LOOK_MS);
    onCleanup(() => clearInterval(timer));
  });
  const columns = createMemo((): readonly Column<MailboxRow>[] => [
    { id: 'at', header: t('received.at'), width: '230px', card: 'none', dropBelow: 640, cell: (row) => <time class="tabular soft" dateTime={row.receivedAt}>{formatDateTime(row.receivedAt, { seconds: true })}</time> },
    { id: 'to', header: t('to'), width: '34%', card: 'start', cell: (row) => <span class="clip">{row.recipient}</span> },
    { id: 'subject', header: t('subject'), card: 'start', cell: (row) => <b class="clip">{row.subject}</b> },
  ]);
  return (
    <div class="stack">
      <Show when={props.server?.kind === 'smtp'}><Notice>{t('mailboxOff', { host: props.server?.host ?? '' })}</Notice></Show>
      <Show when={pages.error() === undefined || pages.isLoaded()} fallback={<ProblemView problem={pages.error()} title={t('cannotLoad')} onRetry={pages.reload} busy={pages.isLoading()} />}>
        <DataTable
          label={t('mailbox')} density="compact" columns={columns()} rows={pages.items()} rowKey={(row) => String(row.number)} rowLabel={(row) => row.subject} openKey={open() === undefined ? undefined : String(open()!.number)} onOpen={setOpen} loading={!pages.isLoaded()}
          empty={<EmptyState bare icon={Inbox} title={t(search.settled() === '' ? 'mailboxEmpty' : 'nothing')}>{t(search.settled() === '' ? 'mailboxEmptyHelp' : 'nothingHelp')}</EmptyState>}
          bar={<Toolbar><SearchBox label={t('mailboxSearch')} value={search.text()} onChange={search.type} width="260px" slash /></Toolbar>}
          foot={<Pager shown={pages.items().length} more={pages.hasMore()} busy={pages.isLoadingMore()} onMore={pages.loadMore} />}
        />
      </Show>
      <Show when={open()?.number} keyed>{(number) => <Reader number={number} onClose={() => setOpen(undefined)} />}</Show>
    </div>
  );
}

function Reader(props: { number: number; onClose: () => void }): JSX.Element {
  const t = useMessages(messages);
  const mail = createLoad(() => props.number, readMailboxMail);
  return (
    <Drawer open takesFocus onClose={() => props.onClose()} title={mail.value()?.subject ?? t('mailbox')} sub={mail.value()?.recipient}>
      <Show when={mail.value()} fallback={mail.error() === undefined ? <Skeleton kind="block" height="320px" /> : <ProblemView compact problem={mail.error()} onRetry={mail.reload} />}>
        {(read) => (
          <div class="stack">
            <Facts items={[[t('to'), () => <span class="MailDrawer__long">{read().recipient}</span>], [t('from'), read().sender], [t('received.at'), formatDateTime(read().receivedAt, { seconds: true })]]} />
            <MailBody subject={read().subject} text={read().text} html={read().html} />
            <section class="Mailbox__part">
              <h3>{t('headers')}</h3>
              <dl class="Mailbox__headers"><For each={read().headers}>{(header) => <div><dt class="mono small">{header.name}</dt><dd class="mono small">{header.value}</dd></div>}</For></dl>
            </section>
          </div>
        )}
      </Show>
    </Drawer>
  );
}
