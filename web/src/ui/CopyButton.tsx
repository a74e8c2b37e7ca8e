import Check from 'lucide-solid/icons/check';
import Copy from 'lucide-solid/icons/copy';
import { createSignal, onCleanup, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button, IconButton, type ButtonProps } from './Button.tsx';
import { messages } from './messages.ts';

/** Copies a text and says so in its own place. Without `label` it is an icon; `name` then says what is copied. */
export function CopyButton(props: { text: string; label?: string; name?: string; kind?: ButtonProps['kind']; size?: ButtonProps['size'] }): JSX.Element {
  const t = useMessages(messages);
  const [state, setState] = createSignal<'idle' | 'copied' | 'failed'>('idle');
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  async function copy(): Promise<void> {
    setState(await navigator.clipboard.writeText(props.text).then(() => 'copied' as const, () => 'failed' as const));
    clearTimeout(timer);
    timer = setTimeout(() => setState('idle'), 2_000);
  }
  const said = (): string => (state() === 'copied' ? t('copied') : state() === 'failed' ? t('copyFailed') : '');
  const look = (): Pick<ButtonProps, 'kind' | 'size'> => ({ kind: props.kind ?? 'quiet', size: props.size ?? 'base' });
  return (
    <>
      {props.label === undefined ? (
        <IconButton {...look()} icon={state() === 'copied' ? Check : Copy} label={said() || `${t('copy')}${props.name ? `: ${props.name}` : ''}`} onClick={() => void copy()} />
      ) : (
        <Button {...look()} icon={state() === 'copied' ? Check : Copy} onClick={() => void copy()}>{said() || props.label}</Button>
      )}
      <span class="visually-hidden" role="status">{said()}</span>
    </>
  );
}
