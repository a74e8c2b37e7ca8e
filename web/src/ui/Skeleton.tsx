import { For, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { messages } from './messages.ts';

import './skeleton.css';

/** Holds the place of what is loading, in its size: lines of text, a block of `height`, or rows of a list. */
export function Skeleton(props: { kind?: 'text' | 'block' | 'row'; count?: number; height?: string; width?: string; /** One of several: says nothing to screen readers. */ silent?: boolean }): JSX.Element {
  const t = useMessages(messages);
  const parts = (): number[] => Array.from({ length: props.count ?? (props.kind === 'block' ? 1 : 3) }, (_, index) => index);
  return (
    <div class="Skeleton" data-kind={props.kind ?? 'text'} style={{ width: props.width }} role={props.silent ? undefined : 'status'} aria-hidden={props.silent ? 'true' : undefined}>
      <For each={parts()}>{() => <span style={{ height: props.height }} />}</For>
      {props.silent ? null : <span class="visually-hidden">{t('loading')}</span>}
    </div>
  );
}
