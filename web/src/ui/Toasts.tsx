import Check from 'lucide-solid/icons/check';
import X from 'lucide-solid/icons/x';
import { createSignal, For, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { useMessages } from '#web/lib/i18n.ts';
import { IconButton } from './Button.tsx';
import type { Icon } from './icon.ts';
import { messages } from './messages.ts';

import './toasts.css';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly icon: Icon;
  readonly action?: { readonly label: string; readonly onPress: () => void };
}

const STAYS_MS = 6_000;
const [toasts, setToasts] = createSignal<readonly Toast[]>([]);
let last = 0;

/** Says in passing that something small is done. Only for what nobody needs to read: whatever matters stands in the page. */
export function toast(text: string, more: { icon?: Icon; action?: Toast['action'] } = {}): void {
  const id = ++last;
  setToasts((now) => [...now.slice(-2), { id, text, icon: more.icon ?? Check, ...(more.action ? { action: more.action } : {}) }]);
  setTimeout(() => dismiss(id), STAYS_MS);
}

function dismiss(id: number): void {
  // one that somebody points at or is in stays
  const element = document.getElementById(`toast-${id}`);
  if (element?.matches(':hover, :focus-within')) setTimeout(() => dismiss(id), 2_000);
  else setToasts((now) => now.filter((entry) => entry.id !== id));
}

/** The place where toasts show; once in a shell. */
export function ToastRegion(): JSX.Element {
  const t = useMessages(messages);
  return (
    <section class="Toasts" aria-label={t('notices')} aria-live="polite" aria-relevant="additions">
      <For each={toasts()}>
        {(entry) => (
          <div class="Toast" id={`toast-${entry.id}`}>
            <Dynamic component={entry.icon} />
            <span>{entry.text}</span>
            <Show when={entry.action}>{(action) => <button type="button" class="Toast__act" onClick={() => (action().onPress(), setToasts((now) => now.filter(({ id }) => id !== entry.id)))}>{action().label}</button>}</Show>
            <IconButton size="small" icon={X} label={t('dismiss')} onClick={() => setToasts((now) => now.filter(({ id }) => id !== entry.id))} />
          </div>
        )}
      </For>
    </section>
  );
}
