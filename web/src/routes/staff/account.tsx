import type { JSX } from 'solid-js';

import { AccountPage } from '#web/features/accounts/AccountPage.tsx';
import { messages } from '#web/features/shell/messages.ts';
import { useShell } from '#web/features/shell/shell-context.ts';
import { useMessages } from '#web/lib/i18n.ts';

export default function StaffAccountRoute(): JSX.Element {
  const t = useMessages(messages);
  useShell().setBreadcrumbs(() => [{ label: t('account') }]);
  return <AccountPage />;
}
