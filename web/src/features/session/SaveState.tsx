import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleDotDashed from 'lucide-solid/icons/circle-dot-dashed';
import CloudOff from 'lucide-solid/icons/cloud-off';
import Columns2 from 'lucide-solid/icons/columns-2';
import Eye from 'lucide-solid/icons/eye';
import { createMemo, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import type { Icon } from '#web/ui/icon.ts';

import { messages } from './messages.ts';
import { type SaveKind, saveKindOf } from './save-state.ts';
import { useSit } from './sit-context.ts';

const ICONS: Readonly<Record<SaveKind, Icon>> = {
  ready: CircleCheck, saved: CircleCheck, saving: CircleDotDashed, waiting: CircleDotDashed, offline: CloudOff, 'no-answer': CloudOff, 'signed-out': CircleAlert,
  conflict: Columns2, refused: CircleAlert, elsewhere: Eye,
};

/** Says in two lines what is saved; its width never changes. */
export function SaveState(): JSX.Element {
  const kind = createSaveKind();
  const words = createSaveWords();
  return (
    <div class="SaveState" data-kind={kind()} data-testid="save-state">
      <Dynamic component={ICONS[kind()]} />
      <span class="SaveState__now">{words().now}</span>
      <span class="SaveState__more">{words().more}</span>
    </div>
  );
}

/** What the save state says now. */
export function createSaveKind(): () => SaveKind {
  const { answers } = useSit();
  return createMemo(() => saveKindOf(answers.summary(), answers.link(), answers.hold()));
}

/** The words of the save state. */
export function createSaveWords(): () => { readonly now: string; readonly more: string } {
  const t = useMessages(messages);
  const { answers } = useSit();
  const kind = createSaveKind();
  return createMemo(() => {
    const { unsent, refused, lastSavedAt } = answers.summary();
    const time = lastSavedAt === null ? '' : formatTime(lastSavedAt, { seconds: true });
    const kept = unsent > 0 ? t('keptHere', unsent) : t('allSaved');
    switch (kind()) {
      case 'ready': return { now: t('ready'), more: t('nothingToSave') };
      case 'saved': return { now: t('saved'), more: t('savedAt', { time }) };
      case 'saving': return { now: t('saving'), more: time === '' ? t('keptUntilSaved') : t('lastSaved', { time }) };
      case 'waiting': return { now: t('waiting'), more: t('keptHere', unsent) };
      case 'offline': return { now: t('noConnection'), more: kept };
      case 'no-answer': return { now: t('noAnswer'), more: kept };
      case 'signed-out': return { now: t('loggedOut'), more: kept };
      case 'conflict': return { now: t('twoVersions'), more: t('bothKept') };
      case 'refused': return { now: t('notTaken'), more: t('refusedCount', refused) };
      case 'elsewhere': return { now: t('readOnly'), more: t('openElsewhere') };
    }
  });
}
