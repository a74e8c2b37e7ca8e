import { Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from './Button.tsx';
import { messages } from './messages.ts';

import './pager.css';

/** The end of a list that comes in pages: how many are shown, and the next ones. */
export function Pager(props: { shown: number; total?: number | undefined; more: boolean; busy?: boolean; onMore: () => void; children?: JSX.Element }): JSX.Element {
  const t = useMessages(messages);
  return (
    <div class="Pager">
      <span aria-live="polite">{props.total === undefined ? t('shown', { shown: props.shown }) : t('shownOf', { shown: props.shown, total: props.total })}</span>
      <Show when={props.more}><Button size="small" busy={props.busy ?? false} busyText={t('loading')} onClick={() => props.onMore()}>{t('loadMore')}</Button></Show>
      <Show when={props.children}><span class="push">{props.children}</span></Show>
    </div>
  );
}
