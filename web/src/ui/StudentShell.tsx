import LogOut from 'lucide-solid/icons/log-out';
import MenuIcon from 'lucide-solid/icons/menu';
import Monitor from 'lucide-solid/icons/monitor';
import Moon from 'lucide-solid/icons/moon';
import Sun from 'lucide-solid/icons/sun';
import User from 'lucide-solid/icons/user';
import { For, type JSX } from 'solid-js';

import { chooseLanguage, currentLanguage, LANGUAGES, type Language, useMessages } from '#web/lib/i18n.ts';
import { chooseTheme, currentTheme, type Theme } from '#web/lib/theme.ts';
import { createArrival, createShell, isBelow } from './create-shell.ts';
import type { Icon } from './icon.ts';
import { Mark } from './Mark.tsx';
import { Menu, type MenuItem } from './Menu.tsx';
import { messages } from './messages.ts';
import { ToastRegion } from './Toasts.tsx';

import './student-shell.css';

const THEMES: readonly { theme: Theme; icon: Icon; key: 'themeSystem' | 'themeLight' | 'themeDark' }[] = [
  { theme: 'system', icon: Monitor, key: 'themeSystem' },
  { theme: 'light', icon: Sun, key: 'themeLight' },
  { theme: 'dark', icon: Moon, key: 'themeDark' },
];

/** Lines of a menu that choose how light the pages are and their language. */
export function useAppearanceItems(): () => readonly MenuItem[] {
  const t = useMessages(messages);
  return () => [
    { heading: t('theme') },
    ...THEMES.map(({ theme, icon, key }) => ({ label: t(key), icon, checked: currentTheme() === theme, onSelect: () => chooseTheme(theme) })),
    { heading: t('language') },
    ...(Object.entries(LANGUAGES) as [Language, string][]).map(([code, name]) => ({ label: name, checked: currentLanguage() === code, onSelect: () => chooseLanguage(code) })),
  ];
}

/** Frame of the student pages outside of an exam. Content goes into `StudentPage`. */
export function StudentShell(props: { path: string; user: { readonly name: string }; /** Whether a course of the student has points, badges or leaderboards. */ hasAchievements?: boolean; onLogOut: () => void; children?: JSX.Element }): JSX.Element {
  const t = useMessages(messages);
  const appearance = useAppearanceItems();
  createShell('student');
  createArrival(() => props.path);
  const pages = (): { href: string; label: string }[] => [
    { href: '/exams', label: t('myExams') },
    { href: '/results', label: t('results') },
    { href: '/account', label: t('account') },
    // last: it comes a moment later, and nothing may move under a pointer
    ...(props.hasAchievements === true ? [{ href: '/achievements', label: t('achievements') }] : []),
  ];
  const end = (): MenuItem[] => [...appearance(), { separator: true }, { label: t('logOut'), icon: LogOut, onSelect: () => props.onLogOut() }];
  return (
    <div class="StudentShell">
      <a class="skip-link" href="#content">{t('mainContent')}</a>
      <header class="Top">
        <div class="Top__in">
          <Mark hangs />
          <a class="Top__name" href="/exams">Holdfast</a>
          <nav class="Top__nav" aria-label={t('mainMenu')}>
            <For each={pages()}>{(page) => <a href={page.href} aria-current={isBelow(props.path, page.href) ? 'page' : undefined}>{page.label}</a>}</For>
          </nav>
          <Menu class="Top__user" kind="quiet" icon={User} label={props.user.name} text={<span class="clip">{props.user.name}</span>} items={end()} />
          <Menu class="Top__menu" kind="quiet" icon={MenuIcon} label={t('menu')} items={[{ heading: props.user.name }, ...pages(), { separator: true }, ...end()]} />
        </div>
      </header>
      <main id="content" tabindex={-1}>{props.children}</main>
      <ToastRegion />
    </div>
  );
}

/** Column of a student page: 1,056 px, or 768 with `narrow`. */
export function StudentPage(props: { narrow?: boolean; class?: string; children: JSX.Element }): JSX.Element {
  return <div class={`StudentPage ${props.class ?? ''}`} data-narrow={props.narrow ? '' : undefined}>{props.children}</div>;
}
