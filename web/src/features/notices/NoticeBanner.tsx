import Mail from 'lucide-solid/icons/mail';
import MailX from 'lucide-solid/icons/mail-x';
import { Show, type JSX } from 'solid-js';

import { formatDateTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Banner } from '#web/ui/Banner.tsx';

import type { OwnNotice } from './api.ts';
import { messages } from './messages.ts';

import './notices.css';

/** A message as its student sees it; staff see the same before they send it. */
export function NoticeBanner(props: { notice: Pick<OwnNotice, 'examTitle' | 'text' | 'withdrawnAt'> & { readonly at: string | number }; isHere?: boolean; actions?: JSX.Element }): JSX.Element {
  const t = useMessages(messages);
  const title = (): string => {
    if (props.notice.withdrawnAt !== null) return props.isHere ? t('withdrawnHere') : t('withdrawn', { exam: props.notice.examTitle });
    return props.isHere ? t('titleHere') : t('title', { exam: props.notice.examTitle });
  };
  return (
    <Banner tone={props.notice.withdrawnAt === null ? 'attention' : 'neutral'} icon={props.notice.withdrawnAt === null ? Mail : MailX} title={<span class="NoticeBanner__title" dir="auto">{title()}</span>} by={t('from', { time: formatDateTime(props.notice.at) })} actions={props.actions}>
      <Show when={props.notice.withdrawnAt}>{(at) => <p>{t('withdrawnHelp', { time: formatDateTime(at()) })}</p>}</Show>
      <p class="NoticeBanner__text" data-withdrawn={props.notice.withdrawnAt === null ? undefined : ''} dir="auto">{props.notice.text}</p>
    </Banner>
  );
}
