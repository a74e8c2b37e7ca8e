import X from 'lucide-solid/icons/x';
import { createUniqueId, type JSX, onCleanup, onMount, Show } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { IconButton } from '#web/ui/Button.tsx';

import { laterMessages as messages } from './later-messages.ts';

import '#web/ui/dialog.css';
import './sit-dialog.css';

/** Props of a dialog of the exam page. */
export interface SitDialogProps {
  title: JSX.Element;
  scope?: JSX.Element;
  size?: 480 | 640 | 940;
  /** Comes from the lower edge on small screens, and looks like a sheet there. */
  sheet?: boolean;
  busy?: boolean;
  /** Something inside takes the focus at first, instead of the title. */
  focusInside?: boolean;
  onClose: () => void;
  children?: JSX.Element;
  footer?: JSX.Element;
}

/** A dialog of the browser itself: it keeps the focus and gives it back without a byte of script that the exam would have to wait for. */
export function SitDialog(props: SitDialogProps): JSX.Element {
  const t = useMessages(messages);
  const id = createUniqueId();
  let dialog!: HTMLDialogElement;
  onMount(() => dialog.showModal());
  onCleanup(() => dialog.close());
  return (
    <dialog
      ref={dialog}
      class="Dialog SitDialog"
      data-size={props.size ?? 480}
      data-sheet={props.sheet ? '' : undefined}
      aria-labelledby={id}
      aria-busy={props.busy ? 'true' : undefined}
      onCancel={(event) => {
        event.preventDefault();
        if (!props.busy) props.onClose();
      }}
      onClick={(event) => event.target === dialog && props.sheet && props.onClose()}
    >
      <div class="Dialog__head">
        <div>
          <h2 class="Dialog__title" id={id} tabindex="-1" autofocus={!props.focusInside}>{props.title}</h2>
          <Show when={props.scope}><p class="Dialog__scope">{props.scope}</p></Show>
        </div>
        <IconButton icon={X} size="small" class="Dialog__close" label={t('close')} disabled={props.busy ?? false} onClick={() => props.onClose()} />
      </div>
      <Show when={props.children}><div class="Dialog__body">{props.children}</div></Show>
      <Show when={props.footer}><div class="Dialog__foot"><div class="Dialog__acts">{props.footer}</div></div></Show>
    </dialog>
  );
}
