import { Navigate, useLocation } from '@solidjs/router';
import LockKeyhole from 'lucide-solid/icons/lock-keyhole';
import { createResource, type JSX, Match, Show, Switch } from 'solid-js';

import type { Role } from '#domain/people/roles.ts';
import { currentUser, hasRole, homeOf, loadUser, logOut, type User } from '#web/lib/auth.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';

import { messages } from './messages.ts';

import './pages.css';

/** Shows pages to people with one of the roles; everybody else is sent to log in, or told whose page it is. */
export function SignedIn(props: { roles: readonly Role[]; children: JSX.Element }): JSX.Element {
  const location = useLocation();
  const [asked, { refetch }] = createResource(() => loadUser().then(() => true));
  const next = (): string => encodeURIComponent(location.pathname + location.search);
  return (
    <Switch>
      <Match when={asked.error as unknown}>
        {(error) => <main class="LonePage"><ProblemView heads problem={error()} onRetry={() => void refetch()} /></main>}
      </Match>
      <Match when={currentUser() === null}><Navigate href={`/login?next=${next()}`} /></Match>
      <Match when={currentUser()}>
        {(user) => (
          <Show when={hasRole(user(), ...props.roles)} fallback={<NotYours user={user()} />}>
            {props.children}
          </Show>
        )}
      </Match>
    </Switch>
  );
}

function NotYours(props: { user: User }): JSX.Element {
  const t = useMessages(messages);
  return (
    <main class="LonePage">
      <EmptyState heads
        icon={LockKeyhole}
        title={t('forbiddenTitle')}
        action={<><Button kind="primary" href={homeOf(props.user)}>{t('home')}</Button> <Button onClick={() => void logOut()}>{t('logOut')}</Button></>}
      >
        {t('forbiddenHelp', { name: props.user.name })}
      </EmptyState>
    </main>
  );
}
