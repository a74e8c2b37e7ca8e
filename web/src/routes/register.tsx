import type { JSX } from 'solid-js';

import { GuestOnly } from '#web/features/accounts/GuestOnly.tsx';
import { RegisterPage } from '#web/features/accounts/RegisterPage.tsx';

export default function RegisterRoute(): JSX.Element {
  return <GuestOnly><RegisterPage /></GuestOnly>;
}
