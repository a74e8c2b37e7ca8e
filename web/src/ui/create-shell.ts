import { onCleanup } from 'solid-js';

/** Sets the sizes of a shell for the whole document, also for what is drawn outside of it: dialogs, menus, toasts. */
export function createShell(kind: 'staff' | 'student'): void {
  const name = `shell-${kind}`;
  document.documentElement.classList.add(name);
  onCleanup(() => document.documentElement.classList.remove(name));
}

/** Whether the page at `path` stands below `href` in a navigation. */
export function isBelow(path: string, href: string): boolean {
  return path === href || (href !== '/' && path.startsWith(`${href}/`));
}
