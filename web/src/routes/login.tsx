import type { JSX } from 'solid-js';

import { GuestOnly } from '#web/features/accounts/GuestOnly.tsx';
import { LogInPage } from '#web/features/accounts/LogInPage.tsx';

export default function LogInRoute(): JSX.Element {
  return <GuestOnly><LogInPage /></GuestOnly>;
}
