import { useLocation } from '@solidjs/router';
import { ErrorBoundary, type JSX, onCleanup, Suspense } from 'solid-js';

import { BrokenPage } from '#web/features/shell/BrokenPage.tsx';
import { SignedIn } from '#web/features/shell/SignedIn.tsx';
import { beforeLogOut, logOut, useUser } from '#web/lib/auth.ts';
import { StudentShell } from '#web/ui/StudentShell.tsx';

export default function StudentPages(props: { children?: JSX.Element }): JSX.Element {
  const user = useUser();
  const location = useLocation();
  // what an exam left on this device, which may be a shared one
  onCleanup(beforeLogOut(async () => (await import('#web/features/session/journal.ts')).forgetAccount(user().id)));
  return (
    <SignedIn roles={['student']}>
      <StudentShell path={location.pathname} user={user()} onLogOut={() => void logOut()}>
        <ErrorBoundary fallback={(error: unknown, reset) => <BrokenPage isInShell error={error} onRetry={reset} />}>
          <Suspense>{props.children}</Suspense>
        </ErrorBoundary>
      </StudentShell>
    </SignedIn>
  );
}
