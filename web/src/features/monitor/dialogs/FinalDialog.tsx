import Check from 'lucide-solid/icons/check';
import { createMemo, createSignal, Show, type JSX } from 'solid-js';

import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { isProblem } from '#web/lib/problem.ts';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';

import { endSession } from '../api.ts';
import { createCommand } from '../create-command.ts';
import { messages } from '../messages.ts';
import { useDesk } from '../monitor-context.ts';
import { isOpen, shortName } from '../student.ts';
import { CloseButton } from './CloseButton.tsx';
import { CommandProblem } from './CommandProblem.tsx';

import './ends-table.css';

const WORDS = { terminate: 'TERMINATE', withdraw: 'WITHDRAW' } as const;

/** Terminates or withdraws sessions: in two steps, with a typed reason and a typed word. Each session has a key of its own, so a second try repeats none. */
export function FinalDialog(props: { type: 'terminate' | 'withdraw'; keys: readonly string[]; onClose: () => void }): JSX.Element {
  const t = useMessages(messages);
  const { monitor } = useDesk();
  const [reason, setReason] = createSignal('');
  const [word, setWord] = createSignal('');
  const [isTried, setTried] = createSignal(false);
  const [done, setDone] = createSignal(0);
  const expected = WORDS[props.type];
  const chosen = createMemo(() => {
    monitor.roster.epoch();
    return props.keys.map((key) => monitor.roster.peek(key)).filter((student) => student !== undefined);
  });
  // fixed when the dialog opens: what the title says is what is done
  const targets = chosen().filter(isOpen);
  const keys = new Map(targets.map(({ key }) => [key, commandKey()]));
  const left = new Set(targets.map(({ key }) => key));
  const whom = targets.length === 1 ? shortName(targets[0]!.name) : t('students', targets.length);
  const command = createCommand(async () => {
    let refused = 0;
    for (const key of [...left]) {
      try {
        await endSession(props.type, key, reason().trim(), keys.get(key)!);
      } catch (thrown) {
        if (!isProblem(thrown, 'session-closed', 'state-conflict', 'not-found', 'forbidden') || targets.length === 1) throw thrown;
        refused += 1;
      }
      left.delete(key);
      setDone(targets.length - left.size - refused);
    }
    return refused;
  });
  const title = (): string => t(props.type === 'terminate' ? 'titleTerminate' : 'titleWithdraw', { whom });

  function submit(): void {
    if (command.state() === 'done') return props.onClose();
    setTried(true);
    if (reason().trim() !== '' && word().trim() === expected && targets.length > 0) void command.send();
  }

  return (
    <Dialog
      open
      size={480}
      keeps={reason() !== ''}
      busy={command.state() === 'sending'}
      onClose={() => props.onClose()}
      title={<span dir="auto">{title()}</span>}
      scope={t(props.type === 'terminate' ? 'terminateScope' : 'withdrawScope')}
      onSubmit={submit}
      note={command.state() === 'done' ? undefined : t('cannotUndo')}
      footer={
        <Show
          when={command.state() === 'done'}
          fallback={
            <>
              <Button disabled={command.state() === 'sending'} onClick={() => props.onClose()}>{t('cancel')}</Button>
              <Button type="submit" kind="act" busy={command.state() === 'sending'} busyText={t('partDone', { done: done(), total: targets.length })} disabled={targets.length === 0}>
                {command.state() === 'unsure' ? t('tryAgain') : t(props.type === 'terminate' ? 'verbTerminate' : 'verbWithdraw')}
              </Button>
            </>
          }
        >
          <CloseButton />
        </Show>
      }
    >
      <Show
        when={command.state() === 'done'}
        fallback={
          <>
            <Show when={chosen().length > targets.length}><p class="soft">{t('onlyOpen', chosen().length - targets.length)}</p></Show>
            <TextArea label={<>{t('reason')} <span class="soft">{t('reasonRead')}</span></>} required rows={2} maxlength={500} readonly={!command.isEditable()} error={isTried() && reason().trim() === '' ? t('reasonMissing') : undefined} value={reason()} onChange={setReason} />
            <TextInput label={t('confirmWord', { word: expected })} autocomplete="off" spellcheck={false} readonly={!command.isEditable()} error={isTried() && word().trim() !== expected ? t('wordMissing', { word: expected }) : undefined} value={word()} onChange={setWord} />
            <CommandProblem command={command} />
          </>
        }
      >
        <p class="CommandDone__line" role="status">
          <Check /><span><b>{t('partDone', { done: done(), total: targets.length })}</b>. <Show when={(command.result() ?? 0) > 0}>{t('partFailed', command.result() ?? 0)}</Show></span>
        </p>
      </Show>
    </Dialog>
  );
}
