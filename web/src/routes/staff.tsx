import type { JSX } from 'solid-js';

import { SignedIn } from '#web/features/shell/SignedIn.tsx';
import { StaffLayout } from '#web/features/shell/StaffLayout.tsx';

export default function StaffPages(props: { children?: JSX.Element }): JSX.Element {
  return (
    <SignedIn roles={['teacher', 'proctor', 'admin']}>
      <StaffLayout>{props.children}</StaffLayout>
    </SignedIn>
  );
}
