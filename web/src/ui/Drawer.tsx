import ChevronDown from 'lucide-solid/icons/chevron-down';
import ChevronUp from 'lucide-solid/icons/chevron-up';
import X from 'lucide-solid/icons/x';
import { createEffect, createUniqueId, onCleanup, Show, type JSX } from 'solid-js';
import { Portal } from 'solid-js/web';

import { useMessages } from '#web/lib/i18n.ts';
import { IconButton } from './Button.tsx';
import { messages } from './messages.ts';

import './drawer.css';

/** Details beside the page, which stays usable: 392 px at the right, over the page below 1,180 px, a bottom sheet below 900. Escape inside closes it. */
export function Drawer(props: { open: boolean; onClose: () => void; title: JSX.Element; sub?: JSX.Element; onPrevious?: () => void; onNext?: () => void; previousLabel?: string; nextLabel?: string; children?: JSX.Element; footer?: JSX.Element; /** Moves the focus to the title when it opens. */ takesFocus?: boolean }): JSX.Element {
  return <Show when={props.open}><Open {...props} /></Show>;
}

function Open(props: Parameters<typeof Drawer>[0]): JSX.Element {
  const t = useMessages(messages);
  const id = createUniqueId();
  let heading!: HTMLHeadingElement;
  const opener = document.activeElement;
  document.documentElement.classList.add('has-drawer');
  onCleanup(() => document.documentElement.classList.remove('has-drawer'));
  createEffect(() => props.takesFocus && heading.focus({ preventScroll: true }));
  function close(): void {
    props.onClose();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
  }
  return (
    <Portal>
      <aside class="Drawer" aria-labelledby={id} onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && close()}>
        <header class="Drawer__head">
          <div>
            <h2 id={id} ref={heading} tabindex={-1}>{props.title}</h2>
            <Show when={props.sub}><p class="soft">{props.sub}</p></Show>
          </div>
          <div class="Drawer__steps">
            <Show when={props.onPrevious}><IconButton size="small" icon={ChevronUp} label={props.previousLabel ?? t('previous')} onClick={() => props.onPrevious?.()} /></Show>
            <Show when={props.onNext}><IconButton size="small" icon={ChevronDown} label={props.nextLabel ?? t('next')} onClick={() => props.onNext?.()} /></Show>
            <IconButton size="small" icon={X} label={t('close')} title={`${t('close')} (Esc)`} onClick={close} />
          </div>
        </header>
        <div class="Drawer__body" tabindex={-1}>{props.children}</div>
        <Show when={props.footer}><footer class="Drawer__foot">{props.footer}</footer></Show>
      </aside>
    </Portal>
  );
}
