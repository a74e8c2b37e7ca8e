import { useSearchParams } from '@solidjs/router';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleSlash from 'lucide-solid/icons/circle-slash';
import UserPlus from 'lucide-solid/icons/user-plus';
import Users from 'lucide-solid/icons/users';
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';

import { type Role, ROLES } from '#domain/people/roles.ts';
import { useShell } from '#web/features/shell/shell-context.ts';
import { createPages } from '#web/lib/create-pages.ts';
import { formatDate } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Badge, StateMark } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import type { Column } from '#web/ui/table.ts';
import { FilterChip, SearchBox, Toolbar } from '#web/ui/Toolbar.tsx';

import { listUsers, type User } from './api.ts';
import { createSearch } from './create-search.ts';
import { messages } from './messages.ts';
import { NewPersonDialog } from './NewPersonDialog.tsx';
import { PersonDrawer } from './PersonDrawer.tsx';

/** Every account: search, add, import, change. */
export function PeoplePage(): JSX.Element {
  const t = useMessages(messages);
  const [params] = useSearchParams<{ q?: string }>();
  const search = createSearch(params.q ?? '');
  const [role, setRole] = createSignal<Role>();
  const [onlyDisabled, setOnlyDisabled] = createSignal(false);
  const [isAdding, setAdding] = createSignal(false);
  const [openId, setOpenId] = createSignal<string>();
  const pages = createPages(
    () => ({ q: search.settled(), role: role(), disabled: onlyDisabled() ? true : undefined }),
    listUsers,
  );
  const open = createMemo(() => pages.items().find(({ id }) => id === openId()));
  createTitle(() => t('people'));
  useShell().setBreadcrumbs(() => [{ label: t('people') }]);

  const columns = createMemo((): readonly Column<User>[] => [
    { id: 'name', header: t('name'), card: 'start', cell: (user) => <span class="Person"><b>{user.name}</b><span>{user.email}</span></span> },
    { id: 'number', header: t('number'), width: '140px', dropBelow: 640, cell: (user) => <span class="tabular">{user.externalId ?? ''}</span> },
    { id: 'roles', header: t('roles'), width: '220px', card: 'start', cell: (user) => <span class="row wrap"><For each={user.roles}>{(one) => <Badge line>{t(one)}</Badge>}</For></span> },
    { id: 'state', header: t('state'), width: '130px', card: 'end', cell: (user) => <StateMark icon={user.disabled ? CircleSlash : CircleCheck} tone={user.disabled ? 'attention' : 'done'}>{t(user.disabled ? 'disabled' : 'enabled')}</StateMark> },
    { id: 'since', header: t('since'), width: '190px', dropBelow: 880, card: 'none', cell: (user) => <span class="soft">{formatDate(user.createdAt, { weekday: 'short' })}</span> },
  ]);

  const replace = (changed: User): void => pages.mutate((users) => users.map((user) => (user.id === changed.id ? changed : user)));

  return (
    <>
      <PageHeader
        title={t('people')}
        sub={t('peopleSub')}
        actions={<><Button href="/staff/people/import">{t('addMany')}</Button><Button kind="primary" icon={UserPlus} onClick={() => setAdding(true)}>{t('add')}</Button></>}
      />
      <PageBody>
        <Show when={pages.error() === undefined || pages.isLoaded()} fallback={<ProblemView problem={pages.error()} title={t('cannotLoad')} onRetry={pages.reload} busy={pages.isLoading()} />}>
          <DataTable
            label={t('people')}
            columns={columns()}
            rows={pages.items()}
            rowKey={(user) => user.id}
            rowLabel={(user) => user.name}
            openKey={openId()}
            onOpen={(user) => setOpenId(user.id)}
            loading={!pages.isLoaded()}
            empty={<EmptyState bare icon={Users} title={t('noPeople')} action={<Button onClick={() => setAdding(true)}>{t('add')}</Button>}>{t('noPeopleHelp')}</EmptyState>}
            bar={
              <Toolbar>
                <SearchBox label={t('searchPeople')} value={search.text()} onChange={search.type} width="260px" />
                <FilterChip pressed={role() === undefined} onToggle={() => setRole(undefined)}>{t('allRoles')}</FilterChip>
                <For each={ROLES}>{(one) => <FilterChip pressed={role() === one} onToggle={() => setRole(role() === one ? undefined : one)}>{t(one)}</FilterChip>}</For>
                <FilterChip pressed={onlyDisabled()} onToggle={() => setOnlyDisabled(!onlyDisabled())}>{t('onlyDisabled')}</FilterChip>
              </Toolbar>
            }
            foot={<Pager shown={pages.items().length} {...(pages.total() === undefined ? {} : { total: pages.total()! })} more={pages.hasMore()} busy={pages.isLoadingMore()} onMore={pages.loadMore} />}
          />
        </Show>
      </PageBody>
      <NewPersonDialog
        open={isAdding()}
        onClose={() => setAdding(false)}
        onCreated={(user) => {
          pages.mutate((users) => [user, ...users]);
          setOpenId(user.id);
        }}
      />
      <PersonDrawer user={open()} onClose={() => setOpenId(undefined)} onChanged={replace} />
    </>
  );
}
