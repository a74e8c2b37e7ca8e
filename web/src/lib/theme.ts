import { createEffect, createRoot, createSignal } from 'solid-js';

/** How light the pages are: as the device says, or as chosen. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'holdfast.theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const [theme, setTheme] = createSignal<Theme>(keptTheme());
const [systemIsDark, setSystemIsDark] = createSignal(system.matches);
system.addEventListener('change', ({ matches }) => setSystemIsDark(matches));

/** The chosen theme. */
export const currentTheme = theme;

/** Whether pages are dark now. */
export const isDark = (): boolean => theme() === 'dark' || (theme() === 'system' && systemIsDark());

/** Chooses a theme and keeps it on this device. */
export function chooseTheme(next: Theme): void {
  setTheme(next);
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // a browser that keeps nothing still shows it until the page is closed
  }
}

createRoot(() => createEffect(() => document.documentElement.classList.toggle('dark', isDark())));

function keptTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}
