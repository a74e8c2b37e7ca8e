import MapPinOff from 'lucide-solid/icons/map-pin-off';
import type { JSX } from 'solid-js';

import { messages } from '#web/features/shell/messages.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';

import '#web/features/shell/pages.css';

export default function MissingPage(): JSX.Element {
  const t = useMessages(messages);
  createTitle(() => t('missingTitle'));
  return (
    <main class="LonePage">
      <EmptyState heads icon={MapPinOff} title={t('missingTitle')} action={<Button kind="primary" href="/">{t('home')}</Button>}>{t('missingHelp')}</EmptyState>
    </main>
  );
}
