import { For, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Dialog } from './Dialog.tsx';
import { Kbd } from './Kbd.tsx';
import { messages } from './messages.ts';

import './shortcuts-dialog.css';

/** Keys that belong together. */
export interface ShortcutGroup {
  readonly title: string;
  readonly keys: readonly { readonly keys: string; readonly does: string }[];
}

/** Lists the keys of a page. */
export function ShortcutsDialog(props: { open: boolean; onClose: () => void; groups: readonly ShortcutGroup[] }): JSX.Element {
  const t = useMessages(messages);
  return (
    <Dialog open={props.open} onClose={() => props.onClose()} title={t('shortcuts')} size={640}>
      <div class="Shortcuts">
        <For each={props.groups}>
          {(group) => (
            <section>
              <h3>{group.title}</h3>
              <dl><For each={group.keys}>{(entry) => <div><dt>{entry.does}</dt><dd><Kbd keys={entry.keys} apart /></dd></div>}</For></dl>
            </section>
          )}
        </For>
      </div>
    </Dialog>
  );
}
