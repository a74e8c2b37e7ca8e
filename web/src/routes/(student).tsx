import { useLocation } from '@solidjs/router';
import { ErrorBoundary, type JSX, Suspense } from 'solid-js';

import { BrokenPage } from '#web/features/shell/BrokenPage.tsx';
import { SignedIn } from '#web/features/shell/SignedIn.tsx';
import { logOut, useUser } from '#web/lib/auth.ts';
import { StudentShell } from '#web/ui/StudentShell.tsx';

export default function StudentPages(props: { children?: JSX.Element }): JSX.Element {
  const user = useUser();
  const location = useLocation();
  return (
    <SignedIn roles={['student']}>
      <StudentShell path={location.pathname} user={user()} onLogOut={() => void logOut()}>
        <ErrorBoundary fallback={(error: unknown, reset) => <BrokenPage error={error} onRetry={reset} />}>
          <Suspense>{props.children}</Suspense>
        </ErrorBoundary>
      </StudentShell>
    </SignedIn>
  );
}
