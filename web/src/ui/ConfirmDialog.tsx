import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { messages } from './messages.ts';
import { ProblemView } from './ProblemView.tsx';
import { TextArea } from './TextArea.tsx';
import { TextInput } from './TextInput.tsx';

/** Props of a question before an act. */
export interface ConfirmDialogProps {
  open: boolean;
  onClose: () => void;
  title: JSX.Element;
  scope?: JSX.Element;
  /** Text of the button: repeats the verb of the title. */
  verb: string;
  /** While it is done: "Ending…". */
  busyText?: string;
  kind?: 'primary' | 'act';
  size?: 480 | 640;
  /** Asks why. */
  reason?: 'optional' | 'required';
  reasonLabel?: string;
  reasonHint?: JSX.Element;
  /** A word that has to be typed, for what can never be undone. */
  word?: string;
  note?: JSX.Element;
  /** Shown above the reason: a preview, a table of what will happen. */
  children?: JSX.Element;
  /** The act is not possible yet, because of something in `children`. */
  disabled?: boolean;
  /** Does it. The dialog closes when it is done and shows the problem when it is refused. */
  onConfirm: (given: { reason: string }) => Promise<unknown>;
}

/** Asks before an act, with its reason. */
export function ConfirmDialog(props: ConfirmDialogProps): JSX.Element {
  const t = useMessages(messages);
  const [reason, setReason] = createSignal('');
  const [word, setWord] = createSignal('');
  const [isTried, setTried] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  createEffect(on(() => props.open, (isOpen) => {
    if (!isOpen) return;
    setReason('');
    setWord('');
    setTried(false);
    setProblem(undefined);
  }));
  const lacksReason = (): boolean => props.reason === 'required' && reason().trim() === '';
  const lacksWord = (): boolean => props.word !== undefined && word().trim() !== props.word;

  async function confirm(): Promise<void> {
    setTried(true);
    if (lacksReason() || lacksWord() || props.disabled || isBusy()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await props.onConfirm({ reason: reason().trim() });
      setBusy(false);
      props.onClose();
    } catch (thrown) {
      setProblem(thrown);
      setBusy(false);
    }
  }
  return (
    <Dialog
      open={props.open}
      onClose={() => props.onClose()}
      title={props.title}
      scope={props.scope}
      size={props.size ?? 480}
      busy={isBusy()}
      note={props.note}
      keeps={reason() !== ''}
      onSubmit={() => void confirm()}
      footer={
        <>
          <Button disabled={isBusy()} onClick={() => props.onClose()}>{t('cancel')}</Button>
          <Button type="submit" kind={props.kind ?? 'primary'} busy={isBusy()} busyText={props.busyText ?? props.verb} disabled={props.disabled ?? false}>{props.verb}</Button>
        </>
      }
    >
      {props.children}
      <Show when={props.reason}>
        <TextArea
          label={props.reasonLabel ?? t('reason')}
          hint={props.reasonHint}
          optional={props.reason === 'optional'}
          required={props.reason === 'required'}
          error={isTried() && lacksReason() ? t('reasonMissing') : undefined}
          rows={2}
          maxlength={500}
          value={reason()}
          onChange={setReason}
        />
      </Show>
      <Show when={props.word}>
        {(expected) => (
          <TextInput
            label={t('typeWord', { word: expected() })}
            error={isTried() && lacksWord() ? t('wordMissing', { word: expected() }) : undefined}
            autocomplete="off"
            spellcheck={false}
            value={word()}
            onChange={setWord}
          />
        )}
      </Show>
      <Show when={problem()}>{(thrown) => <ProblemView problem={thrown()} compact />}</Show>
    </Dialog>
  );
}
