import Menu from 'lucide-solid/icons/menu';
import Search from 'lucide-solid/icons/search';
import { createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Breadcrumbs } from './Breadcrumbs.tsx';
import { IconButton } from './Button.tsx';
import { createArrival, createShell } from './create-shell.ts';
import { Kbd } from './Kbd.tsx';
import { messages } from './messages.ts';
import { ShortcutsDialog, type ShortcutGroup } from './ShortcutsDialog.tsx';
import { SideNav, SideNavDialog, type SideNavProps } from './SideNav.tsx';
import { ToastRegion } from './Toasts.tsx';
import { isWriting } from './Toolbar.tsx';

import './staff-shell.css';

/** Props of the staff shell. */
export interface StaffShellProps extends SideNavProps {
  breadcrumbs: readonly { label: string; href?: string }[];
  /** At the right of the top bar: connection and server time (`ShellStatus`). */
  status?: JSX.Element;
  /** Opens the command palette, also by Ctrl K. */
  onSearch: () => void;
  /** Keys of this page, listed under "?". */
  shortcuts?: readonly ShortcutGroup[];
  children?: JSX.Element;
}

/** Frame of the staff pages: side bar by role, top bar, content. */
export function StaffShell(props: StaffShellProps): JSX.Element {
  const t = useMessages(messages);
  const [isMenuOpen, setMenuOpen] = createSignal(false);
  const [isHelpOpen, setHelpOpen] = createSignal(false);
  createShell('staff');
  createArrival(() => props.path);
  onMount(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isPalette = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      if (isPalette) props.onSearch();
      else if (event.key === '?' && !event.ctrlKey && !event.metaKey && !isWriting(event.target)) setHelpOpen(true);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    onCleanup(() => document.removeEventListener('keydown', onKey));
  });
  const all = (): readonly ShortcutGroup[] => [
    ...(props.shortcuts ?? []),
    { title: t('shortcutsEverywhere'), keys: [{ keys: 'Ctrl K', does: t('openPalette') }, { keys: '/', does: t('search') }, { keys: '?', does: t('showShortcuts') }] },
  ];
  return (
    <div class="StaffShell">
      <a class="skip-link" href="#content">{t('mainContent')}</a>
      <SideNav {...props} />
      <div class="StaffShell__main">
        <header class="TopBar">
          <IconButton class="TopBar__menu" icon={Menu} label={t('menu')} onClick={() => setMenuOpen(true)} />
          <Breadcrumbs items={props.breadcrumbs} />
          <button type="button" class="TopBar__search" aria-keyshortcuts="Control+K" onClick={() => props.onSearch()}><Search /><span>{t('searchOrDo')}</span> <Kbd keys="Ctrl K" /></button>
          <Show when={props.status}><div class="TopBar__status">{props.status}</div></Show>
          <button type="button" class="TopBar__help" aria-label={t('shortcuts')} title={t('shortcuts')} onClick={() => setHelpOpen(true)}><Kbd keys="?" /></button>
        </header>
        <main id="content" tabindex={-1}>{props.children}</main>
      </div>
      <SideNavDialog {...props} open={isMenuOpen()} onClose={() => setMenuOpen(false)} />
      <ShortcutsDialog open={isHelpOpen()} onClose={() => setHelpOpen(false)} groups={all()} />
      <ToastRegion />
    </div>
  );
}

/** Whether the page is live, and the server's time: "Live 10:42:07 CET". */
export function ShellStatus(props: { tone: 'done' | 'attention' | 'quiet'; word: string; time?: string; zone?: string; title?: string }): JSX.Element {
  return (
    <span class="ShellStatus" title={props.title}>
      <span class="Dot" data-tone={props.tone} aria-hidden="true" />
      <span class="ShellStatus__word">{props.word}</span>
      <Show when={props.time}><b>{props.time}</b></Show>
      <Show when={props.zone}><span class="ShellStatus__zone">{props.zone}</span></Show>
    </span>
  );
}

/** Content of a staff page below its header, with the side gaps of the shell. */
export function PageBody(props: { children: JSX.Element; class?: string }): JSX.Element {
  return <div class={`PageBody ${props.class ?? ''}`}>{props.children}</div>;
}
