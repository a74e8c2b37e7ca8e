import { Navigate, useLocation } from '@solidjs/router';
import { createResource, type JSX, Match, Show, Switch } from 'solid-js';

import type { Role } from '#domain/people/roles.ts';
import { currentUser, hasRole, loadUser } from '#web/lib/auth.ts';
import { ProblemView } from '#web/ui/ProblemView.tsx';

import { NotYours } from './NotYours.tsx';

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
          <Show when={hasRole(user(), ...props.roles)} fallback={<main class="LonePage"><NotYours user={user()} /></main>}>
            {props.children}
          </Show>
        )}
      </Match>
    </Switch>
  );
}
