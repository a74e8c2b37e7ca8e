import { useLocation } from '@solidjs/router';
import GraduationCap from 'lucide-solid/icons/graduation-cap';
import LogOut from 'lucide-solid/icons/log-out';
import UserRound from 'lucide-solid/icons/user-round';
import { createMemo, createSignal, ErrorBoundary, type JSX, Show, Suspense } from 'solid-js';

import { createLiveNow } from '#web/features/monitor/create-live-now.ts';
import { hasRole, logOut, useUser } from '#web/lib/auth.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { CommandPalette } from '#web/ui/CommandPalette.tsx';
import type { Command } from '#web/ui/find-commands.ts';
import type { MenuItem } from '#web/ui/Menu.tsx';
import type { ShortcutGroup } from '#web/ui/ShortcutsDialog.tsx';
import { PageBody, StaffShell } from '#web/ui/StaffShell.tsx';
import { useAppearanceItems } from '#web/ui/StudentShell.tsx';

import { BrokenPage } from './BrokenPage.tsx';
import { createCommands } from './create-commands.ts';
import { messages } from './messages.ts';
import { mayOpen, pagesOf } from './navigation.ts';
import { NotYours } from './NotYours.tsx';
import { type Crumb, ShellContext, type Slots } from './shell-context.ts';

/** The staff shell around a page, with what the page tells it. */
export function StaffLayout(props: { children?: JSX.Element }): JSX.Element {
  const t = useMessages(messages);
  const user = useUser();
  const location = useLocation();
  const appearance = useAppearanceItems();
  const live = createLiveNow();
  const { commands, search, searching } = createCommands(user);
  const [isPaletteOpen, setPaletteOpen] = createSignal(false);
  const [crumbs, setCrumbs] = createSignal<() => readonly Crumb[]>();
  const [shortcuts, setShortcuts] = createSignal<() => readonly ShortcutGroup[]>();
  const [status, setStatus] = createSignal<() => JSX.Element>();
  const [more, setMore] = createSignal<readonly (() => readonly Command[])[]>([]);

  const slots: Slots = {
    setBreadcrumbs: (next) => setCrumbs(() => next),
    setShortcuts: (next) => setShortcuts(() => next),
    setStatus: (next) => setStatus(() => next),
    addCommands: (added) => {
      setMore((all) => [...all, added]);
      return () => setMore((all) => all.filter((one) => one !== added));
    },
  };
  const groups = createMemo(() => pagesOf(user()).map(({ word, pages }) => ({ label: t(word), items: pages.map((page) => ({ href: page.href, label: t(page.word), icon: page.icon })) })));
  const isOurs = createMemo(() => mayOpen(user(), location.pathname));
  const userItems = (): MenuItem[] => [
    { label: t('account'), icon: UserRound, href: '/staff/account' },
    ...(hasRole(user(), 'student') ? [{ label: t('asStudent'), icon: GraduationCap, href: '/exams' }] : []),
    { separator: true },
    ...appearance(),
    { separator: true },
    { label: t('logOut'), icon: LogOut, onSelect: () => void logOut() },
  ];

  return (
    <ShellContext.Provider value={slots}>
      <StaffShell
        path={location.pathname}
        home="/staff"
        live={live()}
        groups={groups()}
        user={user()}
        userItems={userItems()}
        breadcrumbs={isOurs() ? crumbs()?.() ?? [] : []}
        shortcuts={shortcuts()?.() ?? []}
        status={status()?.()}
        onSearch={() => setPaletteOpen(true)}
      >
        <ErrorBoundary fallback={(error: unknown, reset) => <BrokenPage isInShell error={error} onRetry={reset} />}>
          <Show when={isOurs()} fallback={<PageBody><NotYours user={user()} /></PageBody>}>
            <Suspense>{props.children}</Suspense>
          </Show>
        </ErrorBoundary>
      </StaffShell>
      <CommandPalette
        open={isPaletteOpen()}
        onClose={() => setPaletteOpen(false)}
        commands={[...more().flatMap((added) => added()), ...commands()]}
        onQuery={search}
        searching={searching()}
      />
    </ShellContext.Provider>
  );
}
