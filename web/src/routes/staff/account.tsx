import type { JSX } from 'solid-js';

import { AccountPage } from '#web/features/accounts/AccountPage.tsx';

export default function StaffAccountRoute(): JSX.Element {
  return <AccountPage />;
}
