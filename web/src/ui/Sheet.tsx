import * as Kobalte from '@kobalte/core/dialog';
import X from 'lucide-solid/icons/x';
import { Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { IconButton } from './Button.tsx';
import { createFocusReturn } from './create-focus-return.ts';
import { messages } from './messages.ts';

import './dialog.css';
import './sheet.css';

/** A sheet that comes from the lower edge, for phones. It keeps the focus and gives it back. */
export function Sheet(props: { open: boolean; onClose: () => void; title: JSX.Element; children?: JSX.Element; footer?: JSX.Element }): JSX.Element {
  const t = useMessages(messages);
  const giveBack = createFocusReturn(() => props.open);
  return (
    <Kobalte.Root open={props.open} onOpenChange={(isOpen) => !isOpen && props.onClose()}>
      <Kobalte.Portal>
        <Kobalte.Overlay class="Scrim" />
        <Kobalte.Content class="Sheet" onCloseAutoFocus={giveBack}>
          <span class="Sheet__grip" />
          <div class="Sheet__head">
            <Kobalte.Title class="Sheet__title">{props.title}</Kobalte.Title>
            <IconButton icon={X} label={t('close')} onClick={() => props.onClose()} />
          </div>
          <div class="Sheet__body">{props.children}</div>
          <Show when={props.footer}><div class="Sheet__foot">{props.footer}</div></Show>
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte.Root>
  );
}
