import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';

import { resolveWallTime, type ResolvedWallTime } from '#domain/schedule/wall-time.ts';
import { formatDateTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Notice } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import { moveWindow, readExam } from '../api.ts';
import { createCommand } from '../create-command.ts';
import { messages } from '../messages.ts';
import { useDesk } from '../monitor-context.ts';
import type { Exam } from '../types.ts';
import { offsetsOf } from '../zone-offset.ts';
import { ChangeDone } from './ChangeDone.tsx';
import { CloseButton } from './CloseButton.tsx';
import { CommandProblem } from './CommandProblem.tsx';

import './ends-table.css';

/** Moves the start or the end of an exam, in wall time of its zone, with what the clocks do that day. */
export function WindowDialog(props: { exam: Exam; onClose: () => void }): JSX.Element {
  const t = useMessages(messages);
  const { monitor, nowMs } = useDesk();
  const window = props.exam.window;
  const zone = window?.timeZone ?? 'UTC';
  const offsets = offsetsOf(zone);
  const [start, setStart] = createSignal(window?.localStart.slice(0, 16) ?? '');
  const [end, setEnd] = createSignal(window?.localEnd.slice(0, 16) ?? '');
  const [reason, setReason] = createSignal('');
  const [isTried, setTried] = createSignal(false);
  const from = createMemo(() => resolveWallTime(start(), offsets));
  const to = createMemo(() => resolveWallTime(end(), offsets));
  const problem = (): string | undefined => {
    if (from() === undefined || to() === undefined) return t('windowWrong');
    if (to()!.epochMs <= from()!.epochMs) return t('windowOrder');
    return isSame() ? t('windowSame') : undefined;
  };
  const isSame = (): boolean => window !== null && from()?.epochMs === Date.parse(window.opensAt) && to()?.epochMs === Date.parse(window.closesAt);
  const dstNotes = (): string[] => [from(), to()].map((found, index) => noteOf(found, index === 0 ? start() : end())).filter((note) => note !== undefined);
  const effects = (): string[] => {
    const counts = monitor.roster.counts();
    const writing = counts.active + counts.paused;
    const hasNewEnd = to() !== undefined && window !== null && to()!.epochMs !== Date.parse(window.closesAt);
    return [
      ...(writing > 0 && hasNewEnd && props.exam.endRule === 'window' ? [t('windowMovesEnd', writing)] : []),
      ...(counts.absent > 0 && !isSame() ? [t('windowMovesStart', counts.absent)] : []),
      ...(to() !== undefined && to()!.epochMs <= nowMs() ? [t('windowPast')] : []),
    ];
  };
  const command = createCommand(async (key) => {
    const verdict = await moveWindow(monitor.examId, { localStart: start(), localEnd: end(), timeZone: zone, reason: reason().trim() }, key);
    readExam(monitor.examId).then(monitor.setExam, () => undefined);
    return verdict;
  });

  function noteOf(found: ResolvedWallTime | undefined, wanted: string): string | undefined {
    if (found === undefined || found.kind === 'exact') return undefined;
    return t(`dst.${found.kind}`, { wanted: wanted.slice(11), local: found.localTime.slice(11) });
  }

  function submit(): void {
    if (command.state() === 'done') return props.onClose();
    setTried(true);
    if (problem() === undefined && reason().trim() !== '') void command.send();
  }

  return (
    <Dialog
      open
      size={640}
      keeps={reason() !== ''}
      busy={command.state() === 'sending'}
      onClose={() => props.onClose()}
      title={t('titleWindow')}
      onSubmit={submit}
      note={command.state() === 'done' ? undefined : t('appliesAtOnce')}
      footer={
        <Show
          when={command.state() === 'done'}
          fallback={
            <>
              <Button keys="Esc" disabled={command.state() === 'sending'} onClick={() => props.onClose()}>{t('cancel')}</Button>
              <Button type="submit" keys="Ctrl Enter" kind="primary" busy={command.state() === 'sending'} busyText={t('moving')}>{command.state() === 'unsure' ? t('tryAgain') : t('verbMove')}</Button>
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
            <div class="TimeDialog__two">
              <TextInput type="datetime-local" label={t('start')} required readonly={!command.isEditable()} value={start()} onChange={setStart} />
              <TextInput type="datetime-local" label={t('endField')} required readonly={!command.isEditable()} error={isTried() ? problem() : undefined} value={end()} onChange={setEnd} />
            </div>
            <p class="TimeDialog__hint" data-tight>{t('zoneNote', { zone })}.</p>
            <For each={dstNotes()}>{(note) => <Notice tone="attention">{note}</Notice>}</For>
            <TextInput label={<>{t('reason')} <span class="soft">{t('reasonRead')}</span></>} required maxlength={500} autocomplete="off" readonly={!command.isEditable()} error={isTried() && reason().trim() === '' ? t('reasonMissing') : undefined} value={reason()} onChange={setReason} />
            <div>
              <Show when={window}>{(now) => <p class="soft">{t('windowNow', { start: formatDateTime(now().opensAt, { zone }), end: formatDateTime(now().closesAt, { zone }) })}</p>}</Show>
              <Show when={problem() === undefined}><p><b>{t('windowThen', { start: formatDateTime(from()!.epochMs, { zone }), end: formatDateTime(to()!.epochMs, { zone }) })}</b></p></Show>
              <For each={effects()}>{(effect) => <p class="TimeDialog__hint">{effect}</p>}</For>
            </div>
            <CommandProblem command={command} />
          </>
        }
      >
        {(verdict) => <ChangeDone verdict={verdict()} />}
      </Show>
    </Dialog>
  );
}
