import { createEffect, createSignal, on, type JSX } from 'solid-js';

import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { RadioGroup } from '#web/ui/RadioGroup.tsx';

import { allocate } from '../api.ts';
import { messages } from '../messages.ts';

/** Deals the answers that wait to the markers. */
export function AllocateDialog(props: { examId: string; open: boolean; count: number; onClose: () => void; onDone: (changed: number) => void }): JSX.Element {
  const t = useMessages(messages);
  const [by, setBy] = createSignal<'item' | 'student'>('item');
  let key = commandKey();
  createEffect(on(() => props.open, (isOpen) => isOpen && (key = commandKey())));
  return (
    <ConfirmDialog
      open={props.open} onClose={() => props.onClose()} title={t('allocateTitle', { count: props.count })} scope={t('allocateScope')} verb={t('allocateVerb')} busyText={t('allocateBusy')}
      onConfirm={() => allocate(props.examId, by(), key).then(({ changed }) => props.onDone(changed))}
    >
      <RadioGroup label={t('allocateBy')} value={by()} onChange={(next) => (setBy(next as 'item'), (key = commandKey()))} options={[{ value: 'item', label: t('allocateItem'), hint: t('allocateItemHint') }, { value: 'student', label: t('allocateStudent'), hint: t('allocateStudentHint') }]} />
    </ConfirmDialog>
  );
}
