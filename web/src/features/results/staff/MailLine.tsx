import { createEffect, createMemo, on, onCleanup, Show, type JSX } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';

import { readMails } from './api.ts';
import { messages } from './messages.ts';

const LOOK_MS = 5_000;

/** How the mails about published results go out; looked at again while some wait. */
export function MailLine(props: { examId: string }): JSX.Element {
  const t = useMessages(messages);
  const found = createLoad(() => props.examId, readMails);
  const waits = createMemo(() => (found.value()?.mails.waiting ?? 0) > 0);
  createEffect(on(waits, (isWaiting) => {
    if (!isWaiting) return;
    const timer = setInterval(() => found.reload(), LOOK_MS);
    onCleanup(() => clearInterval(timer));
  }));
  const line = (): string => {
    const { sent = 0, waiting = 0, failed = 0 } = found.value()?.mails ?? {};
    if (sent + waiting + failed === 0) return '';
    return [t('mails.sent', { count: sent }), ...(waiting > 0 ? [t('mails.waiting', { count: waiting })] : []), ...(failed > 0 ? [t('mails.failed', { count: failed })] : [])].join(', ');
  };
  return <Show when={line()}><p class="small tabular">{line()}.</p></Show>;
}
