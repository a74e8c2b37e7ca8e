import { useNavigate } from '@solidjs/router';
import Plus from 'lucide-solid/icons/plus';
import UsersRound from 'lucide-solid/icons/users-round';
import { createEffect, createMemo, createSignal, on, Show, type JSX } from 'solid-js';

import { useShell } from '#web/features/shell/shell-context.ts';
import { createAct } from '#web/lib/create-act.ts';
import { createPages } from '#web/lib/create-pages.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import type { Column } from '#web/ui/table.ts';
import { TextArea } from '#web/ui/TextArea.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';
import { FilterChip, SearchBox, Toolbar } from '#web/ui/Toolbar.tsx';

import { type Batch, createBatch, listBatches } from './api.ts';
import { createSearch } from './create-search.ts';
import { messages } from './messages.ts';

/** Every batch. */
export function BatchesPage(): JSX.Element {
  const t = useMessages(messages);
  const navigate = useNavigate();
  const search = createSearch();
  const [active, setActive] = createSignal<boolean | undefined>(true);
  const [isAdding, setAdding] = createSignal(false);
  const pages = createPages(() => ({ q: search.settled(), active: active() }), listBatches);
  createTitle(() => t('batches'));
  useShell().setBreadcrumbs(() => [{ label: t('batches') }]);
  const columns = createMemo((): readonly Column<Batch>[] => [
    { id: 'name', header: t('name'), width: '45%', card: 'start', cell: (batch) => <a dir="auto" href={`/staff/batches/${batch.id}`} class="strong">{batch.name}</a> },
    { id: 'description', header: t('description'), dropBelow: 640, card: 'start', cell: (batch) => <span class="clip soft">{batch.description}</span> },
    { id: 'students', header: t('students'), width: '120px', align: 'end', card: 'end', cell: (batch) => <span class="tabular">{batch.studentCount}</span> },
    { id: 'state', header: t('state'), width: '130px', dropBelow: 520, card: 'end', cell: (batch) => <Show when={!batch.active}><Badge line>{t('inactive')}</Badge></Show> },
  ]);
  return (
    <>
      <PageHeader title={t('batches')} sub={t('batchesSub')} actions={<Button kind="primary" icon={Plus} onClick={() => setAdding(true)}>{t('newBatch')}</Button>} />
      <PageBody>
        <Show when={pages.error() === undefined || pages.isLoaded()} fallback={<ProblemView problem={pages.error()} title={t('cannotLoad')} onRetry={pages.reload} busy={pages.isLoading()} />}>
          <DataTable
            label={t('batches')}
            columns={columns()}
            rows={pages.items()}
            rowKey={(batch) => batch.id}
            onOpen={(batch) => navigate(`/staff/batches/${batch.id}`)}
            loading={!pages.isLoaded()}
            empty={<EmptyState bare icon={UsersRound} title={t('noBatches')} action={<Button onClick={() => setAdding(true)}>{t('newBatch')}</Button>}>{t('noBatchesHelp')}</EmptyState>}
            bar={
              <Toolbar>
                <SearchBox label={t('searchBatches')} value={search.text()} onChange={search.type} width="260px" />
                <FilterChip pressed={active() === true} onToggle={() => setActive(true)}>{t('inUse')}</FilterChip>
                <FilterChip pressed={active() === undefined} onToggle={() => setActive(undefined)}>{t('all')}</FilterChip>
              </Toolbar>
            }
            foot={<Pager shown={pages.items().length} {...(pages.total() === undefined ? {} : { total: pages.total()! })} more={pages.hasMore()} busy={pages.isLoadingMore()} onMore={pages.loadMore} />}
          />
        </Show>
      </PageBody>
      <BatchDialog open={isAdding()} title={t('newBatch')} verb={t('create')} onClose={() => setAdding(false)} onSave={async (batch) => navigate(`/staff/batches/${(await createBatch(batch)).id}`)} />
    </>
  );
}

/** Name and description of a batch. */
export function BatchDialog(props: { open: boolean; title: string; verb: string; batch?: Pick<Batch, 'name' | 'description'>; onClose: () => void; onSave: (batch: { name: string; description: string }) => Promise<unknown> }): JSX.Element {
  const t = useMessages(messages);
  const [name, setName] = createSignal('');
  const [description, setDescription] = createSignal('');
  const [isTried, setTried] = createSignal(false);
  createEffect(on(() => props.open, () => {
    setName(props.batch?.name ?? '');
    setDescription(props.batch?.description ?? '');
    setTried(false);
  }));
  const save = createAct(() => props.onSave({ name: name().trim(), description: description().trim() }));
  async function submit(): Promise<void> {
    setTried(true);
    if (name().trim() !== '' && (await save.run())) props.onClose();
  }
  return (
    <Dialog
      open={props.open}
      onClose={() => props.onClose()}
      title={props.title}
      busy={save.isBusy()}
      onSubmit={() => void submit()}
      footer={<><Button onClick={() => props.onClose()}>{t('cancel')}</Button><Button type="submit" kind="primary" busy={save.isBusy()} busyText={t('saving')}>{props.verb}</Button></>}
    >
      <TextInput label={t('name')} value={name()} onChange={setName} maxlength={200} error={isTried() && name().trim() === '' ? t('nameMissing') : undefined} />
      <TextArea label={t('description')} optional value={description()} onChange={setDescription} maxlength={5000} />
      <Show when={save.problem()}>{(thrown) => <ProblemView problem={thrown()} compact />}</Show>
    </Dialog>
  );
}
