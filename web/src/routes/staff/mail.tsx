import type { JSX } from 'solid-js';

import { MailPage } from '#web/features/mail/MailPage.tsx';

export default function MailRoute(): JSX.Element {
  return <MailPage />;
}
