import { useNavigate, useSearchParams } from '@solidjs/router';
import { createSignal, onMount, Show, type JSX } from 'solid-js';

import { homeOf, loadUser } from '#web/lib/auth.ts';
import { localPath } from './local-path.ts';

/** Shows a page to who is not logged in; others go on to where they wanted. */
export function GuestOnly(props: { children: JSX.Element }): JSX.Element {
  const navigate = useNavigate();
  const [query] = useSearchParams<{ next?: string }>();
  const [isGuest, setGuest] = createSignal(false);
  onMount(() => {
    // when nobody answers, the form says so at the first try
    void loadUser()
      .catch(() => null)
      .then((person) => (person === null ? setGuest(true) : navigate(localPath(query.next) ?? homeOf(person), { replace: true })));
  });
  return <Show when={isGuest()}>{props.children}</Show>;
}
