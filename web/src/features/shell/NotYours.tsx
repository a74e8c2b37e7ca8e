import LockKeyhole from 'lucide-solid/icons/lock-keyhole';
import type { JSX } from 'solid-js';

import { homeOf, logOut, type User } from '#web/lib/auth.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';

import { messages } from './messages.ts';

/** Says that a page is for somebody with another role, and whose account this is. */
export function NotYours(props: { user: User }): JSX.Element {
  const t = useMessages(messages);
  return (
    <EmptyState heads
      icon={LockKeyhole}
      title={t('forbiddenTitle')}
      action={<><Button kind="primary" href={homeOf(props.user)}>{t('home')}</Button> <Button onClick={() => void logOut()}>{t('logOut')}</Button></>}
    >
      {t('forbiddenHelp', { name: props.user.name })}
    </EmptyState>
  );
}
