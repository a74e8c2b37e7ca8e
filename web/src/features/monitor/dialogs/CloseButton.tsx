import { onMount, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';

import { messages } from '../messages.ts';

/** Ends a dialog whose act is done; takes the focus, because the button that had it is gone. */
export function CloseButton(): JSX.Element {
  const t = useMessages(messages);
  let button!: HTMLButtonElement;
  onMount(() => queueMicrotask(() => button.focus()));
  return <Button type="submit" kind="primary" ref={button}>{t('close')}</Button>;
}
