import { createEffect, on, onCleanup } from 'solid-js';

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

/** Moves the focus to the heading of each page that is reached without loading the document, so that keys and screen readers begin there; a page that takes the focus itself keeps it. */
export function createArrival(path: () => string): void {
  createEffect(on(path, () => {
    const main = document.getElementById('content');
    if (main === null || hasDialog()) return;
    if (!main.contains(document.activeElement)) main.focus({ preventScroll: true });
    const arrive = (): boolean => {
      const heading = main.querySelector<HTMLElement>('h1, [role="heading"][aria-level="1"]');
      if (heading === null) return false;
      heading.tabIndex = -1;
      if (document.activeElement === main) heading.focus({ preventScroll: true });
      return true;
    };
    if (arrive()) return;
    // the heading often waits for data
    const observer = new MutationObserver(() => arrive() && observer.disconnect());
    observer.observe(main, { childList: true, subtree: true });
    onCleanup(() => observer.disconnect());
  }, { defer: true }));
}

function hasDialog(): boolean {
  return document.querySelector('[role="dialog"]') !== null;
}
