import { createMemo, createSignal, Show, type JSX } from 'solid-js';

import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import { changeTime, readExam } from '../api.ts';
import { createCommand } from '../create-command.ts';
import { messages } from '../messages.ts';
import { useDesk } from '../monitor-context.ts';
import { isOpen } from '../student.ts';
import { ChangeDone } from './ChangeDone.tsx';
import { CloseButton } from './CloseButton.tsx';
import { CommandProblem } from './CommandProblem.tsx';

/** Opens an exam early, or cancels it for everybody. */
export function ExamDialog(props: { type: 'open' | 'cancel'; onClose: () => void }): JSX.Element {
  const t = useMessages(messages);
  const { monitor } = useDesk();
  const isCancel = props.type === 'cancel';
  const [reason, setReason] = createSignal('');
  const [word, setWord] = createSignal('');
  const [isTried, setTried] = createSignal(false);
  const writing = createMemo(() => {
    monitor.roster.epoch();
    return [...monitor.roster.students()].filter(isOpen).length;
  });
  const title = (): string => (isCancel ? t('titleCancel', { whom: t('students', monitor.roster.counts().all) }) : t('titleOpen'));
  const command = createCommand(async (key) => {
    const verdict = await changeTime(monitor.examId, { kind: props.type, scope: { all: true }, reason: reason().trim() }, key);
    readExam(monitor.examId).then(monitor.setExam, () => undefined);
    return verdict;
  });

  function submit(): void {
    if (command.state() === 'done') return props.onClose();
    setTried(true);
    if (reason().trim() !== '' && (!isCancel || word().trim() === t('cancelWord'))) void command.send();
  }

  return (
    <Dialog
      open
      size={480}
      keeps={reason() !== ''}
      busy={command.state() === 'sending'}
      onClose={() => props.onClose()}
      title={title()}
      scope={isCancel ? t('cancelScope') : t('openScope', { time: formatTime(monitor.exam()?.window?.opensAt ?? 0, { zone: monitor.exam()?.window?.timeZone }) })}
      onSubmit={submit}
      note={command.state() === 'done' ? undefined : isCancel ? t('cannotUndo') : t('appliesAtOnce')}
      footer={
        <Show
          when={command.state() === 'done'}
          fallback={
            <>
              <Button disabled={command.state() === 'sending'} onClick={() => props.onClose()}>{t('cancel')}</Button>
              <Button type="submit" kind={isCancel ? 'act' : 'primary'} busy={command.state() === 'sending'} busyText={t('applying')}>
                {command.state() === 'unsure' ? t('tryAgain') : t(isCancel ? 'verbCancel' : 'verbOpen')}
              </Button>
            </>
          }
        >
          <CloseButton />
        </Show>
      }
    >
      <Show
        when={command.result()}
        fallback={
          <>
            <Show when={isCancel}><p><b>{t('students', writing())}</b> {t('writing')}.</p></Show>
            <TextArea label={<>{t('reason')} <span class="soft">{t('reasonRead')}</span></>} required rows={2} maxlength={500} readonly={!command.isEditable()} error={isTried() && reason().trim() === '' ? t('reasonMissing') : undefined} value={reason()} onChange={setReason} />
            <Show when={isCancel}>
              <TextInput label={t('confirmWord', { word: t('cancelWord') })} autocomplete="off" spellcheck={false} readonly={!command.isEditable()} error={isTried() && word().trim() !== t('cancelWord') ? t('wordMissing', { word: t('cancelWord') }) : undefined} value={word()} onChange={setWord} />
            </Show>
            <CommandProblem command={command} />
          </>
        }
      >
        {(verdict) => <ChangeDone verdict={verdict()} />}
      </Show>
    </Dialog>
  );
}
