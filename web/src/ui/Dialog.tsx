import * as Kobalte from '@kobalte/core/dialog';
import X from 'lucide-solid/icons/x';
import { Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { IconButton } from './Button.tsx';
import { createFocusReturn } from './create-focus-return.ts';
import { messages } from './messages.ts';

import './dialog.css';

/** Props of a dialog. */
export interface DialogProps {
  open: boolean;
  /** Escape, the scrim or the cross. Not called while `busy`. */
  onClose: () => void;
  /** The sentence of the button that does it: "End the exam for 212 students". */
  title: JSX.Element;
  /** Who and how many it touches, below the title. */
  scope?: JSX.Element;
  size?: 480 | 640 | 940;
  busy?: boolean;
  children?: JSX.Element;
  /** Verb buttons, the main one last. */
  footer?: JSX.Element;
  /** Stands at the start of the footer: "Applies at once, logged with your name." */
  note?: JSX.Element;
  /** A click beside it does not close it; for dialogs with typed text. */
  keeps?: boolean;
  onSubmit?: () => void;
}

/** A question over the page. It keeps the focus, gives it back when it closes, and closes on Escape unless it is busy. With `onSubmit` its body is a form: Enter in a field and Ctrl Enter send it. */
export function Dialog(props: DialogProps): JSX.Element {
  const t = useMessages(messages);
  const giveBack = createFocusReturn(() => props.open);
  const body = (): JSX.Element => (
    <>
      <div class="Dialog__head">
        <div>
          <Kobalte.Title class="Dialog__title">{props.title}</Kobalte.Title>
          <Show when={props.scope}><Kobalte.Description class="Dialog__scope">{props.scope}</Kobalte.Description></Show>
        </div>
        <IconButton icon={X} size="small" class="Dialog__close" label={t('close')} title={`${t('close')} (Esc)`} disabled={props.busy ?? false} onClick={() => props.onClose()} />
      </div>
      <Show when={props.children}><div class="Dialog__body">{props.children}</div></Show>
      <Show when={props.footer}>
        <div class="Dialog__foot">
          <Show when={props.note}><p class="Dialog__note">{props.note}</p></Show>
          <div class="Dialog__acts">{props.footer}</div>
        </div>
      </Show>
    </>
  );
  return (
    <Kobalte.Root open={props.open} onOpenChange={(isOpen) => !isOpen && !props.busy && props.onClose()}>
      <Kobalte.Portal>
        <Kobalte.Overlay class="Scrim" />
        <div class="Dialog__place">
          <Kobalte.Content
            class="Dialog"
            data-size={props.size ?? 480}
            aria-busy={props.busy ? 'true' : undefined}
            onOpenAutoFocus={focusFirst}
            onCloseAutoFocus={giveBack}
            onPointerDownOutside={(event) => (props.busy || props.keeps) && event.preventDefault()}
            onEscapeKeyDown={(event) => props.busy && event.preventDefault()}
          >
            <Show when={props.onSubmit !== undefined} fallback={body()}>
              <form
                class="Dialog__form"
                novalidate
                onSubmit={(event) => {
                  event.preventDefault();
                  if (!props.busy) props.onSubmit?.();
                }}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
                  event.preventDefault();
                  event.currentTarget.requestSubmit();
                }}
              >
                {body()}
              </form>
            </Show>
          </Kobalte.Content>
        </div>
      </Kobalte.Portal>
    </Kobalte.Root>
  );
}

/** The first field, or the first button of the footer (the one that changes nothing), rather than the cross. */
function focusFirst(event: Event): void {
  const dialog = event.currentTarget ?? event.target;
  if (!(dialog instanceof HTMLElement)) return;
  const first = dialog.querySelector<HTMLElement>('[autofocus]') ?? dialog.querySelector<HTMLElement>('.Dialog__body :is(input, textarea, select):not(:disabled, [type="hidden"])') ?? dialog.querySelector<HTMLElement>('.Dialog__foot button');
  if (first === null) return;
  event.preventDefault();
  first.focus();
}
