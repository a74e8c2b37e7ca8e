import { Navigate } from '@solidjs/router';
import type { JSX } from 'solid-js';

import { SignedIn } from '#web/features/shell/SignedIn.tsx';
import { homeOf, useUser } from '#web/lib/auth.ts';

export default function HomePage(): JSX.Element {
  const user = useUser();
  return (
    <SignedIn roles={['student', 'teacher', 'proctor', 'admin']}>
      <Navigate href={homeOf(user())} />
    </SignedIn>
  );
}
