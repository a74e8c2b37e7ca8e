import ChevronRight from 'lucide-solid/icons/chevron-right';
import { For, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { messages } from './messages.ts';

import './breadcrumbs.css';

/** The way to this page; the last entry is the page itself and has no address. */
export function Breadcrumbs(props: { items: readonly { label: string; href?: string }[] }): JSX.Element {
  const t = useMessages(messages);
  return (
    <nav class="Breadcrumbs" aria-label={t('breadcrumb')}>
      <ol class="Breadcrumbs__list">
        <For each={props.items}>
          {(item, index) => (
            <li>
              <Show when={index() > 0}><ChevronRight /></Show>
              <Show when={item.href !== undefined && index() < props.items.length - 1} fallback={<span aria-current={index() === props.items.length - 1 ? 'page' : undefined}>{item.label}</span>}>
                <a href={item.href}>{item.label}</a>
              </Show>
            </li>
          )}
        </For>
      </ol>
    </nav>
  );
}
