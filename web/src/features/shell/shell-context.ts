import { createContext, onCleanup, useContext } from 'solid-js';

/** One step of the way to a page. */
export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

/** Something that a person can have done from the command palette. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  /** Keys that do the same. */
  readonly keys?: string;
  /** Further words to find it by. */
  readonly words?: string;
  readonly run: () => void;
}

/** What a page can ask of the shell around it. */
export interface Shell {
  /** Shows the way to the page while it is open. */
  setBreadcrumbs(crumbs: () => readonly Crumb[]): void;
  /** Adds commands to the palette while the page is open. */
  addCommands(commands: () => readonly Command[]): void;
}

interface Slots {
  setBreadcrumbs(crumbs: (() => readonly Crumb[]) | undefined): void;
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
    addCommands(commands) {
      const remove = slots?.addCommands(commands);
      onCleanup(() => remove?.());
    },
  };
}
