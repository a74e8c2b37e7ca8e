import { createEffect, createSignal, on, type JSX } from 'solid-js';

import { findTeachers } from '#web/features/marking/api.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Combobox, type ComboboxOption } from '#web/ui/Combobox.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';

import { type Appeal, assignAppeal } from './api.ts';
import { messages } from './messages.ts';

/** Gives an appeal to a reviewer; who has marked of it is refused. */
export function AssignDialog(props: { appeal: Appeal | undefined; onClose: () => void; onDone: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [reviewer, setReviewer] = createSignal<ComboboxOption>();
  let key = commandKey();
  createEffect(on(() => props.appeal, () => {
    key = commandKey();
    setReviewer(undefined);
  }));
  const find = async (q: string, signal: AbortSignal): Promise<ComboboxOption[]> => (await findTeachers(q, signal)).filter(({ value }) => value !== props.appeal?.reviewer?.id);
  return (
    <ConfirmDialog
      open={props.appeal !== undefined} onClose={props.onClose} title={t('assignTitle', { name: props.appeal?.student.name ?? '' })} scope={t('assignScope')} verb={t('assignVerb')} busyText={t('busy')} disabled={reviewer() === undefined}
      onConfirm={async () => { await assignAppeal(props.appeal!.id, reviewer()!.value, key); props.onDone(); }}
    >
      <Combobox label={t('reviewerLabel')} hint={t('reviewerHint')} placeholder={t('reviewerPick')} options={find} value={reviewer()} onChange={(one: ComboboxOption | undefined) => (setReviewer(one), (key = commandKey()))} />
    </ConfirmDialog>
  );
}
