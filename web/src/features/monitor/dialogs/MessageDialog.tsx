import Check from 'lucide-solid/icons/check';
import { createMemo, createSignal, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';

import { sendMessage } from '../api.ts';
import { createCommand } from '../create-command.ts';
import { messages } from '../messages.ts';
import { apiScope, studentsIn, useDesk } from '../monitor-context.ts';
import { isOffline, isOpen, shortName } from '../student.ts';
import type { Scope } from '../types.ts';
import { CloseButton } from './CloseButton.tsx';
import { CommandProblem } from './CommandProblem.tsx';
import { ScopeField } from './ScopeField.tsx';

import './ends-table.css';

/** Writes to one, some or all who are writing. */
export function MessageDialog(props: { scope: Scope; onClose: () => void }): JSX.Element {
  const t = useMessages(messages);
  const { monitor } = useDesk();
  const [scope, setScope] = createSignal<Scope>(props.scope);
  const [text, setText] = createSignal('');
  const [isTried, setTried] = createSignal(false);
  const reached = createMemo(() => {
    monitor.roster.epoch();
    return studentsIn(scope(), monitor).filter(isOpen);
  });
  const offline = (): number => reached().filter(isOffline).length;
  const whom = (): string => (reached().length === 1 ? shortName(reached()[0]!.name) : t('students', reached().length));
  const command = createCommand((key) => sendMessage(monitor.examId, text().trim(), apiScope(scope(), monitor), key));

  function submit(): void {
    if (command.state() === 'done') return props.onClose();
    setTried(true);
    if (text().trim() !== '' && reached().length > 0) void command.send();
  }

  return (
    <Dialog
      open
      size={640}
      keeps={text() !== ''}
      busy={command.state() === 'sending'}
      onClose={() => props.onClose()}
      title={<span dir="auto">{t('titleMessage', { whom: whom() })}</span>}
      scope={t('messageOnlyOpen')}
      onSubmit={submit}
      footer={
        <Show
          when={command.state() === 'done'}
          fallback={
            <>
              <Button keys="Esc" disabled={command.state() === 'sending'} onClick={() => props.onClose()}>{t('cancel')}</Button>
              <Button type="submit" keys="Ctrl Enter" kind="primary" busy={command.state() === 'sending'} busyText={t('sending')} disabled={reached().length === 0}>
                <span class="TimeDialog__verb" dir="auto">{command.state() === 'unsure' ? t('tryAgain') : t('verbSend', whom())}</span>
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
            <ScopeField first={props.scope} value={scope()} onChange={setScope} reaches={isOpen} disabled={!command.isEditable()} />
            <TextArea label={t('text')} hint={t('messageHint')} required rows={3} maxlength={2_000} readonly={!command.isEditable()} error={isTried() && text().trim() === '' ? t('textMissing') : undefined} value={text()} onChange={setText} />
            <CommandProblem command={command} />
          </>
        }
      >
        <p class="CommandDone__line" role="status"><Check /><span><b>{t('messageSent', command.result() ?? 0)}</b> <Show when={offline() > 0}>{t('messageOffline', offline())}</Show></span></p>
      </Show>
    </Dialog>
  );
}
