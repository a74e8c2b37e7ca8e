import type { JSX } from 'solid-js';

import type { examPageSchema } from '#contracts/exams.ts';
import { request } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { StudentPage } from '#web/ui/StudentShell.tsx';
import type { z } from 'zod';
import { DeviceCard } from './DeviceCard.tsx';
import { messages } from './messages.ts';
import { ReadingSettings } from './ReadingSettings.tsx';

import './system-check.css';

/** Looks at the device and lets the student choose how questions look. */
export function SystemCheckPage(): JSX.Element {
  const t = useMessages(messages);
  createTitle(() => t('title'));
  return (
    <StudentPage>
      <PageHeader title={t('title')} sub={t('intro')} />
      <div class="SystemCheck">
        <DeviceCard topic={anyTopic} />
        <ReadingSettings warnings />
      </div>
    </StudentPage>
  );
}

/** Something that this student may listen to. */
async function anyTopic(): Promise<string | undefined> {
  const { items } = await request<z.output<typeof examPageSchema>>('GET', '/exams', { query: { assigned: true, limit: 1 } });
  return items[0] === undefined ? undefined : `exam:${items[0].id}`;
}
