import type { JSX } from 'solid-js';

import { AccountPage } from '#web/features/accounts/AccountPage.tsx';
import { StudentPage } from '#web/ui/StudentShell.tsx';

export default function AccountRoute(): JSX.Element {
  return <StudentPage narrow><AccountPage /></StudentPage>;
}
