import { useLocation } from '@solidjs/router';
import { ErrorBoundary, type JSX, onCleanup, Suspense } from 'solid-js';

import { loadOwnCourses } from '#web/features/gamification/api.ts';
import { BrokenPage } from '#web/features/shell/BrokenPage.tsx';
import { SignedIn } from '#web/features/shell/SignedIn.tsx';
import { beforeLogOut, currentUser, hasRole, logOut, useUser } from '#web/lib/auth.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { StudentShell } from '#web/ui/StudentShell.tsx';

export default function StudentPages(props: { children?: JSX.Element }): JSX.Element {
  const user = useUser();
  const location = useLocation();
  // a page that can not be had has no entry; when this fails, the page is still at its address
  const courses = createLoad(() => studentId(), loadOwnCourses);
  // what an exam left on this device, which may be a shared one
  onCleanup(beforeLogOut(async () => (await import('#web/features/session/journal.ts')).forgetAccount(user().id)));
  return (
    <SignedIn roles={['student']}>
      <StudentShell path={location.pathname} user={user()} hasAchievements={(courses.value()?.items.length ?? 0) > 0} onLogOut={() => void logOut()}>
        <ErrorBoundary fallback={(error: unknown, reset) => <BrokenPage isInShell error={error} onRetry={reset} />}>
          <Suspense>{props.children}</Suspense>
        </ErrorBoundary>
      </StudentShell>
    </SignedIn>
  );
}

function studentId(): string | undefined {
  const user = currentUser();
  return user && hasRole(user, 'student') ? user.id : undefined;
}
