import { createEffect, createSignal, on, type JSX, Show } from 'solid-js';

import { createAct } from '#web/lib/create-act.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';

import type { Answer } from '../api.ts';
import { messages } from '../messages.ts';

/** Sets an answer aside for discussion, or takes that back. */
export function FlagDialog(props: { open: boolean; answer: Answer; onClose: () => void; onFlag: (note: string | null) => Promise<void> }): JSX.Element {
  const t = useMessages(messages);
  const [note, setNote] = createSignal('');
  const [isTried, setTried] = createSignal(false);
  const act = createAct(async (value: string | null) => {
    await props.onFlag(value);
    props.onClose();
  });
  const mine = () => props.answer.flags.find((flag) => flag.mine);
  createEffect(on(() => props.open, (isOpen) => {
    if (!isOpen) return;
    setNote(mine()?.note ?? '');
    setTried(false);
    act.clear();
  }));
  const set = (): void => {
    setTried(true);
    if (note().trim() !== '') void act.run(note().trim());
  };
  return (
    <Dialog
      open={props.open} onClose={() => props.onClose()} title={t('flagTitle', { number: props.answer.number })} scope={t('flagScope')} keeps busy={act.isBusy()} onSubmit={set}
      footer={<><Show when={mine()} fallback={<Button onClick={() => props.onClose()}>{t('cancel')}</Button>}><Button onClick={() => void act.run(null)}>{t('flagTakeBack')}</Button></Show><Button type="submit" kind="primary" busy={act.isBusy()} busyText={t('saving')}>{t('setAside')}</Button></>}
    >
      <div class="stack">
        <TextArea label={t('flagNote')} value={note()} onChange={setNote} rows={2} maxlength={2_000} dir="auto" error={isTried() && note().trim() === '' ? t('flagMissing') : undefined} />
        <Show when={act.problem()}><ProblemView compact problem={act.problem()} /></Show>
      </div>
    </Dialog>
  );
}
