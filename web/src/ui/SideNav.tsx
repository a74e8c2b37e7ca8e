import * as Dialog from '@kobalte/core/dialog';
import X from 'lucide-solid/icons/x';
import { For, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { useMessages } from '#web/lib/i18n.ts';
import { Avatar } from './Avatar.tsx';
import { IconButton } from './Button.tsx';
import { createFocusReturn } from './create-focus-return.ts';
import { isBelow } from './create-shell.ts';
import type { Icon } from './icon.ts';
import { Mark } from './Mark.tsx';
import { Menu, type MenuItem } from './Menu.tsx';
import { messages } from './messages.ts';

import './badge.css';
import './side-nav.css';

/** An exam that runs or comes soon. */
export interface LiveEntry {
  readonly href: string;
  readonly name: string;
  /** At the right: "2 to act on", "all calm", "14:00". */
  readonly note: string;
  /** Second line: "364 writing, 0:22 left". */
  readonly sub?: string;
  readonly tone: 'act' | 'attention' | 'done' | 'quiet';
}

/** A page in the side bar. */
export interface NavEntry {
  readonly href: string;
  readonly label: string;
  readonly icon: Icon;
  readonly count?: number | undefined;
}

/** Props of the side bar. */
export interface SideNavProps {
  /** Path of the page, to mark its entry. */
  path: string;
  home?: string;
  live?: readonly LiveEntry[];
  /** Groups of pages; a role sees its own. */
  groups: readonly { readonly label: string; readonly items: readonly NavEntry[] }[];
  user: { readonly name: string };
  userItems: readonly MenuItem[];
}

/** The side bar of the staff shell. */
export function SideNav(props: SideNavProps): JSX.Element {
  const t = useMessages(messages);
  return <nav class="SideNav" aria-label={t('mainMenu')}><Entries {...props} /></nav>;
}

/** The same as a sheet at the side, for narrow windows. */
export function SideNavDialog(props: SideNavProps & { open: boolean; onClose: () => void }): JSX.Element {
  const t = useMessages(messages);
  const giveBack = createFocusReturn(() => props.open);
  return (
    <Dialog.Root open={props.open} onOpenChange={(isOpen) => !isOpen && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay class="Scrim" />
        <Dialog.Content class="SideNav SideNav--sheet" aria-label={t('mainMenu')} onCloseAutoFocus={giveBack} onClick={(event: MouseEvent) => (event.target as Element).closest('a') && props.onClose()}>
          <IconButton class="SideNav__close" icon={X} label={t('close')} onClick={() => props.onClose()} />
          <Entries {...props} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Entries(props: SideNavProps): JSX.Element {
  const t = useMessages(messages);
  // the longest address that fits: /staff/exams/1/monitor belongs to its live entry, not to "Exams"
  const current = (): string | undefined =>
    [...(props.live ?? []), ...props.groups.flatMap(({ items }) => items)].map(({ href }) => href).filter((href) => (href === props.home ? props.path === href : isBelow(props.path, href))).sort((a, b) => b.length - a.length)[0];
  const mark = (href: string): 'page' | undefined => (current() === href ? 'page' : undefined);
  return (
    <>
      <a class="SideNav__brand" href={props.home ?? '/staff'}><Mark />Holdfast</a>
      <Show when={(props.live ?? []).length > 0}>
        <div class="SideNav__group" id="nav-live">{t('liveNow')}</div>
        <ul class="SideNav__list" aria-labelledby="nav-live">
          <For each={props.live}>
            {(entry) => (
              <li>
                <a class="SideNav__live" href={entry.href} aria-current={mark(entry.href)}>
                  <span class="Dot" data-tone={entry.tone} aria-hidden="true" /><b title={entry.name}>{entry.name}</b><span class="SideNav__note" data-tone={entry.tone}>{entry.note}</span>
                  <Show when={entry.sub}><span class="SideNav__sub">{entry.sub}</span></Show>
                </a>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <For each={props.groups}>
        {(group) => (
          <>
            <div class="SideNav__group">{group.label}</div>
            <ul class="SideNav__list" aria-label={group.label}>
              <For each={group.items}>
                {(item) => (
                  <li>
                    <a class="SideNav__item" href={item.href} aria-current={mark(item.href)}><Dynamic component={item.icon} /><span>{item.label}</span><Show when={item.count}><span class="SideNav__count">{item.count}</span></Show></a>
                  </li>
                )}
              </For>
            </ul>
          </>
        )}
      </For>
      <div class="SideNav__foot">
        <Menu label={props.user.name} kind="quiet" class="SideNav__user" text={<><Avatar name={props.user.name} size="small" /><span class="clip">{props.user.name}</span></>} items={props.userItems} />
      </div>
    </>
  );
}
