import { useNavigate } from '@solidjs/router';
import Medal from 'lucide-solid/icons/medal';
import UserPlus from 'lucide-solid/icons/user-plus';
import UsersRound from 'lucide-solid/icons/users-round';
import { createMemo, createSignal, Show, type JSX } from 'solid-js';

import { useShell } from '#web/features/shell/shell-context.ts';
import { hasRole, useUser } from '#web/lib/auth.ts';
import { createAct } from '#web/lib/create-act.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { createPages } from '#web/lib/create-pages.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type ComboboxOption } from '#web/ui/Combobox.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Menu } from '#web/ui/Menu.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import type { Column } from '#web/ui/table.ts';
import { toast } from '#web/ui/Toasts.tsx';
import { SearchBox, Toolbar } from '#web/ui/Toolbar.tsx';

import { addToBatch, type Batch, deleteBatch, listUsers, patchBatch, readBatch, takeFromBatch, type User } from './api.ts';
import { BatchDialog } from './BatchesPage.tsx';
import { createSearch } from './create-search.ts';
import { messages } from './messages.ts';

/** One batch and its students. */
export function BatchPage(props: { batchId: string }): JSX.Element {
  const t = useMessages(messages);
  const batch = createLoad(() => props.batchId, readBatch, { forget: true });
  createTitle(() => batch.value()?.name ?? t('batches'));
  useShell().setBreadcrumbs(() => [{ label: t('batches'), href: '/staff/batches' }, { label: batch.value()?.name ?? '…' }]);
  return (
    <Show
      when={batch.value()}
      fallback={<PageBody><Show when={batch.error()} fallback={<Skeleton kind="row" count={8} />}>{(thrown) => <ProblemView heads problem={thrown()} onRetry={batch.reload} />}</Show></PageBody>}
    >
      {(found) => <Students batch={found()} onChanged={batch.take} onCountChanged={batch.reload} />}
    </Show>
  );
}

function Students(props: { batch: Batch; onChanged: (batch: Batch) => void; onCountChanged: () => void }): JSX.Element {
  const t = useMessages(messages);
  const navigate = useNavigate();
  const search = createSearch();
  const user = useUser();
  const mayChange = (): boolean => hasRole(user(), 'admin') || props.batch.ownerId === user().id;
  const [asks, setAsks] = createSignal<'add' | 'rename' | 'remove'>();
  const pages = createPages(() => ({ q: search.settled(), role: undefined, disabled: undefined, batchId: props.batch.id }), listUsers);
  const use = createAct(async (active: boolean) => props.onChanged(await patchBatch(props.batch, { active })));
  const take = createAct(async (user: User) => {
    await takeFromBatch(props.batch.id, user.id);
    pages.mutate((users) => users.filter(({ id }) => id !== user.id));
    props.onCountChanged();
    toast(t('takenOut', { name: user.name }), { action: { label: t('undo'), onPress: () => void addToBatch(props.batch.id, user.id).then(refresh, refresh) } });
  });
  const refresh = (): void => {
    pages.reload();
    props.onCountChanged();
  };
  const columns = createMemo((): readonly Column<User>[] => [
    { id: 'name', header: t('name'), card: 'start', cell: (user) => <span class="Person"><b>{user.name}</b><span>{user.email}</span></span> },
    { id: 'number', header: t('number'), width: '160px', dropBelow: 520, card: 'start', cell: (user) => <span class="tabular">{user.externalId ?? ''}</span> },
    { id: 'out', header: t('takeOut'), headerHidden: true, width: '110px', align: 'end', card: 'end', cell: (user) => <Button size="small" kind="quiet" onClick={() => void take.run(user)}>{t('takeOut')}</Button> },
  ]);
  return (
    <>
      <PageHeader
        title={props.batch.name}
        badge={<Show when={!props.batch.active}><Badge line>{t('inactive')}</Badge></Show>}
        sub={props.batch.description}
        actions={
          <>
            <Menu
              label={t('rename')}
              items={[
                { label: t('renameTitle'), onSelect: () => setAsks('rename') },
                { label: t(props.batch.active ? 'retire' : 'restore'), onSelect: () => void use.run(!props.batch.active) },
                { separator: true },
                { label: t('remove'), tone: 'act', onSelect: () => setAsks('remove') },
              ]}
            />
            <Show when={mayChange()}><Button icon={Medal} href={`/staff/batches/${props.batch.id}/achievements`}>{t('achievements')}</Button></Show>
            <Button kind="primary" icon={UserPlus} onClick={() => setAsks('add')}>{t('addStudents')}</Button>
          </>
        }
      />
      <PageBody>
        <Show when={use.problem() ?? take.problem()}>{(thrown) => <ProblemView problem={thrown()} compact />}</Show>
        <Show when={pages.error() === undefined || pages.isLoaded()} fallback={<ProblemView problem={pages.error()} title={t('cannotLoad')} onRetry={pages.reload} />}>
          <DataTable
            label={t('students')}
            columns={columns()}
            rows={pages.items()}
            rowKey={(user) => user.id}
            loading={!pages.isLoaded()}
            empty={<EmptyState bare icon={UsersRound} title={search.settled() === '' ? t('noStudents') : t('noPeople')} action={<Button onClick={() => setAsks('add')}>{t('addStudents')}</Button>}>{t('noStudentsHelp')}</EmptyState>}
            bar={<Toolbar><SearchBox label={t('searchPeople')} value={search.text()} onChange={search.type} width="260px" /></Toolbar>}
            foot={<Pager shown={pages.items().length} total={pages.total() ?? props.batch.studentCount} more={pages.hasMore()} busy={pages.isLoadingMore()} onMore={pages.loadMore} />}
          />
        </Show>
      </PageBody>
      <AddDialog batchId={props.batch.id} open={asks() === 'add'} onClose={() => setAsks(undefined)} onAdded={refresh} />
      <BatchDialog open={asks() === 'rename'} title={t('renameTitle')} verb={t('save')} batch={props.batch} onClose={() => setAsks(undefined)} onSave={async (patch) => props.onChanged(await patchBatch(props.batch, patch))} />
      <ConfirmDialog open={asks() === 'remove'} onClose={() => setAsks(undefined)} kind="act" title={t('removeAsk', { name: props.batch.name })} scope={t('removeScope')} verb={t('remove')} busyText={t('removing')} onConfirm={async () => {
        await deleteBatch(props.batch.id);
        navigate('/staff/batches');
      }} />
    </>
  );
}

function AddDialog(props: { batchId: string; open: boolean; onClose: () => void; onAdded: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [chosen, setChosen] = createSignal<ComboboxOption[]>([]);
  const find = async (q: string, signal: AbortSignal): Promise<ComboboxOption[]> =>
    (await listUsers({ q, role: 'student', disabled: false }, undefined, signal)).items.map((user) => ({ value: user.id, label: user.name, detail: [user.externalId, user.email].filter(Boolean).join(', ') }));
  const add = createAct(async () => {
    try {
      for (const { value } of [...chosen()]) {
        await addToBatch(props.batchId, value);
        setChosen((left) => left.filter((one) => one.value !== value));
      }
    } finally {
      props.onAdded();
    }
  });
  return (
    <Dialog
      open={props.open}
      onClose={() => props.onClose()}
      title={t('addStudents')}
      scope={t('noStudentsHelp')}
      busy={add.isBusy()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t('cancel')}</Button>
          <Button kind="primary" disabled={chosen().length === 0} busy={add.isBusy()} busyText={t('adding')} onClick={() => void add.run().then((done) => done && props.onClose())}>{t('addChosen', { count: chosen().length })}</Button>
        </>
      }
    >
      <Combobox multiple label={t('findStudents')} options={find} value={chosen()} onChange={setChosen} />
      <Show when={add.problem()}>{(thrown) => <ProblemView problem={thrown()} compact />}</Show>
    </Dialog>
  );
}
