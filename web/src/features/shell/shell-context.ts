import { createContext, onCleanup, useContext, type JSX } from 'solid-js';

import type { Command } from '#web/ui/find-commands.ts';
import type { ShortcutGroup } from '#web/ui/ShortcutsDialog.tsx';

/** One step of the way to a page. */
export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

/** What a page can ask of the shell around it. */
export interface Shell {
  /** Shows the way to the page while it is open. */
  setBreadcrumbs(crumbs: () => readonly Crumb[]): void;
  /** Adds commands to the palette while the page is open. */
  addCommands(commands: () => readonly Command[]): void;
  /** Lists keys of the page under "?". */
  setShortcuts(groups: () => readonly ShortcutGroup[]): void;
  /** Stands in the top bar, such as whether the page is live and the server's time. */
  setStatus(status: () => JSX.Element): void;
}

/** What a shell gives to its pages. */
export interface Slots {
  setBreadcrumbs(crumbs: (() => readonly Crumb[]) | undefined): void;
  setShortcuts(groups: (() => readonly ShortcutGroup[]) | undefined): void;
  setStatus(status: (() => JSX.Element) | undefined): void;
  addCommands(commands: () => readonly Command[]): () => void;
}

/** Set by the staff shell. */
export const ShellContext = createContext<Slots>();

/** The shell around a page; outside of one it takes everything and shows nothing. */
export function useShell(): Shell {
  const slots = useContext(ShellContext);
  return {
    setBreadcrumbs(crumbs) {
      slots?.setBreadcrumbs(crumbs);
      onCleanup(() => slots?.setBreadcrumbs(undefined));
    },
    setShortcuts(groups) {
      slots?.setShortcuts(groups);
      onCleanup(() => slots?.setShortcuts(undefined));
    },
    setStatus(status) {
      slots?.setStatus(status);
      onCleanup(() => slots?.setStatus(undefined));
    },
    addCommands(commands) {
      const remove = slots?.addCommands(commands);
      onCleanup(() => remove?.());
    },
  };
}
